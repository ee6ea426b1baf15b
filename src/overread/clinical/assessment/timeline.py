"""The dated facts of a record in order, each with the days it may mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..record import DETAILS, SOURCE_DAYS, TREATMENTS, Domain, Fact, Record, Treatment, day_range, treatments


@dataclass(frozen=True, slots=True)
class Event:
    """One dated fact, a treatment with all that is said of it. first, last: the days that ``on`` (as written) may mean."""

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
    """Every fact once: on its day, or undated. The same words on the same day are one event.

    What is said of a treatment stands with the treatment, and its end is an event of its own.
    """
    told = _told(record)
    shown = [fact for fact in record.facts if fact.field not in _WITH_THEIR_TREATMENT or _alone(fact, told)]
    dated = {fact: event for fact in shown if (event := _event(fact, told))}
    once = {(e.first, e.last, e.label, e.text, e.fact.about): e for e in reversed(dated.values())}
    events = sorted(once.values(), key=lambda e: (e.first, e.last, e.label, e.text, e.fact.about or ""))
    return Timeline(tuple(events), tuple(fact for fact in shown if fact not in dated))


_WITH_THEIR_TREATMENT = frozenset(DETAILS) - {"treatment_ended"}
_OWN_DAY = (*SOURCE_DAYS, "birth_date", "treatment_ended")


def _told(record: Record) -> dict[Fact, Treatment]:
    """Each treatment, and each fact that says more of it, with the treatment."""
    found = treatments(record, *TREATMENTS)
    return {fact: treatment for treatment in found for fact in (treatment.fact, *treatment.details)}


def _alone(fact: Fact, told: dict[Fact, Treatment]) -> bool:
    """A detail whose treatment the reader of this record may not see, or that names none."""
    return fact not in told


def _event(fact: Fact, told: dict[Fact, Treatment]) -> Event | None:
    on = str(fact.value) if fact.field in _OWN_DAY else fact.on
    span = day_range(on)
    if on is None or span is None:
        return None
    return Event(*span, on, fact.spec.label, _text(fact, told.get(fact)), fact.spec.domain, fact)


def _text(fact: Fact, treatment: Treatment | None) -> str:
    if treatment is None:
        return fact.text
    return treatment.name if fact.field == "treatment_ended" else treatment.text
