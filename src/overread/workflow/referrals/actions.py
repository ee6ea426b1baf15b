"""All writes to referrals and to opinions obtained outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ..accounts.actions import notify
from ..accounts.models import Person
from ..accounts.permissions import roles_of
from ..accounts.roles import Permission, Role
from ..audit.actions import record
from ..audit.actors import Actor
from ..cases.actions import add_participant, end_participation, hold, move
from ..cases.models import Case
from ..cases.telling import tell
from ..cases.transitions import Move, State
from ..cases.visibility import Discipline
from ..errors import Invalid, WrongState
from ..intake.models import ReceivedFile
from . import opinions, permissions, transitions
from .models import OutsideOpinion, Referral
from .transitions import ReferralState


@transaction.atomic
def refer(
    *,
    case: Case,
    person: Person,
    discipline: Discipline,
    why: Mapping[str, Any] | None = None,
    by: Actor,
    now: datetime,
) -> Referral:
    """Ask a specialist, who gets a blinded place in the case and the packet.

    why: the ranking's arithmetic for this expert, kept as it was on this day.
    """
    permissions.require(permissions.may_refer(by, case))
    held = hold(case)
    if State(held.state) not in (State.ROUTING, State.REVIEWING):
        raise WrongState("The case is not at the step “route”.", "First finish the steps before.")
    if Role.REVIEWER not in roles_of(person):
        raise Invalid("This person is not a reviewing physician here.", "Choose one from the list.")
    seat = add_participant(case=held, person=person, role=Role.REVIEWER, discipline=discipline, by=by, now=now)
    referral = Referral.objects.create(
        case=held, seat=seat, discipline=discipline, why=dict(why or {}), state=ReferralState.SENT, sent_at=now,
        sent_by=by if isinstance(by, Person) else None,
    )  # fmt: skip
    record(action="referrals.sent", by=by, now=now, case_key=held.key, about=("referral", referral.key))
    notify(person=person, kind="invited", case_key=held.key, by=by, now=now)
    return referral


@transaction.atomic
def accept(*, referral: Referral, by: Actor, now: datetime) -> Referral:
    """The specialist takes the review on; the case moves to the step "review"."""
    held = _answer(referral, ReferralState.ACCEPTED, by=by, now=now)
    move(case=held.case, to=Move.REVIEWER_ENGAGED, as_part_of=Permission.REVIEW, by=by, now=now)
    return held


@transaction.atomic
def decline(*, referral: Referral, by: Actor, now: datetime) -> Referral:
    """The specialist cannot take it on, and leaves the case."""
    held = _answer(referral, ReferralState.DECLINED, by=by, now=now)
    end_participation(participation=held.seat, by=by, now=now)
    tell(held.case, "your_turn", {Role.NAVIGATOR}, by=by, now=now)
    return held


def _answer(referral: Referral, to: ReferralState, *, by: Actor, now: datetime) -> Referral:
    permissions.require(permissions.may_answer(by, referral))
    held = Referral.objects.select_for_update().get(pk=referral.pk)
    transitions.check(ReferralState(held.state), to)
    held.state, held.answered_at = to, now
    held.save(update_fields=["state", "answered_at"])
    record(action=f"referrals.{to}", by=by, now=now, case_key=held.case.key, about=("referral", held.key))
    return held


@transaction.atomic
def enter_outside_opinion(
    *,
    case: Case,
    file: ReceivedFile,
    author: str,
    content: Mapping[str, Any],
    examined: bool = False,
    by: Actor,
    now: datetime,
) -> OutsideOpinion:
    """An opinion that came back as a document enters the comparison. Where nobody reads here, it is what is compared.

    content: the opinion as ``opinions.to_json`` writes it, entered from the document by the navigator. examined: the
    document says that its author saw and examined the patient.
    """
    permissions.require(permissions.may_enter_outside_opinion(by, case))
    held = hold(case)
    if State(held.state) not in (State.ROUTING, State.REVIEWING, State.COMPARING):
        raise WrongState(
            "The case takes no outside opinion now.", "Finish the steps before, or ask for another opinion."
        )
    if file.case_id != case.pk:
        raise Invalid("The document belongs to another case.", "Add it to this case first.")
    if not author.strip():
        raise Invalid("The opinion has no author.", "Give the physician's name as the document does.")
    checked = opinions.checked(content)
    if not checked["addressed"]:
        raise Invalid("The opinion speaks to nothing yet.", "Enter at least one thing that the document says.")
    opinion = OutsideOpinion.objects.create(
        case=held, file=file, author=author.strip(), examined=examined, content=checked, entered_at=now,
        entered_by=by if isinstance(by, Person) else None,
    )  # fmt: skip
    record(action="referrals.outside_opinion", by=by, now=now, case_key=case.key, about=("opinion", opinion.key))
    if State(held.state) is State.ROUTING and not _somebody_was_asked(held):
        move(case=held, to=Move.OUTSIDE_OPINION, as_part_of=Permission.ROUTE, by=by, now=now)
    return opinion


def _somebody_was_asked(case: Case) -> bool:
    """A specialist has the packet and has not answered: the comparison waits for them."""
    return Referral.objects.filter(case=case, state=ReferralState.SENT, seat__ended_at=None).exists()
