"""The life of a case: the table as it was meant, and nothing outside of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.workflow.accounts.roles import Role
from overread.workflow.cases import transitions
from overread.workflow.cases.transitions import (
    MOVES,
    STEPS,
    TABLE,
    TURN,
    WITHIN,
    Move,
    State,
    accepts_records,
    after,
    diagram,
)
from overread.workflow.errors import WrongState

# From, by, to: written down again, so that a change of the table is a decision made twice.
STORY = """
agreeing      | doctor agreed       | gathering
gathering     | records ready       | understanding
understanding | more records needed | gathering
understanding | understood          | routing
routing       | more records needed | gathering
routing       | reviewer engaged    | reviewing
reviewing     | reviewer engaged    | reviewing
reviewing     | opinion final       | comparing
routing       | outside opinion     | comparing
comparing     | another opinion     | routing
comparing     | compared            | reporting
comparing     | difference found    | reconsidering
reconsidering | difference settled  | reporting
reconsidering | third opinion       | routing
reconsidering | board opened        | adjudicating
adjudicating  | board decided       | reporting
reporting     | board opened        | adjudicating
reporting     | another opinion     | routing
reporting     | report signed       | learning
learning      | amend the report    | reporting
learning      | outcome known       | closed
closed        | amend the report    | reporting
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in STORY.strip().splitlines()]
ENDED = (State.CLOSED, State.WITHDRAWN)


def test_the_table_is_the_story_and_the_way_out() -> None:
    told = {(State(a), Move(by)): State(b) for a, by, b in ROWS}
    out = {(state, Move.WITHDRAW): State.WITHDRAWN for state in State if state not in ENDED}
    assert told | out == TABLE


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_what_is_not_in_the_table_is_refused_and_says_why(state: State, move: Move) -> None:
    if (state, move) in TABLE:
        assert after(state, move) is TABLE[state, move]
    else:
        with pytest.raises(WrongState, match=str(state)):
            after(state, move)


@given(st.lists(st.sampled_from(Move), max_size=60))
def test_however_a_case_moves_it_stays_in_its_table(moves: list[Move]) -> None:
    state = State.GATHERING
    for move in moves:
        try:
            reached = after(state, move)
        except WrongState:
            continue
        assert state is not State.WITHDRAWN, "nothing comes back from there"
        assert reached is not State.LEARNING or move is Move.REPORT_SIGNED, "no outcome without a signed report"
        told = move in (Move.OPINION_FINAL, Move.OUTSIDE_OPINION)
        assert reached is not State.COMPARING or told, "nothing to compare without an opinion"
        state = reached


def test_every_state_has_a_turn_and_every_step_of_the_story_a_name() -> None:
    assert set(TURN) == set(State)
    assert [state for state, _ in STEPS] == [state for state in State if state not in (*ENDED, *WITHIN)]
    assert len(STEPS) == 8


def test_every_move_belongs_to_a_permission() -> None:
    assert set().union(*MOVES.values()) == set(Move)


@pytest.mark.parametrize("state", State)
def test_records_come_in_until_the_case_ends(state: State) -> None:
    assert accepts_records(state) is (state not in (State.AGREEING, *ENDED))


def test_the_diagram_draws_every_move() -> None:
    assert len(diagram().splitlines()) == len(TABLE) + 3


@pytest.mark.parametrize(
    ("asked_for", "by", "begins"),
    [
        (False, Role.PATIENT, State.GATHERING),
        (True, Role.PATIENT, State.AGREEING),
        (True, Role.PROXY, State.AGREEING),
        (True, Role.NAVIGATOR, State.AGREEING),
        (True, Role.REFERRER, State.GATHERING),
        (False, Role.REFERRER, State.GATHERING),
    ],
)
def test_only_where_it_is_asked_for_a_doctor_has_to_agree(asked_for: bool, by: Role, begins: State) -> None:
    assert transitions.begins(doctor_must_agree=asked_for, by=by) is begins
