"""The smallest things a criterion can ask, and what a record answers to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from overread.clinical.record import Fact, Record, Value

from .verdict import Why


@dataclass(frozen=True, slots=True)
class Truth:
    """value: True, False, or None with the reason why. said: what the record says, in plain words."""

    value: bool | None
    said: str
    facts: tuple[Fact, ...] = ()
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Atom:
    """A condition found in a criterion's text at start..end. label: the condition in plain words."""

    start: int
    end: int
    label: str
    ask: Callable[[Record, date], Truth]


Ask = Callable[[Record, date], Truth]
Reader = Callable[[str], Iterator[Atom]]


def asking(question: Callable[..., Truth], *details: Any) -> Ask:
    """The question, put to a record with these details; the day does not matter to it."""
    return lambda record, _as_of: question(record, *details)


SILENT = "the record does not say"


def silent(facts: Iterable[Fact] = (), said: str = SILENT) -> Truth:
    return Truth(None, said, tuple(facts), Why.RECORD_SILENT)


def latest(record: Record, field: str) -> tuple[Fact, ...]:
    """The field's facts; where every one is dated to the day, only those of the newest day."""
    facts = record.all(field)
    if facts and all(f.on and len(f.on) >= 10 for f in facts):
        newest = max(f.on or "" for f in facts)
        return tuple(f for f in facts if f.on == newest)
    return facts


def judged(record: Record, field: str, holds: Callable[[Value], bool | None]) -> Truth:
    """Ask every fact of the field; they must agree."""
    facts = latest(record, field)
    if not facts:
        return silent()
    answers = {holds(f.value) for f in facts}
    said = "the record says " + " and ".join(dict.fromkeys(f"{f.spec.label} {f.text}" for f in facts))
    if answers == {True}:
        return Truth(True, said, facts)
    if answers == {False}:
        return Truth(False, said, facts)
    if len(facts) == 1 or answers == {None}:
        return silent(facts, said + ", which does not settle it")
    return Truth(None, said, facts, Why.CONTRADICTORY)
