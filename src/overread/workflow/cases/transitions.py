"""The life of a case, as one table. What the state allows; who may is in ``permissions``."""

from __future__ import annotations

from enum import StrEnum

from ..accounts.roles import Permission, Role
from ..errors import WrongState


class State(StrEnum):
    GATHERING = "gathering"
    UNDERSTANDING = "understanding"
    ROUTING = "routing"
    REVIEWING = "reviewing"
    COMPARING = "comparing"
    REPORTING = "reporting"
    LEARNING = "learning"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    RECORDS_READY = "records ready"
    MORE_RECORDS = "more records needed"
    UNDERSTOOD = "understood"
    REVIEWER_ENGAGED = "reviewer engaged"
    OPINION_FINAL = "opinion final"
    ANOTHER_OPINION = "another opinion"
    COMPARED = "compared"
    REPORT_SIGNED = "report signed"
    AMEND = "amend the report"
    OUTCOME_KNOWN = "outcome known"
    WITHDRAW = "withdraw"


S, M, P = State, Move, Permission

TABLE: dict[tuple[State, Move], State] = {
    (S.GATHERING, M.RECORDS_READY): S.UNDERSTANDING,
    (S.UNDERSTANDING, M.MORE_RECORDS): S.GATHERING,
    (S.UNDERSTANDING, M.UNDERSTOOD): S.ROUTING,
    (S.ROUTING, M.MORE_RECORDS): S.GATHERING,
    (S.ROUTING, M.REVIEWER_ENGAGED): S.REVIEWING,
    (S.REVIEWING, M.REVIEWER_ENGAGED): S.REVIEWING,
    (S.REVIEWING, M.OPINION_FINAL): S.COMPARING,
    (S.COMPARING, M.ANOTHER_OPINION): S.ROUTING,
    (S.COMPARING, M.COMPARED): S.REPORTING,
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
    P.COMPARE: frozenset({M.COMPARED}),
    P.SIGN_REPORT: frozenset({M.REPORT_SIGNED}),
    P.DRAFT_REPORT: frozenset({M.AMEND}),
    P.ANSWER_OUTCOME: frozenset({M.OUTCOME_KNOWN}),
}

# Whose turn it is, and what they are asked to do.
TURN: dict[State, tuple[Role | None, str]] = {
    S.GATHERING: (Role.PATIENT, "Add the records, images and slides, or the letters that ask for them."),
    S.UNDERSTANDING: (Role.NAVIGATOR, "Check what was read, what is missing and whom each record is about."),
    S.ROUTING: (Role.NAVIGATOR, "Choose the independent specialist and send the packet."),
    S.REVIEWING: (Role.REVIEWER, "Read blinded, seal the opinion, then see the first one and keep or change."),
    S.COMPARING: (Role.NAVIGATOR, "Look at where the opinions agree and differ."),
    S.REPORTING: (Role.REVIEWER, "Sign the report."),
    S.LEARNING: (Role.PATIENT, "Say what happened next."),
    S.CLOSED: (None, "Nothing is left to do."),
    S.WITHDRAWN: (None, "The case was withdrawn."),
}

# The steps of the story as a reader sees them, in order.
STEPS: tuple[tuple[State, str], ...] = (
    (S.GATHERING, "Gather"),
    (S.UNDERSTANDING, "Understand"),
    (S.ROUTING, "Route"),
    (S.REVIEWING, "Review"),
    (S.COMPARING, "Compare"),
    (S.REPORTING, "Report"),
    (S.LEARNING, "Learn"),
)


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
    """Records may come in until the case ends; late ones are compared with what the reviewer had."""
    return state not in (S.CLOSED, S.WITHDRAWN)


def diagram() -> str:
    """The table as a Mermaid state diagram, for the reference pages."""
    lines = [f"    {a.value} --> {b.value}: {move.value}" for (a, move), b in TABLE.items()]
    return "\n".join(["stateDiagram-v2", "    [*] --> gathering", *lines])
