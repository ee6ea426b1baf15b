"""The dated facts of a record in order, each with the days it may mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..record import Domain, Fact, Record, day_range


@dataclass(frozen=True, slots=True)
class Event:
    """One dated fact. first, last: the days that ``on`` (as the source wrote it) may mean."""

    first: date
    last: date
    on: str
    label: str
    text: str
    domain: Domain
    fact: Fact


@dataclass(frozen=True, slots=True)
class Timeline:
    """events: from the earliest to the latest; undated: facts whose day the source does not say."""

    events: tuple[Event, ...]
    undated: tuple[Fact, ...]


def timeline(record: Record) -> Timeline:
    """Every fact once: on its day, or undated. The same words on the same day are one event."""
    dated = {fact: event for fact in record.facts if (event := _event(fact))}
    once = {(e.first, e.last, e.label, e.text, e.fact.about): e for e in reversed(dated.values())}
    events = sorted(once.values(), key=lambda e: (e.first, e.last, e.label, e.text, e.fact.about or ""))
    return Timeline(tuple(events), tuple(fact for fact in record.facts if fact not in dated))


def _event(fact: Fact) -> Event | None:
    on = str(fact.value) if fact.field in ("study_date", "birth_date") else fact.on
    span = day_range(on)
    if on is None or span is None:
        return None
    return Event(*span, on, fact.spec.label, fact.text, fact.spec.domain, fact)
