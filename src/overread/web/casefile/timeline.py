"""The dated facts of a case as a picture: one lane a layer, one mark a day. Pure: where each mark and word stands."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from overread.clinical.assessment.timeline import Event
from overread.clinical.record import SOURCE_DAYS, Domain, Kind

from ..templatetags.wording import concerning, told
from ..templatetags.wording import day as written

WIDTH, LEFT, RIGHT, TOP, LANE = 1000, 110, 24, 36, 46  # in the picture's own units, which are pixels at full width
LETTER = 6.9  # about the width of one letter of a label
LONGEST = 44  # letters of a label
GAP = 12  # between a label and the next mark
TURNS = 0.7 * WIDTH  # the last label of a lane runs backwards from here on, to stay inside
ASIDE = 150  # at the right, where a month or a year is stated and no day
# The day of birth would push a life's length between it and all else.
NOT_DRAWN = ("birth_date",)
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)  # months between two ticks


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known of one day in one lane. x: its place; label: words beside it, or empty.

    sure: False where only the month or the year is stated. Such a mark is hollow and stands beside the days: anywhere
    among them, it would say which day it was.
    """

    x: float
    sure: bool
    count: int
    label: str
    title: str
    turned: bool = False  # the label ends at the mark


@dataclass(frozen=True, slots=True)
class Lane:
    name: str
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    left: int
    right: int
    aside: float | None
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    words: str


def days(events: Sequence[Event], *, codes: bool) -> list[tuple[str, list[Event]]]:
    """The events of each day, for a list: what several sources say of one day in the same words, once.

    codes: with those that say in a code what the words beside them say.
    """
    once: dict[tuple[str, ...], Event] = {}
    for e in events:
        if codes or e.fact.spec.kind is not Kind.CODE:
            once.setdefault((e.on, e.label, concerning(e.fact), told(e)), e)
    return [(on, list(group)) for on, group in itertools.groupby(once.values(), key=lambda e: e.on)]


def drawing(events: Sequence[Event]) -> Drawing | None:
    """None where there is nothing to place: fewer than two different days say no more than a list does.

    aside: where the marks stand of which only the month or the year is known; None where there is none.
    """
    drawn = [e for e in events if e.fact.field not in NOT_DRAWN]
    days = [e.first for e in drawn if _is_sure(e)]
    if len(set(days)) < 2:
        return None
    aside = None if len(days) == len(drawn) else WIDTH - ASIDE / 2
    scale = _Scale(min(days), max(days), WIDTH - RIGHT - (ASIDE if aside else 0))
    named = [d for d in Domain if any(e.domain == d for e in drawn)]
    lanes = tuple(
        Lane(
            str(domain),
            TOP + LANE * row + LANE / 2,
            tuple(_marks([e for e in drawn if e.domain == domain], scale, aside)),
        )
        for row, domain in enumerate(named)
    )
    height = TOP + LANE * len(lanes) + 8
    return Drawing(WIDTH, height, LEFT, scale.right, aside, lanes, tuple(scale.ticks()), _words(drawn))


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    right: int

    def x(self, day: date) -> float:
        span = max(1, (self.last - self.first).days)
        return round(LEFT + 16 + (self.right - LEFT - 32) * (day - self.first).days / span, 1)

    def ticks(self) -> Iterator[Tick]:
        """Firsts of months, at most eight, so far apart that their words do not meet."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next((s for s in _STEPS if months / s <= 7), _STEPS[-1])
        at = date(self.first.year, 1 if step >= 12 else self.first.month, 1)
        while at <= self.last:
            if at >= self.first:
                yield Tick(self.x(at), str(at.year) if step >= 12 else f"{at:%b %Y}")
            at = _later(at, step)


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _is_sure(event: Event) -> bool:
    return event.first == event.last


def _marks(events: Sequence[Event], scale: _Scale, aside: float | None) -> Iterator[Mark]:
    """Of one lane: a mark for each day, and one aside for all that has no day."""
    own = sorted((e for e in events if _is_sure(e)), key=lambda e: e.first)
    days = [list(group) for _, group in itertools.groupby(own, key=lambda e: e.first)]
    starts = [scale.x(group[0].first) for group in days]
    for n, group in enumerate(days):
        ends_here = n == len(days) - 1 and starts[n] > TURNS
        room = _room_left(starts) if ends_here else _room_right(starts, n, scale.right)
        yield Mark(starts[n], True, len(group), _label(group, room), _title(group), ends_here)
    vague = [e for e in events if not _is_sure(e)]
    if vague and aside:
        yield Mark(aside, False, len(vague), "", "; ".join(_title([e]) for e in vague))


def _room_right(starts: Sequence[float], n: int, right: int) -> float:
    """How far a label may run from its mark: to the next one, or half of the way where that one's own comes back."""
    if n + 1 == len(starts):
        return right - starts[n]
    gap = starts[n + 1] - starts[n] - GAP
    return gap / 2 if n + 2 == len(starts) and starts[n + 1] > TURNS else gap


def _room_left(starts: Sequence[float]) -> float:
    return (starts[-1] - starts[-2] - GAP) / 2 if len(starts) > 1 else starts[-1] - LEFT


def _label(group: Sequence[Event], room: float) -> str:
    """The first thing known of the day, and how much more there is; empty where it would run into the next mark."""
    more = f" +{len(group) - 1}" if len(group) > 1 else ""
    longest = min(LONGEST, int(room / LETTER) - len(more))
    leads = next((e for e in group if e.fact.field not in SOURCE_DAYS), group[0])
    text = f"{leads.label}: {told(leads)}"
    if longest < 6:
        return ""
    return (text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…") + more


def _title(group: Sequence[Event]) -> str:
    some = "" if _is_sure(group[0]) else "some day in "
    return f"{some}{written(group[0].on)}: " + "; ".join(f"{e.label}: {told(e)}" for e in group)


def _words(events: Sequence[Event]) -> str:
    """What the picture shows, for who cannot see it; the list below it says all."""
    first, last = min(events, key=lambda e: e.first), max(events, key=lambda e: e.last)
    return f"{len(events)} dated facts from {written(first.on)} to {written(last.on)}. The list below the picture names each."
