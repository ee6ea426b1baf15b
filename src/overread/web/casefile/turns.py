"""Whose turn it is in a case, in the viewer's words, where the viewer goes to do it, and until when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from overread.workflow.accounts.roles import ROLES, Permission, Role
from overread.workflow.audit.actors import Actor
from overread.workflow.cases.models import Case
from overread.workflow.cases.queries import has_patient, shown_state
from overread.workflow.cases.transitions import TURN, State
from overread.workflow.cases.visibility import Seat
from overread.workflow.clocks.queries import due
from overread.workflow.clocks.until import Until
from overread.workflow.errors import NotFound
from overread.workflow.outcomes.queries import follow_up
from overread.workflow.referrals.queries import referrals
from overread.workflow.referrals.transitions import ReferralState
from overread.workflow.reports import permissions as report_permissions
from overread.workflow.reports.queries import reports
from overread.workflow.reports.transitions import ReportState
from overread.workflow.reviews.queries import own_reconsideration, own_review, reconsiderations
from overread.workflow.reviews.transitions import ReviewState

# Where each role does what it is asked to do at each step.
NEXT_PAGE: dict[tuple[State, Role], str] = {
    (State.AGREEING, Role.NAVIGATOR): "case",
    (State.AGREEING, Role.REFERRER): "case",
    (State.GATHERING, Role.PATIENT): "records",
    (State.GATHERING, Role.PROXY): "records",
    (State.GATHERING, Role.REFERRER): "records",
    (State.GATHERING, Role.NAVIGATOR): "records",
    (State.UNDERSTANDING, Role.NAVIGATOR): "understand",
    (State.ROUTING, Role.NAVIGATOR): "route",
    (State.REVIEWING, Role.REVIEWER): "review",
    (State.COMPARING, Role.NAVIGATOR): "compare",
    (State.RECONSIDERING, Role.NAVIGATOR): "look-again",
    (State.RECONSIDERING, Role.REFERRER): "look-again",
    (State.RECONSIDERING, Role.REVIEWER): "review",
    (State.ADJUDICATING, Role.BOARD): "board",
    (State.REPORTING, Role.NAVIGATOR): "report",
    (State.REPORTING, Role.REVIEWER): "report",
    (State.REPORTING, Role.BOARD): "report",
    (State.LEARNING, Role.PATIENT): "outcome",
    (State.LEARNING, Role.PROXY): "outcome",
    (State.LEARNING, Role.REFERRER): "outcome",
}
OF_THE_PATIENT = frozenset({Role.PATIENT, Role.PROXY})
# What is going on, for who waits: what somebody else is asked to do reads as an order in the words for their own turn.
MEANWHILE: dict[State, str] = {
    State.AGREEING: "A doctor is asked to agree that the case may start, as this institution wants.",
    State.GATHERING: "The records, images and slides are being added, or letters ask for them.",
    State.UNDERSTANDING: "The navigator checks what was read, what is missing and whom each record is about.",
    State.ROUTING: "The navigator chooses an independent specialist and sends the records to be read.",
    State.REVIEWING: "The specialist reads without the first interpretation, seals an opinion, and only then sees the first one.",
    State.COMPARING: "The navigator looks at where the opinions agree and differ.",
    State.RECONSIDERING: "The opinions differ. Both physicians are asked whether they keep or change theirs.",
    State.ADJUDICATING: "The tumor board votes on where the opinions differ, and writes down why.",
    State.REPORTING: "The draft of the report is read and signed.",
    State.LEARNING: "The report is signed. The patient reads it, and is asked later what happened.",
}
# What was done, for whoever looks back. True on every way that a case can go: an opinion may come from outside.
DONE: dict[State, str] = {
    State.AGREEING: "The case was opened, with what it is about.",
    State.GATHERING: "The records were gathered, and said to be complete.",
    State.UNDERSTANDING: "The records were checked: what was read, what is missing and whom each is about.",
    State.ROUTING: "An independent opinion was asked for here, or came from outside.",
    State.REVIEWING: "An opinion was given: read blinded and sealed here, or obtained outside.",
    State.COMPARING: "The opinions were compared: where they agree and where they differ.",
    State.REPORTING: "The report was signed.",
    State.LEARNING: "What happened after the report is known.",
}
# What the button says that leads to a page.
DO: dict[str, str] = {
    "case": "Go on",
    "records": "Add the records",
    "understand": "Check the facts",
    "route": "Choose the specialist",
    "packet": "Look at the packet",
    "review": "Open the reading room",
    "compare": "Compare the opinions",
    "look-again": "Give the answer",
    "board": "Open the board",
    "report": "Go to the report",
    "report-version": "Read and sign",
    "outcome": "Say what happened",
}
READ = "Read the report"
FOR_THE_REFERRER = "The report is ready. Read it, and talk about it with the patient."
ENDED: dict[Role, str] = dict.fromkeys(
    OF_THE_PATIENT, "Your second opinion is complete. Take the report to the doctor who treats you."
)


@dataclass(frozen=True, slots=True)
class Turn:
    """``who``: "You", or whom the case waits for. ``href``: where the viewer does it; None when there is nothing to do.

    do: what the button to it says; "" where there is none. since: when this turn began.
    """

    is_yours: bool
    who: str
    asked: str
    href: str | None = None
    until: Until | None = None
    tab: str | None = None  # the page of the case that is marked, where it is not ``href`` itself
    do: str = ""
    since: datetime | None = None


def turn(viewer: Actor, case: Case, seat: Seat) -> Turn:
    state = shown_state(case, seat)
    special = SPECIAL.get(state)
    found = (special(viewer, case, seat) if special else None) or _usual(case, seat, state)
    name = NEXT_PAGE.get((state, seat.role))
    href = found.href or (reverse(name, args=[case.key]) if name else None)
    do = found.do or (DO[name] if name and found.is_yours else "")
    until, since = due(viewer, case, timezone.now()), found.since or case.state_since
    if until and since != case.state_since:  # the time counts from where the step began, and not from this turn
        until = replace(until, used="")
    return replace(found, href=href, tab=found.tab or href, until=until, do=do, since=since)


def _usual(case: Case, seat: Seat, state: State) -> Turn:
    role, asked = TURN[state]
    if role is None:
        return _ended(case, seat, state)
    acting = {role}
    if role is Role.PATIENT:
        acting = set(OF_THE_PATIENT) if has_patient(case) else {Role.REFERRER}
    if seat.role in acting:
        return Turn(True, "You", asked)
    return Turn(False, ROLES[role if role in acting else Role.REFERRER].label, MEANWHILE[state])


def _ended(case: Case, seat: Seat, state: State) -> Turn:
    asked = TURN[state][1] if state is State.WITHDRAWN else ENDED.get(seat.role, TURN[state][1])
    if state is State.WITHDRAWN or Permission.SEE_REPORT not in ROLES[seat.role].permissions:
        return Turn(False, "Nobody", asked)
    return Turn(False, "Nobody", asked, reverse("report", args=[case.key]), do=READ)


def _agreeing(viewer: Actor, case: Case, seat: Seat) -> Turn | None:
    if seat.role is Role.REFERRER:
        return Turn(True, "You", "Say whether the case may start.")
    return None


def _routing(viewer: Actor, case: Case, seat: Seat) -> Turn | None:
    sent = [r for r in referrals(viewer, case) if r.state == ReferralState.SENT and r.seat.ended_at is None]
    if sent and seat.role is Role.REVIEWER:
        asked = "Look at the blinded packet, and say whether you can read it."
        return Turn(True, "You", asked, reverse("packet", args=[case.key]), do=DO["packet"], since=sent[0].sent_at)
    if sent and seat.role is Role.NAVIGATOR:
        waits = "A specialist was asked and has not answered yet."
        return Turn(False, ROLES[Role.REVIEWER].label, waits, since=sent[0].sent_at)
    return None


def _reviewing(viewer: Actor, case: Case, seat: Seat) -> Turn | None:
    if seat.role is not Role.REVIEWER:
        return None
    try:
        own = own_review(viewer, case)
    except NotFound:
        return _routing(viewer, case, seat) or Turn(False, ROLES[Role.REVIEWER].label, MEANWHILE[State.REVIEWING])
    if own.state == ReviewState.FINAL:
        return Turn(False, "other reviewing physician", "Your opinion is signed. Nothing is left for you to do now.")
    if own.state == ReviewState.REVEALED:
        return Turn(
            True, "You", "The first interpretation is shown: keep your sealed opinion or change it, and say why."
        )
    return Turn(True, "You", TURN[State.REVIEWING][1])


def _reconsidering(viewer: Actor, case: Case, seat: Seat) -> Turn | None:
    again = "The opinions differ. Say whether you keep yours or change it, and why."
    if seat.role is Role.REVIEWER and own_reconsideration(viewer, case):
        return Turn(True, "You", again)
    open_ones = [row for row in reconsiderations(viewer, case) if row.answered_at is None]
    if seat.role is Role.REFERRER and any(row.of_first for row in open_ones):
        return Turn(True, "You", "The opinions differ. Say whether the first opinion stays or changes, and why.")
    if seat.role is Role.NAVIGATOR:
        return Turn(True, "You", _for_the_navigator([row.whose for row in open_ones]))
    asked = "The opinions differ. The physicians were asked whether they keep or change theirs."
    return Turn(False, ROLES[Role.NAVIGATOR].label, asked)


def _for_the_navigator(waiting: list[str]) -> str:
    if waiting:
        return f"The opinions differ. Write down the answers that come by letter or telephone. Still open: {', '.join(waiting)}."
    return "Every physician has answered. Go on to the report, to the tumor board, or to a third opinion."


def _reporting(viewer: Actor, case: Case, seat: Seat) -> Turn | None:
    signs = report_permissions.may_sign(viewer, case)
    if seat.role not in (Role.NAVIGATOR, Role.REVIEWER, Role.BOARD):
        return Turn(False, "navigator and the reviewing physician", "The report is drafted, read and signed.")
    draft = next((r for r in reports(viewer, case) if r.state == ReportState.DRAFT), None)
    if draft:
        if signs:
            href = reverse("report-version", args=[case.key, draft.key])
            tab = reverse("report", args=[case.key])
            return Turn(True, "You", "Read the draft, then sign the report.", href, tab=tab, do=DO["report-version"])
        return Turn(False, "physician who signs", MEANWHILE[State.REPORTING])
    if seat.role is Role.NAVIGATOR:
        return Turn(True, "You", "Draft the report.")
    return Turn(False, ROLES[Role.NAVIGATOR].label, "The navigator drafts the report.")


def _learning(viewer: Actor, case: Case, seat: Seat) -> Turn | None:
    """The report is read first; what happened is asked weeks later, and may be told before."""
    usual, asked = _usual(case, seat, State.LEARNING), follow_up(viewer, case)
    if usual.is_yours and asked and asked.asked_at:
        return None
    href = reverse("report", args=[case.key])
    if usual.is_yours:
        ready = "The report is ready. Read it, and take it to the doctor who treats you."
        return Turn(True, "You", ready if seat.role in OF_THE_PATIENT else FOR_THE_REFERRER, href, do=READ)
    return replace(usual, href=href, do=READ) if Permission.SEE_REPORT in ROLES[seat.role].permissions else None


SPECIAL: dict[State, Callable[[Actor, Case, Seat], Turn | None]] = {
    State.AGREEING: _agreeing,
    State.ROUTING: _routing,
    State.REVIEWING: _reviewing,
    State.RECONSIDERING: _reconsidering,
    State.REPORTING: _reporting,
    State.LEARNING: _learning,
}
