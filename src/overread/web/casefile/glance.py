"""What every page of a case shows above its own content: the banner, the progress, whose turn it is, where to go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from overread.workflow.accounts.models import Person
from overread.workflow.accounts.permissions import holds as holds_anywhere
from overread.workflow.accounts.roles import ROLES, Permission, Role
from overread.workflow.audit.actors import Actor
from overread.workflow.cases.models import Case
from overread.workflow.cases.permissions import holds
from overread.workflow.cases.queries import Progress, progress, seat_of
from overread.workflow.cases.transitions import STEPS, TURN, State
from overread.workflow.cases.visibility import Seat
from overread.workflow.intake.queries import visible_slides

from .banner import banner
from .turns import MEANWHILE, OF_THE_PATIENT, Turn, turn

ASKED = (None, "What the second opinion is about, whether one is warranted and which kind.")
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
    ("Difference", "look-again", Permission.ANSWER_FIRST),
    ("Board", "board", Permission.ADJUDICATE),
    ("Report", "report", Permission.SEE_REPORT),
    ("Outcome", "outcome", Permission.ANSWER_OUTCOME),
    ("People", "people", Permission.ENGAGE_PEOPLE),
    ("Messages", "thread", Permission.WRITE_MESSAGE),
    ("Calls", "calls", Permission.ARRANGE_CALL),
    ("Who did what", "trail", Permission.SEE_AUDIT),
)


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One step of the story: done, now or ahead; who acts in it, and what they are asked to do."""

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


def page(viewer: Actor, case: Case) -> dict[str, Any]:
    """The context that every page of a case starts from."""
    seat = seat_of(viewer, case)
    return {
        "case": case,
        "seat": seat,
        "blinded": bool(seat.hidden) and not seat.revealed,
        "hidden_domains": sorted({str(h.domain) for h in seat.hidden}),
        "banner": banner(viewer, case, seat),
        "role": ROLES[seat.role],
        "progress": progress(case, seat),
        "turn": turn(viewer, case, seat),
        "tabs": tabs(viewer, case),
        "title_of_case": title(seat, case),
        "may": {p.name.lower(): holds(viewer, case, p) for p in Permission},
    }


def title(seat: Seat, case: Case) -> str:
    """The case's title is the patient's own words; blinded eyes see the reference alone."""
    hidden = seat.role in (Role.REVIEWER, Role.PAYER) and not seat.revealed
    return case.reference if hidden or not case.title else case.title


def tabs(viewer: Actor, case: Case) -> list[Tab]:
    empty = set() if visible_slides(viewer, case) else {"slides"}  # a page with nothing on it is no page
    if seat_of(viewer, case).role is Role.PAYER:  # who reads the signed report alone finds no fact there
        empty.add("understand")
    return [
        Tab(label, reverse(name, args=[case.key]))
        for label, name, p in PAGES
        if name not in empty and holds(viewer, case, p)
    ]


def story(case: Case, seat: Seat) -> list[Chapter]:
    """Every step of the case in order, each with who acts in it."""
    places = {step.name: step.place for step in progress(case, seat).steps}
    acts = [(name, *(ASKED if _only_asked(case, state) else _act(state, seat))) for state, name in STEPS]
    return [Chapter(name, places[name], ROLES[role].label if role else "", asked) for name, role, asked in acts]


def _act(state: State, seat: Seat) -> tuple[Role | None, str]:
    """Who acts in a step; an order to the viewer where that is they, and otherwise what others do."""
    role, asked = TURN[state]
    own = seat.role is role or (role is Role.PATIENT and seat.role in OF_THE_PATIENT)
    return role, asked if own else MEANWHILE[state]


def _only_asked(case: Case, state: State) -> bool:
    """A doctor's agreement belongs to the first step only where the case waits for one."""
    return state is State.AGREEING and case.state != State.AGREEING


def card(viewer: Person, case: Case) -> Card:
    seat = seat_of(viewer, case)
    return Card(case, title(seat, case), ROLES[seat.role].label, progress(case, seat), turn(viewer, case, seat))


def by_day(cards: Sequence[Card]) -> list[Card]:
    """The one that is due first stands first; those without a day keep their order, after the others."""
    days = [(card.turn.until.on if card.turn.until else None) or date.max for card in cards]
    return [card for _, card in sorted(zip(days, cards, strict=True), key=lambda pair: pair[0])]


def may_open(viewer: Person) -> bool:
    return holds_anywhere(viewer, Permission.OPEN_CASE)
