"""Whose turn it is in a case, in the viewer's words, where the viewer goes to do it, and until when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone

from overread.workflow.accounts.roles import ROLES, Role
from overread.workflow.audit.actors import Actor
from overread.workflow.cases.models import Case
from overread.workflow.cases.queries import has_patient, shown_state
from overread.workflow.cases.transitions import TURN, State
from overread.workflow.cases.visibility import Seat
from overread.workflow.clocks.queries import due
from overread.workflow.clocks.until import Until
from overread.workflow.errors import NotFound
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
    State.AGREEING: "They ask a doctor to agree that the case may start, as this institution wants.",
    State.GATHERING: "They add the records, images and slides, or the letters that ask for them.",
    State.UNDERSTANDING: "They check what was read, what is missing and whom each record is about.",
    State.ROUTING: "They choose an independent specialist and send the records to be read.",
    State.REVIEWING: "They read without the first interpretation, seal their opinion, and only then see the first one.",
    State.COMPARING: "They look at where the opinions agree and differ.",
    State.RECONSIDERING: "The opinions differ. They ask both physicians whether they keep or change theirs.",
    State.ADJUDICATING: "They vote on where the opinions differ, and write down why.",
    State.REPORTING: "They read the draft of the report, and sign it.",
    State.LEARNING: "They are asked what happened after the report.",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """``who``: "You", or whom the case waits for. ``href``: where the viewer does it; None when there is nothing to do."""

    is_yours: bool
    who: str
    asked: str
    href: str | None = None
    until: Until | None = None
    tab: str | None = None  # the page of the case that is marked, where it is not ``href`` itself


def turn(viewer: Actor, case: Case, seat: Seat) -> Turn:
    state = shown_state(case, seat)
    special = SPECIAL.get(state)
    found = (special(viewer, case, seat) if special else None) or _usual(case, seat, state)
    name = NEXT_PAGE.get((state, seat.role))
    href = found.href or (reverse(name, args=[case.key]) if name else None)
    return replace(found, href=href, tab=found.tab or href, until=due(viewer, case, timezone.now()))


def _usual(case: Case, seat: Seat, state: State) -> Turn:
    role, asked = TURN[state]
    if role is None:
        return Turn(False, "Nobody", asked)
    acting = {role}
    if role is Role.PATIENT:
        acting = set(OF_THE_PATIENT) if has_patient(case) else {Role.REFERRER}
    if seat.role in acting:
        return Turn(True, "You", asked)
    return Turn(False, ROLES[role if role in acting else Role.REFERRER].label, MEANWHILE[state])


def _agreeing(viewer: Actor, case: Case, seat: Seat) -> Turn | None:
    if seat.role is Role.REFERRER:
        return Turn(True, "You", "Say whether the case may start.")
    return None


def _routing(viewer: Actor, case: Case, seat: Seat) -> Turn | None:
    sent = [r for r in referrals(viewer, case) if r.state == ReferralState.SENT and r.seat.ended_at is None]
    if sent and seat.role is Role.REVIEWER:
        asked = "Look at the blinded packet, and say whether you can read it."
        return Turn(True, "You", asked, reverse("packet", args=[case.key]))
    if sent and seat.role is Role.NAVIGATOR:
        return Turn(False, ROLES[Role.REVIEWER].label, "A specialist was asked and has not answered yet.")
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
        return Turn(False, "navigator and the reviewing physician", "They draft the report, read it and sign it.")
    draft = next((r for r in reports(viewer, case) if r.state == ReportState.DRAFT), None)
    if draft:
        if signs:
            href = reverse("report-version", args=[case.key, draft.key])
            tab = reverse("report", args=[case.key])
            return Turn(True, "You", "Read the draft, then sign the report.", href, tab=tab)
        return Turn(False, "physician who signs", MEANWHILE[State.REPORTING])
    if seat.role is Role.NAVIGATOR:
        return Turn(True, "You", "Draft the report.")
    return Turn(False, ROLES[Role.NAVIGATOR].label, "They draft the report.")


SPECIAL: dict[State, Callable[[Actor, Case, Seat], Turn | None]] = {
    State.AGREEING: _agreeing,
    State.ROUTING: _routing,
    State.REVIEWING: _reviewing,
    State.RECONSIDERING: _reconsidering,
    State.REPORTING: _reporting,
}
