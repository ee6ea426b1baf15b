"""Volume doubling time with the range that measurement error leaves open."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overread.clinical.growth import REFERENCES, SUSPICIOUS_BELOW_DAYS, Measurement, doubling_time

DAY = date(2026, 1, 1)
LATER = DAY + timedelta(days=100)
SIZES = st.floats(allow_nan=True, allow_infinity=True)


def mm(on: date, size: float, error: float | None = None) -> Measurement:
    return Measurement(on, diameter_mm=size, error=error)


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        (Measurement(DAY, volume_mm3=100), Measurement(LATER, volume_mm3=200), 100),  # doubled in the interval
        (Measurement(DAY, volume_mm3=100), Measurement(LATER, volume_mm3=400), 50),
        (mm(DAY, 10), mm(LATER, 10 * 2 ** (1 / 3)), 100),  # a diameter up by the cube root of 2 is twice the volume
        (mm(DAY, 10), mm(LATER, 20), 100 / 3),
        (mm(DAY, 10), mm(LATER, 10), None),
        (mm(DAY, 10), mm(LATER, 8), None),
    ],
)
def test_days(first: Measurement, second: Measurement, days: float | None) -> None:
    found = doubling_time(first, second)
    assert found.days == (None if days is None else pytest.approx(days))
    assert found.grew is (days is not None)
    assert (found.low, found.high, found.error_known, found.below_threshold) == (None, None, False, None)
    assert "How exact the measurements are is not stated" in found.sentence


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (mm(DAY, 0), mm(LATER, 5), "greater than zero"),
        (mm(DAY, math.nan), mm(LATER, 5), "greater than zero"),
        (mm(DAY, 5), mm(LATER, -1), "greater than zero"),
        (mm(LATER, 5), mm(DAY, 6), "not later"),
        (mm(DAY, 5), mm(DAY, 6), "not later"),
        (mm(DAY, 5), Measurement(LATER, volume_mm3=9), "cannot be compared"),
        (Measurement(DAY), mm(LATER, 5), "either a diameter or a volume"),
        (Measurement(DAY, 5, 5), mm(LATER, 5), "either a diameter or a volume"),
        (mm(DAY, 5, -1), mm(LATER, 5), "cannot be negative"),
        (mm(DAY, 5, math.inf), mm(LATER, 5), "cannot be negative"),
    ],
)
def test_why_it_cannot_be_said(first: Measurement, second: Measurement, words: str) -> None:
    found = doubling_time(first, second)
    assert (found.days, found.grew) == (None, None)
    assert words in found.sentence


@pytest.mark.parametrize(
    ("before", "after", "error", "below", "words"),
    [
        (10, 20, 1, True, "This does not mean that it is cancer"),
        (10, 10.5, 0.01, False, "This one is slower"),
        (10, 10.6, 0.1, None, "too close to say"),
        (10, 10.5, 1, None, "may not have grown at all"),
        (10, 5, 0.1, False, "did not grow"),
        (1, 9, 2, True, "its volume doubles in about"),
    ],
)
def test_error_decides_what_can_be_said(
    before: float, after: float, error: float, below: bool | None, words: str
) -> None:
    found = doubling_time(mm(DAY, before, error), mm(LATER, after, error))
    assert found.error_known is True
    assert found.below_threshold is below
    assert words in found.sentence


def test_whose_doubling_is_meant_is_said():
    """Beside a chart of diameters, "it doubled" would be read as the diameter's."""
    diameters = doubling_time(mm(DAY, 9, 0.5), mm(LATER, 12, 0.5)).sentence
    assert diameters.startswith("Growing like this, its volume doubles in about 80 days (60 to 121), worked out from")
    volumes = doubling_time(Measurement(DAY, volume_mm3=100, error=1), Measurement(LATER, volume_mm3=200, error=1))
    assert "its volume doubles in about 100 days (98 to 102). " in volumes.sentence


def test_an_error_as_large_as_the_later_size_leaves_it_open() -> None:
    found = doubling_time(mm(DAY, 3, 1), mm(LATER, 4, 5))
    assert (found.grew, found.high) == (None, None)


@settings(deadline=None)
@given(st.floats(1, 100), st.floats(1, 100), st.floats(0, 0.5), st.floats(0, 0.4), st.integers(1, 3000))
def test_more_error_never_narrows_the_range(a: float, b: float, error: float, more: float, days: int) -> None:
    later = DAY + timedelta(days=days)
    narrow = doubling_time(mm(DAY, a, error), mm(later, b, error))
    wide = doubling_time(mm(DAY, a, error + more), mm(later, b, error + more))
    if narrow.low is not None:
        assert wide.low is not None and wide.low <= narrow.low * (1 + 1e-9)
    if narrow.high is None and narrow.grew is None:
        assert wide.high is None
    if narrow.high is not None and wide.high is not None:
        assert wide.high >= narrow.high * (1 - 1e-9)


@settings(deadline=None)
@given(SIZES, SIZES, st.none() | SIZES, st.dates(), st.dates())
def test_never_raises(a: float, b: float, error: float | None, first: date, second: date) -> None:
    found = doubling_time(mm(first, a, error), mm(second, b, error))
    assert found.sentence


def test_references_are_of_one_study_of_malignant_nodules() -> None:
    assert SUSPICIOUS_BELOW_DAYS == 400
    assert {(r.nodule, r.days, r.n) for r in REFERENCES} == {
        ("pGGN", 848, 114),
        ("part_solid", 598, 114),
        ("solid", 267, 114),
    }
    assert all(str(r.days) in r.sentence and str(r.n) in r.sentence and r.source for r in REFERENCES)
