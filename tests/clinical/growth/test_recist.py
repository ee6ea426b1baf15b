"""RECIST 1.1 for target lesions, as a table of sums in mm."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overread.clinical.growth import NonTarget, Response, Visit, compare

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
        ((100, 0, 4), Response.PARTIAL),  # back, but less than 5 mm in all, and it was gone on one scan alone
        ((100, 0, 0, 4), Response.PROGRESSIVE),  # back after a confirmed complete response
        ((100, 0, 0, 0), Response.COMPLETE),
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


def test_what_is_not_stated_is_said() -> None:
    unsaid, growth = compare(visits(100, 90, new=None)), compare(visits(100, 130, new=None))
    assert "new lesion is not stated" in unsaid.warnings[0]
    assert "no targets have changed is not stated" in unsaid.warnings[1]
    assert len(unsaid.warnings) == 3
    assert (unsaid.overall, growth.overall) == (None, Response.PROGRESSIVE)


def course(*sizes: dict[str, float], nodes: str = "", **last: Any) -> tuple[Visit, ...]:
    """Visits 28 days apart; ``nodes`` are the letters of the lesions that are lymph nodes."""
    end = len(sizes) - 1
    return tuple(
        Visit(START + timedelta(days=28 * i), mm, False, nodes=frozenset(nodes), **(last if i == end else {}))
        for i, mm in enumerate(sizes)
    )


@pytest.mark.parametrize(
    ("sizes", "response", "current"),
    [
        (({"a": 20, "n": 18}, {"a": 0, "n": 9.9}), Response.COMPLETE, 9.9),  # normal nodes still count in the sum
        (({"a": 20, "n": 18}, {"a": 0, "n": 10}), Response.PARTIAL, 10),
        (({"a": 20, "n": 18}, {"a": 1, "n": 0}), Response.PARTIAL, 1),
        (({"n": 18}, {"n": 9}), Response.COMPLETE, 9),
        (({"n": 18}, {"n": 9}, {"n": 9}, {"n": 9.9}), Response.COMPLETE, 9.9),
        (({"n": 18}, {"n": 9}, {"n": 9}, {"n": 10}), Response.PROGRESSIVE, 10),  # back at 10 mm, though 1 mm larger
        (({"n": 18}, {"n": 9}, {"n": 10}), Response.PARTIAL, 10),
        (({"n": 18}, {"n": 9}, {"n": 14}), Response.PROGRESSIVE, 14),
    ],
)
def test_lymph_nodes(sizes: tuple[dict[str, float], ...], response: Response, current: float) -> None:
    found = compare(course(*sizes, nodes="n"))
    assert (found.response, found.current_mm) == (response, current)


def test_too_small_to_measure_counts_five_millimetres() -> None:
    found = compare(course({"a": 20, "b": 20}, {"a": 0, "b": 2}, too_small=frozenset("b")))
    assert (found.current_mm, found.response) == (5, Response.PARTIAL)


@pytest.mark.parametrize(
    ("last", "non_target", "overall"),
    [
        (0, NonTarget.GONE, Response.COMPLETE), (0, NonTarget.NONE, Response.COMPLETE), (0, NonTarget.PERSISTS, Response.PARTIAL),
        (0, NonTarget.NOT_EVALUATED, Response.PARTIAL), (0, NonTarget.PROGRESSED, Response.PROGRESSIVE), (0, None, None),
        (60, NonTarget.GONE, Response.PARTIAL), (60, NonTarget.NOT_EVALUATED, Response.PARTIAL), (60, None, None),
        (60, NonTarget.PROGRESSED, Response.PROGRESSIVE), (100, NonTarget.PERSISTS, Response.STABLE),
        (100, NonTarget.PROGRESSED, Response.PROGRESSIVE), (100, None, None), (130, NonTarget.GONE, Response.PROGRESSIVE),
        (130, None, Response.PROGRESSIVE),
    ],
)  # fmt: skip
def test_overall(last: float, non_target: NonTarget | None, overall: Response | None) -> None:
    assert compare(course({"a": 100}, {"a": last}, non_target=non_target)).overall is overall


@pytest.mark.parametrize(
    ("sums", "confirmed"),
    [
        ((100, 60), False), ((100, 60, 65), True), ((100, 0), False), ((100, 0, 0), True), ((100, 60, 0), False),
        ((100, 60, 0, 0), True), ((100, 0, 60), None), ((100, 90, 60), False), ((100, 60, 90, 60), False), ((100, 100), None),
        ((100, 130), None), ((100, 60, 61, 62), True),
    ],
)  # fmt: skip
def test_a_response_is_confirmed_after_four_weeks(sums: tuple[float, ...], confirmed: bool | None) -> None:
    assert compare(course(*({"a": mm} for mm in sums))).confirmed is confirmed


def test_four_weeks_are_28_days() -> None:
    for days, confirmed in ((27, False), (28, True)):
        scans = (START, START + timedelta(days=60), START + timedelta(days=60 + days))
        found = compare(tuple(Visit(on, {"a": mm}, False) for on, mm in zip(scans, (100, 50, 50), strict=True)))
        assert found.confirmed is confirmed


@pytest.mark.parametrize(
    ("sizes", "nodes", "organs", "words"),
    [
        ({"a": 10, "b": 10, "c": 10}, "", "LLU", ()),
        ({"a": 10, "b": 10, "c": 10}, "", "LLL", ("(L)",)),
        ({"a": 15, "b": 15, "c": 15}, "abc", "NMA", ("(lymph nodes)",)),  # three regions, one organ
        ({"a": 9.9, "b": 10}, "", "LU", ("Too small on the first scan to be a target: a.",)),
        ({"a": 14.9, "b": 15}, "ab", "NN", ("Too small on the first scan to be a target: a. A lymph node",)),
        (dict.fromkeys("abcdef", 20.0), "", "LLUUKK", ("6 targets",)),
    ],
)
def test_targets_that_recist_would_not_choose(
    sizes: dict[str, float], nodes: str, organs: str, words: tuple[str, ...]
) -> None:
    place = dict(zip(sizes, organs, strict=True))
    pair = tuple(
        Visit(START + timedelta(days=i), sizes, False, place, frozenset(nodes), NonTarget.NONE) for i in (0, 30)
    )
    found = compare(pair).warnings[:-1]
    assert len(found) == len(words)
    assert all(word in text for word, text in zip(words, found, strict=True))


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
        (
            (Visit(START, {"a": 20}), Visit(START + timedelta(days=9), {"a": 20}, nodes=frozenset("a"))),
            "called a lymph node on one scan",
        ),
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
