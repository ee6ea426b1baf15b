"""Business-day arithmetic in a calendar that the installation supplies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which nobody works. weekend: weekdays counted from Monday = 0; at least one day must be left."""

    holidays: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset({SATURDAY, SUNDAY})

    def __post_init__(self) -> None:
        if set(range(7)) <= self.weekend:
            raise ValueError("a calendar needs at least one working weekday")

    def is_business_day(self, day: date) -> bool:
        return day.weekday() not in self.weekend and day not in self.holidays


def add_business_days(start: date, days: int, calendar: Calendar) -> date:
    """The business day that is ``days`` after ``start``; the day of the event itself is day 0.

    days is not negative. Raises OverflowError past the last date that a calendar can hold.
    """
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= calendar.is_business_day(day)
    return day
