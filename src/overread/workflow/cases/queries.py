"""All reads of cases, scoped to a viewer. A foreign case and a missing one answer alike."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..accounts.models import Person
from ..accounts.roles import ROLES, Permission, Role
from ..audit import receipts
from ..audit.actors import Actor, System
from ..audit.models import AuditRow
from ..audit.queries import export, rows_of_case
from ..errors import NotFound
from . import permissions, remembering
from .models import Case, Consent, Participation, Question
from .transitions import STEPS, TURN, WITHIN, State
from .visibility import Hidden, Item, ItemKind, Seat, may_see

SYSTEM_SEAT = Seat(role=Role.NAVIGATOR, key="system")


def case_for(viewer: Actor, key: uuid.UUID) -> Case:
    """The case, if the viewer takes part in it; NotFound otherwise."""
    case = Case.objects.select_related("organisation").filter(key=key).first()
    if case is None or not permissions.may_see_case(viewer, case):
        raise NotFound
    return case


def cases_of(viewer: Person) -> Sequence[Case]:
    """Every case in which the viewer has a live seat, the longest-waiting first."""
    live = Case.objects.filter(participations__person=viewer, participations__ended_at=None)
    remembering.learn(list(Participation.objects.filter(person=viewer, ended_at=None).order_by("joined_at", "pk")))
    found = live.select_related("organisation").prefetch_related("participations__person")
    return list(found.distinct().order_by("state_since", "reference"))


def without_navigator(viewer: Person) -> Sequence[Case]:
    """Cases of the viewer's organisations that no navigator has taken on yet, the longest-waiting first."""
    ended = (State.CLOSED, State.WITHDRAWN)
    taken = Participation.objects.filter(role=Role.NAVIGATOR, ended_at=None).values("case")
    open_cases = Case.objects.exclude(state__in=ended).exclude(pk__in=taken).select_related("organisation")
    return [case for case in open_cases.order_by("opened_at") if permissions.may_take(viewer, case)]


def seat_of(viewer: Actor, case: Case) -> Seat:
    """The viewer's seat, as ``visibility`` reads it; NotFound when there is none."""
    if isinstance(viewer, System):
        return SYSTEM_SEAT
    seats = permissions.live_seats(viewer, case)
    if not seats:
        raise NotFound
    return as_seat(seats[0])


def as_seat(participation: Participation) -> Seat:
    return Seat(
        role=Role(participation.role),
        hidden=frozenset(Hidden.parse(text) for text in participation.hidden),
        revealed=participation.revealed_at is not None,
        key=str(participation.key),
    )


def participation_of(viewer: Actor, case: Case) -> Participation:
    seats = permissions.live_seats(viewer, case)
    if not seats:
        raise NotFound
    return seats[0]


def participants(viewer: Actor, case: Case) -> Sequence[Participation]:
    """Who takes part. A blinded reviewer sees only their own seat: names would tell whose opinion came first. A payer is
    not told who the patient is, nor who acts for them."""
    seat = seat_of(viewer, case)
    if not permissions.may_see_case(viewer, case):
        raise NotFound
    live = Participation.objects.filter(case=case, ended_at=None).select_related("person").order_by("joined_at", "pk")
    if seat.role is Role.PAYER:
        return list(live.exclude(role__in=(Role.PATIENT, Role.PROXY)))
    blinded = seat.role is Role.REVIEWER and not seat.revealed
    return list(live.filter(key=seat.key) if blinded else live)


def patient_account(viewer: Actor, case: Case) -> Person | None:
    """The patient's own account, where there is one. Neither a payer nor who reads blinded is told."""
    seat = seat_of(viewer, case)
    blinded = seat.role is Role.REVIEWER and not seat.revealed
    if blinded or seat.role is Role.PAYER or not permissions.may_see_case(viewer, case):
        return None
    own = (one.person for one in case.participations.all() if one.role == Role.PATIENT and one.ended_at is None)
    return next(own, None)


def participants_who_may(viewer: Actor, case: Case, permission: Permission) -> Sequence[Participation]:
    """Those of whom the viewer may know whose role in the case has this permission."""
    return [seat for seat in participants(viewer, case) if permission in ROLES[Role(seat.role)].permissions]


def consents(viewer: Actor, case: Case) -> Sequence[Consent]:
    seat_of(viewer, case)
    return list(Consent.objects.filter(case=case).select_related("given_by").order_by("given_at"))


def questions(viewer: Actor, case: Case) -> Sequence[Question]:
    """The patient's questions that the viewer may read."""
    seat = seat_of(viewer, case)
    rows = Question.objects.filter(case=case)
    return [q for q in rows if may_see(seat, Item(ItemKind.QUESTION, cleared=q.cleared_at is not None))]


def has_patient(case: Case) -> bool:
    """Does the patient, or somebody for them, take part? Where not, the referring physician acts in their place."""
    own = (Role.PATIENT, Role.PROXY)
    return any(one.role in own and one.ended_at is None for one in case.participations.all())


def trail(viewer: Actor, case: Case) -> Sequence[AuditRow]:
    """Who did what to the case, for those who may know."""
    permissions.require(permissions.may_see_audit(viewer, case))
    return rows_of_case(case.key)


def receipt(viewer: Actor, case: Case) -> dict[str, Any]:
    """The trail with the installation's signature, to be checked offline, for those who may know."""
    permissions.require(permissions.may_see_audit(viewer, case))
    return receipts.receipt(list(export(str(case.key))))


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    place: str  # "done", "now" or "ahead"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the case is, whose turn it is and what they are asked to do."""

    steps: tuple[Step, ...]
    turn: Role | None
    asked: str
    since: datetime

    @property
    def number(self) -> int:
        """The place of the step that is on, from 1; that of the last one when the case has ended."""
        places = [step.place for step in self.steps]
        return places.index("now") + 1 if "now" in places else len(places)

    @property
    def step(self) -> str:
        return next((step.name for step in self.steps if step.place == "now"), "")


def shown_state(case: Case, seat: Seat) -> State:
    """The state as this seat may know it: blinded eyes are not told that the opinions of others differ."""
    state = State(case.state)
    blinded = bool(seat.hidden) and not seat.revealed
    return WITHIN.get(state, state) if blinded else state


def progress(case: Case, seat: Seat) -> Progress:
    shown = shown_state(case, seat)
    state = WITHIN.get(shown, shown)
    order = [s for s, _ in STEPS]
    here = order.index(state) if state in order else len(order)
    places = ["done" if i < here else "now" if i == here else "ahead" for i in range(len(order))]
    turn, asked = TURN[shown]
    steps = tuple(Step(name, place) for (_, name), place in zip(STEPS, places, strict=True))
    return Progress(steps, turn, asked, case.state_since)
