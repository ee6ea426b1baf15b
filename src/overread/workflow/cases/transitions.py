"""The life of a case, as one table. What the state allows; who may is in ``permissions``."""

from __future__ import annotations

from enum import StrEnum

from ..accounts.roles import Permission, Role
from ..errors import WrongState


class State(StrEnum):
    AGREEING = "agreeing"  # only where the institution wants a doctor to agree before a case starts
    GATHERING = "gathering"
    UNDERSTANDING = "understanding"
    ROUTING = "routing"
    REVIEWING = "reviewing"
    COMPARING = "comparing"
    RECONSIDERING = "reconsidering"  # the opinions differ: both physicians are asked to review
    ADJUDICATING = "adjudicating"  # a tumor board decides between them
    REPORTING = "reporting"
    LEARNING = "learning"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    DOCTOR_AGREED = "doctor agreed"
    RECORDS_READY = "records ready"
    MORE_RECORDS = "more records needed"
    UNDERSTOOD = "understood"
    REVIEWER_ENGAGED = "reviewer engaged"
    OPINION_FINAL = "opinion final"
    OUTSIDE_OPINION = "outside opinion"
    ANOTHER_OPINION = "another opinion"
    COMPARED = "compared"
    DIFFERENCE_FOUND = "difference found"
    SETTLED = "difference settled"
    THIRD_OPINION = "third opinion"
    BOARD_OPENED = "board opened"
    BOARD_DECIDED = "board decided"
    REPORT_SIGNED = "report signed"
    AMEND = "amend the report"
    OUTCOME_KNOWN = "outcome known"
    WITHDRAW = "withdraw"


S, M, P = State, Move, Permission

TABLE: dict[tuple[State, Move], State] = {
    (S.AGREEING, M.DOCTOR_AGREED): S.GATHERING,
    (S.GATHERING, M.RECORDS_READY): S.UNDERSTANDING,
    (S.UNDERSTANDING, M.MORE_RECORDS): S.GATHERING,
    (S.UNDERSTANDING, M.UNDERSTOOD): S.ROUTING,
    (S.ROUTING, M.MORE_RECORDS): S.GATHERING,
    (S.ROUTING, M.REVIEWER_ENGAGED): S.REVIEWING,
    (S.REVIEWING, M.REVIEWER_ENGAGED): S.REVIEWING,
    (S.REVIEWING, M.OPINION_FINAL): S.COMPARING,
    (S.ROUTING, M.OUTSIDE_OPINION): S.COMPARING,
    (S.COMPARING, M.ANOTHER_OPINION): S.ROUTING,
    (S.COMPARING, M.COMPARED): S.REPORTING,
    (S.COMPARING, M.DIFFERENCE_FOUND): S.RECONSIDERING,
    (S.RECONSIDERING, M.SETTLED): S.REPORTING,
    (S.RECONSIDERING, M.THIRD_OPINION): S.ROUTING,
    (S.RECONSIDERING, M.BOARD_OPENED): S.ADJUDICATING,
    (S.ADJUDICATING, M.BOARD_DECIDED): S.REPORTING,
    (S.REPORTING, M.BOARD_OPENED): S.ADJUDICATING,
    (S.REPORTING, M.ANOTHER_OPINION): S.ROUTING,
    (S.REPORTING, M.REPORT_SIGNED): S.LEARNING,
    (S.LEARNING, M.AMEND): S.REPORTING,
    (S.LEARNING, M.OUTCOME_KNOWN): S.CLOSED,
    (S.CLOSED, M.AMEND): S.REPORTING,
    **{(state, M.WITHDRAW): S.WITHDRAWN for state in S if state not in (S.CLOSED, S.WITHDRAWN)},
}

# What each permission moves a case to: a step that belongs to another action cannot be taken without that action.
MOVES: dict[Permission, frozenset[Move]] = {
    P.MOVE_CASE: frozenset({M.RECORDS_READY, M.MORE_RECORDS, M.UNDERSTOOD, M.ANOTHER_OPINION, M.WITHDRAW}),
    P.GIVE_CONSENT: frozenset({M.WITHDRAW}),
    P.REVIEW: frozenset({M.REVIEWER_ENGAGED, M.OPINION_FINAL}),
    P.AGREE: frozenset({M.DOCTOR_AGREED}),
    P.ROUTE: frozenset({M.OUTSIDE_OPINION}),
    P.COMPARE: frozenset({M.COMPARED, M.DIFFERENCE_FOUND, M.SETTLED, M.THIRD_OPINION, M.BOARD_OPENED}),
    P.ADJUDICATE: frozenset({M.BOARD_DECIDED}),
    P.SIGN_REPORT: frozenset({M.REPORT_SIGNED}),
    P.DRAFT_REPORT: frozenset({M.AMEND}),
    P.ANSWER_OUTCOME: frozenset({M.OUTCOME_KNOWN}),
}

# Whose turn it is, and what they are asked to do.
TURN: dict[State, tuple[Role | None, str]] = {
    S.AGREEING: (Role.NAVIGATOR, "Have a doctor agree that the case may start, as this institution asks for."),
    S.GATHERING: (Role.PATIENT, "Add the records, images and slides, or the letters that ask for them."),
    S.UNDERSTANDING: (Role.NAVIGATOR, "Check what was read, what is missing and whom each record is about."),
    S.ROUTING: (Role.NAVIGATOR, "Choose the independent specialist and send the packet."),
    S.REVIEWING: (Role.REVIEWER, "Read blinded, seal the opinion, then see the first one and keep or change."),
    S.COMPARING: (Role.NAVIGATOR, "Look at where the opinions agree and differ."),
    S.RECONSIDERING: (
        Role.NAVIGATOR,
        "The opinions differ: have both physicians say whether they keep or change theirs.",
    ),
    S.ADJUDICATING: (Role.BOARD, "Vote on the difference, and close with the minutes."),
    S.REPORTING: (Role.REVIEWER, "Sign the report."),
    S.LEARNING: (Role.PATIENT, "Say what happened after the report."),
    S.CLOSED: (None, "The second opinion is complete."),
    S.WITHDRAWN: (None, "The case was withdrawn. Nobody works on it any more, and what was done stays written down."),
}

# Who is told that their turn has come when a case reaches a step. Specialists, boards and who is asked for the outcome
# are told by what asks them; a reader who is blinded learns of no step.
TOLD: dict[State, frozenset[Role]] = {
    S.GATHERING: frozenset({Role.PATIENT, Role.PROXY}),
    **dict.fromkeys((S.UNDERSTANDING, S.ROUTING, S.COMPARING, S.REPORTING), frozenset({Role.NAVIGATOR})),
}

# The steps of the story as a reader sees them, in order.
STEPS: tuple[tuple[State, str], ...] = (
    (S.AGREEING, "Ask"),
    (S.GATHERING, "Gather"),
    (S.UNDERSTANDING, "Understand"),
    (S.ROUTING, "Route"),
    (S.REVIEWING, "Review"),
    (S.COMPARING, "Compare"),
    (S.REPORTING, "Report"),
    (S.LEARNING, "Learn"),
)
# States that are part of another state's step. Who reads blinded is shown that step's own state instead: that the
# opinions of others differ would tell a third reader something.
WITHIN: dict[State, State] = {S.RECONSIDERING: S.COMPARING, S.ADJUDICATING: S.COMPARING}


def after(state: State, move: Move) -> State:
    """The state that the move leads to, or WrongState when it does not follow."""
    try:
        return TABLE[state, move]
    except KeyError:
        raise WrongState(
            f"The case is at the step “{state}”, from which “{move}” does not follow.",
            "Look at the case's progress to see what comes next.",
        ) from None


def accepts_records(state: State) -> bool:
    """Records may come in from the start of the case to its end; late ones are compared with what the reviewer had."""
    return state not in (S.AGREEING, S.CLOSED, S.WITHDRAWN)


def has_ended(state: State) -> bool:
    return state in (S.CLOSED, S.WITHDRAWN)


def begins(*, doctor_must_agree: bool, by: Role | None) -> State:
    """Where a case begins: with a doctor's agreement where the institution asks for it and no doctor opened the case."""
    by_a_doctor = by is None or by is Role.REFERRER
    return S.AGREEING if doctor_must_agree and not by_a_doctor else S.GATHERING


def diagram() -> str:
    """The table as a Mermaid state diagram, for the reference pages."""
    lines = [f"    {a.value} --> {b.value}: {move.value}" for (a, move), b in TABLE.items()]
    return "\n".join(["stateDiagram-v2", "    [*] --> agreeing", "    [*] --> gathering", *lines])
