"""Clocks: business days in a calendar, counted from a named event."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overread.clinical.indication import KINDS, Calendar, Turnaround, add_business_days, due, expected_delay

PLAIN = Calendar()
THANKSGIVING = Calendar(frozenset({date(2026, 11, 26)}))
FRIDAY_SATURDAY = Calendar(weekend=frozenset({4, 5}))


@pytest.mark.parametrize(
    ("start", "days", "calendar", "end"),
    [
        (date(2026, 11, 20), 0, PLAIN, date(2026, 11, 20)),
        (date(2026, 11, 20), 1, PLAIN, date(2026, 11, 23)),  # Friday to Monday
        (date(2026, 11, 21), 1, PLAIN, date(2026, 11, 23)),  # Saturday to Monday
        (date(2026, 11, 25), 1, THANKSGIVING, date(2026, 11, 27)),
        (date(2026, 11, 20), 1, FRIDAY_SATURDAY, date(2026, 11, 22)),
    ],
)
def test_add_business_days(start: date, days: int, calendar: Calendar, end: date) -> None:
    assert add_business_days(start, days, calendar) == end


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 40), st.frozensets(st.integers(0, 6), max_size=6))
def test_exactly_so_many_business_days_lie_between(start: date, days: int, weekend: frozenset[int]) -> None:
    calendar = Calendar(weekend=weekend)
    end = add_business_days(start, days, calendar)
    passed = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(map(calendar.is_business_day, passed)) == days
    assert calendar.is_business_day(end)


def test_a_calendar_without_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one working weekday"):
        Calendar(weekend=frozenset(range(7)))


def test_weeks_are_counted_in_business_days() -> None:
    found = due(KINDS["comprehensive"], date(2026, 11, 2), PLAIN)
    assert (found.earliest, found.latest) == (date(2026, 11, 16), date(2026, 11, 30))
    assert "the day all records and material are here" in found.sentence


@pytest.mark.parametrize(
    ("kind", "started", "words"),
    [
        ("pathology_only", None, "The clock has not started. It starts on the day the slides or blocks arrive."),
        ("radiology_only", date(2026, 11, 2), "We know no study of how long a scan review takes"),
        ("pathology_only", date.max, "too far ahead"),
    ],
)
def test_no_due_day_says_why(kind: str, started: date | None, words: str) -> None:
    found = due(KINDS[kind], started, PLAIN)
    assert (found.earliest, found.latest) == (None, None)
    assert words in found.sentence


def test_reviews_side_by_side_take_as_long_as_the_longest() -> None:
    assert expected_delay([KINDS["pathology_only"], KINDS["comprehensive"], KINDS["radiology_only"]]) == Turnaround(
        10, 20
    )
    assert expected_delay([KINDS["radiology_only"]]) is None
