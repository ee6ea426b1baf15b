"""What every page of a case shows above its own content: the banner, the progress, whose turn it is, where to go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from overread.clinical.indication import KINDS
from overread.clinical.record import Domain
from overread.workflow.accounts.models import Person
from overread.workflow.accounts.permissions import holds as holds_anywhere
from overread.workflow.accounts.roles import ROLES, Permission, Role
from overread.workflow.audit.actors import Actor
from overread.workflow.cases.models import Case
from overread.workflow.cases.permissions import holds
from overread.workflow.cases.queries import Progress, patient_account, progress, seat_of
from overread.workflow.cases.transitions import STEPS, TURN, State
from overread.workflow.cases.visibility import Seat
from overread.workflow.intake.queries import visible_slides
from overread.workflow.reviews.queries import reconsiderations

from .banner import banner
from .turns import DONE, MEANWHILE, Turn, turn

# Pages of a case: label, route, the permission that opens it, in the order of the story.
PAGES: tuple[tuple[str, str, Permission], ...] = (
    ("Overview", "case", Permission.SEE_CASE),
    ("Records", "records", Permission.ADD_FILES),
    ("Facts", "understand", Permission.SEE_CASE),
    ("Slides", "slides", Permission.SEE_CASE),
    ("Experts", "route", Permission.ROUTE),
    ("Packet", "packet", Permission.REVIEW),
    ("Review", "review", Permission.REVIEW),
    ("Compare", "compare", Permission.COMPARE),
    ("Look again", "look-again", Permission.ANSWER_FIRST),
    ("Board", "board", Permission.ADJUDICATE),
    ("Report", "report", Permission.SEE_REPORT),
    ("Outcome", "outcome", Permission.ANSWER_OUTCOME),
    ("People", "people", Permission.ENGAGE_PEOPLE),
    ("Messages", "thread", Permission.WRITE_MESSAGE),
    ("Calls", "calls", Permission.ARRANGE_CALL),
    ("Who did what", "trail", Permission.SEE_AUDIT),
)


# What a blinded reader is kept from: what others read out of it, and not the pictures or slides themselves.
HIDDEN: dict[Domain, str] = {
    Domain.PATHOLOGY: "pathology reading",
    Domain.MOLECULAR: "molecular reading",
    Domain.IMAGING: "imaging reading",
}


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One step of the story: done, now or ahead; who acts in it, and what was done, is done or will be."""

    name: str
    place: str
    who: str
    asked: str


@dataclass(frozen=True, slots=True)
class Card:
    case: Case
    title: str
    role: str
    progress: Progress
    turn: Turn
    patient: str  # whose case it is, where that is somebody else whom the viewer may know


def page(viewer: Actor, case: Case, *under: str) -> dict[str, Any]:
    """The context that every page of a case starts from.

    under: routes of the pages that this one may belong to; the first of them that the viewer has is marked.
    """
    seat = seat_of(viewer, case)
    whose, own = turn(viewer, case, seat), tabs(viewer, case)
    parents = [reverse(name, args=[case.key]) for name in under]
    return {
        "case": case,
        "seat": seat,
        "blinded": bool(seat.hidden) and not seat.revealed,
        "hidden_words": sorted({HIDDEN.get(h.domain, str(h.domain)) for h in seat.hidden}),
        "banner": banner(viewer, case, seat),
        "role": ROLES[seat.role],
        "progress": progress(case, seat),
        "turn": whose,
        "tabs": own,
        "under": next((href for href in parents if any(tab.href == href for tab in own)), ""),
        "title_of_case": title(seat, case),
        "may": {p.name.lower(): holds(viewer, case, p) for p in Permission},
    }


def title(seat: Seat, case: Case) -> str:
    """The case's title is the patient's own words; blinded eyes see the kind of review and the reference alone."""
    hidden = seat.role in (Role.REVIEWER, Role.PAYER) and not seat.revealed
    if case.title and not hidden:
        return case.title
    return f"{KINDS[case.kind].name} {case.reference}" if case.kind in KINDS else case.reference


def tabs(viewer: Actor, case: Case) -> list[Tab]:
    """The pages that the viewer may open; one with nothing on it is no page."""
    held = [(label, name) for label, name, p in PAGES if holds(viewer, case, p)]
    return [Tab(label, reverse(name, args=[case.key])) for label, name in held if not _is_empty(name, viewer, case)]


def _is_empty(name: str, viewer: Actor, case: Case) -> bool:
    if name == "understand":  # who reads the signed report alone finds no fact there
        return seat_of(viewer, case).role is Role.PAYER
    if name == "look-again":
        return case.state != State.RECONSIDERING and not reconsiderations(viewer, case)
    return name == "slides" and not visible_slides(viewer, case)


def story(case: Case, seat: Seat, whose: Turn) -> list[Chapter]:
    """Every step of the case in order, each with who acts in it; the one that is on in the words of the turn above."""
    places = {step.name: step.place for step in progress(case, seat).steps}
    return [_chapter(name, places[name], state, whose) for state, name in STEPS]


def _chapter(name: str, place: str, state: State, whose: Turn) -> Chapter:
    role, _ = TURN[state]
    if place == "now":
        return Chapter(name, place, "" if whose.is_yours else whose.who, whose.asked)
    # Who speaks for a case is seen above; a doctor who must agree is asked in few institutions only.
    who = ROLES[role].label if role and state is not State.AGREEING else ""
    return Chapter(name, place, who, DONE[state] if place == "done" else MEANWHILE[state])


def card(viewer: Person, case: Case) -> Card:
    seat = seat_of(viewer, case)
    whose, patient = turn(viewer, case, seat), patient_account(viewer, case)
    name = patient.name if patient and patient != viewer else ""
    return Card(case, title(seat, case), ROLES[seat.role].label, progress(case, seat), whose, name)


def by_day(cards: Sequence[Card]) -> list[Card]:
    """The one that is due first stands first; those without a day keep their order, after the others."""
    days = [(card.turn.until.on if card.turn.until else None) or date.max for card in cards]
    return [card for _, card in sorted(zip(days, cards, strict=True), key=lambda pair: pair[0])]


def may_open(viewer: Person) -> bool:
    return holds_anywhere(viewer, Permission.OPEN_CASE)
