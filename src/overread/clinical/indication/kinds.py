"""Kinds of review: what each covers, how long it takes, and the named event its clock starts at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from overread.clinical.knowledge import Source, load
from overread.clinical.knowledge.citations import cite_all

from .business_days import Calendar, add_business_days

_FILE = load("indication", "kinds")
EVENTS: dict[str, str] = _FILE["events"]
DAYS_IN_A_WEEK = 5  # business days
EXPEDITED = "concurrent_expedited"


@dataclass(frozen=True, slots=True)
class Turnaround:
    """From ``low`` to ``high`` business days."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class ReviewKind:
    """One kind of review. turnaround: None where no time is known; note then says what to do about it."""

    key: str
    name: str
    scope: str
    turnaround: Turnaround | None
    clock: str
    sentence: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """When a review is due. earliest and latest are None where no time is known; sentence says why."""

    kind: str
    event: str
    started: date | None
    earliest: date | None
    latest: date | None
    sentence: str


def _turnaround(stated: dict[str, Any] | None) -> Turnaround | None:
    if stated is None:
        return None
    factor = DAYS_IN_A_WEEK if stated["unit"] == "weeks" else 1
    return Turnaround(stated["low"] * factor, stated["high"] * factor)


def _time(row: dict[str, Any]) -> str:
    stated, days = row["turnaround"], _turnaround(row["turnaround"])
    if days is None:
        return str(row["note"])
    weeks = f" ({stated['low']} to {stated['high']} weeks)" if stated["unit"] == "weeks" else ""
    return f"Usually {days.low} to {days.high} working days{weeks}, counted from {EVENTS[row['clock']]}."


def _kind(row: dict[str, Any]) -> ReviewKind:
    turnaround, sources = _turnaround(row["turnaround"]), cite_all(row["sources"])
    return ReviewKind(row["key"], row["name"], row["scope"], turnaround, row["clock"], _time(row), sources)


KINDS: dict[str, ReviewKind] = {row["key"]: _kind(row) for row in _FILE.rows}


def chosen(keys: Iterable[str], expedited: bool) -> tuple[ReviewKind, ...]:
    """The kinds asked for, each once; the expedited one first when it is needed."""
    wanted = {*keys, *((EXPEDITED,) if expedited else ())}
    first = sorted(KINDS.values(), key=lambda kind: kind.key != EXPEDITED)
    return tuple(kind for kind in first if kind.key in wanted)


def expected_delay(kinds: Iterable[ReviewKind]) -> Turnaround | None:
    """Business days until all of these are done, if they run side by side; None when no time is known for any."""
    known = [kind.turnaround for kind in kinds if kind.turnaround]
    return Turnaround(max(t.low for t in known), max(t.high for t in known)) if known else None


def due(kind: ReviewKind, started: date | None, calendar: Calendar) -> Due:
    """The days between which the review is due, once its clock has started."""
    event = EVENTS[kind.clock]
    if kind.turnaround is None:
        return Due(kind.key, event, started, None, None, kind.sentence)
    if started is None:
        return Due(kind.key, event, None, None, None, f"The clock has not started. It starts on {event}.")
    try:
        low, high = (add_business_days(started, n, calendar) for n in (kind.turnaround.low, kind.turnaround.high))
    except OverflowError:
        return Due(kind.key, event, started, None, None, "The date is too far ahead for a calendar.")
    return Due(kind.key, event, started, low, high, _due_sentence(event, started, low, high))


def _due_sentence(event: str, started: date, low: date, high: date) -> str:
    return f"Expected between {low} and {high}, in working days counted from {event} ({started})."
