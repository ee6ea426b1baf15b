"""Dates as sources write them: a year, a month, a day or a moment, each the days it may mean."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def day_range(text: str | None) -> tuple[date, date] | None:
    """The first and the last day that ``2018``, ``2018-03``, ``2018-03-09`` or ``2018-03-09T10:00:00Z`` may mean.

    None for anything else, and for days that do not exist.
    """
    try:
        return _range((text or "").partition("T")[0])
    except ValueError:
        return None


def _range(text: str) -> tuple[date, date] | None:
    if len(text) == 10:
        day = date.fromisoformat(text)
        return day, day
    if len(text) == 7:
        first = date.fromisoformat(text + "-01")
        return first, first.replace(day=monthrange(first.year, first.month)[1])
    if len(text) == 4:
        first = date.fromisoformat(text + "-01-01")
        return first, first.replace(month=12, day=31)
    return None
