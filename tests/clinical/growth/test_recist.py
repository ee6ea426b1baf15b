"""RECIST 1.1 for target lesions, as a table of sums in mm."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overread.clinical.growth import Response, Visit, compare

START = date(2026, 1, 1)


def visits(*sums: float, new: bool | None = False) -> tuple[Visit, ...]:
    """One lesion followed over visits a month apart; the last visit says whether there is a new lesion."""
    last = len(sums) - 1
    return tuple(
        Visit(START + timedelta(days=30 * i), {"a": mm}, new if i == last else None) for i, mm in enumerate(sums)
    )


@pytest.mark.parametrize(
    ("sums", "response"),
    [
        ((100, 0), Response.COMPLETE),
        ((100, 70), Response.PARTIAL),  # exactly 30 %
        ((100, 70.1), Response.STABLE),
        ((100, 100), Response.STABLE),
        ((100, 119.9), Response.STABLE),
        ((100, 120), Response.PROGRESSIVE),  # exactly 20 %
        ((10, 14), Response.STABLE),  # 40 %, but only 4 mm
        ((20, 25), Response.PROGRESSIVE),
        ((24, 28.9), Response.STABLE),
        ((100, 50, 60), Response.PROGRESSIVE),  # from the smallest sum, although smaller than the first
        ((100, 50, 55), Response.PARTIAL),
        ((100, 50, 90, 59), Response.PARTIAL),
        ((100, 0, 4), Response.PARTIAL),  # back, but less than 5 mm in all
        ((100, 0, 5), Response.PROGRESSIVE),
        ((0.1 + 0.2 + 99.7, 120), Response.PROGRESSIVE),
    ],
)
def test_category(sums: tuple[float, ...], response: Response) -> None:
    assert compare(visits(*sums)).response is response


def test_arithmetic_is_shown() -> None:
    found = compare(visits(100, 50, 60))
    assert (found.baseline_mm, found.nadir_mm, found.current_mm) == (100, 50, 60)
    assert (found.change_from_baseline_pct, found.change_from_nadir_pct) == (-40, 20)
    assert found.sentence == "The sum grew from its smallest value: 50 mm, now 60 mm."
    assert found.source is not None


def test_from_nothing_no_share_can_be_given() -> None:
    assert compare(visits(100, 0, 4)).change_from_nadir_pct is None


def test_a_new_lesion_is_growth_whatever_the_sum() -> None:
    assert compare(visits(100, 10, new=True)).response is Response.PROGRESSIVE


def test_an_unsaid_new_lesion_is_said_to_be_unsaid() -> None:
    assert "not stated" in compare(visits(100, 90, new=None)).warnings[0]
    assert len(compare(visits(100, 90)).warnings) == 1


def test_a_complete_response_that_hangs_on_nodes_cannot_be_said() -> None:
    first = Visit(START, {"a": 20, "n": 18}, False, nodes=frozenset({"n"}))
    last = Visit(START + timedelta(days=60), {"a": 0, "n": 8}, False, nodes=frozenset({"n"}))
    found = compare((first, last))
    assert found.response is None
    assert "rule for lymph nodes is not in our sources" in found.sentence
    gone = Visit(START + timedelta(days=60), {"a": 0, "n": 0}, False, nodes=frozenset({"n"}))
    assert compare((first, gone)).response is Response.COMPLETE


def test_more_than_two_targets_in_one_organ_are_pointed_out() -> None:
    sizes, organs = (
        {"a": 10.0, "b": 10.0, "c": 10.0, "d": 10.0},
        {"a": "liver", "b": "liver", "c": "liver", "d": "lung"},
    )
    pair = tuple(Visit(START + timedelta(days=i), sizes, False, organs) for i in (0, 30))
    assert "(liver)" in compare(pair).warnings[0]
    assert len(compare(pair).warnings) == 2


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ((), "Two scans are needed"),
        (visits(100), "Two scans are needed"),
        (tuple(reversed(visits(100, 90))), "order of their dates"),
        ((Visit(START, {"a": 1}), Visit(START + timedelta(days=1), {"b": 1})), "one is missing or was added"),
        ((Visit(START, {}), Visit(START + timedelta(days=1), {})), "one is missing or was added"),
        (visits(100, -1), "not a number of millimetres"),
        (visits(100, float("nan")), "not a number of millimetres"),
        (visits(float("inf"), 1), "not a number of millimetres"),
        (visits(0, 10), "No target lesion has a size"),
    ],
)
def test_why_it_cannot_be_said(given: tuple[Visit, ...], words: str) -> None:
    found = compare(given)
    assert found.response is None
    assert words in found.sentence


@settings(deadline=None)
@given(st.lists(st.floats(), max_size=5), st.none() | st.booleans())
def test_never_raises(sums: list[float], new: bool | None) -> None:
    assert compare(visits(*sums, new=new)).sentence


@settings(deadline=None)
@given(st.floats(1, 500), st.floats(0, 500), st.floats(0, 100))
def test_a_larger_sum_is_never_a_better_response(first: float, last: float, more: float) -> None:
    order = [Response.COMPLETE, Response.PARTIAL, Response.STABLE, Response.PROGRESSIVE]
    ranks = [order.index(found) for mm in (last, last + more) if (found := compare(visits(first, mm)).response)]
    assert ranks == sorted(ranks)
