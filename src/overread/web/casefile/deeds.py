"""The trail of a case in words: who did what to whom, the same thing done many times running as one line. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Protocol

from .company import in_a_row
from .deed_words import JOINED_THEMSELVES, MANY, MORE, SOMETHING, WORDS

# A file is sent, kept and read in three rows; of a folder of images they follow each other hundreds of times.
OF_FILES = frozenset({"intake.received", "intake.accepted", "facts.read"})
NAMED = 6  # so many people or things of one line are named; more are counted
WHO_ELSE = {"system": "Overread", "visitor": "A visitor"}


class Row(Protocol):
    """What is read of a row of the trail."""

    sequence: int
    at: datetime
    action: str
    by_kind: str
    by_key: str
    about_kind: str
    about_key: str
    detail: Mapping[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the viewer may know by name. people: key to name; roles: key to role; things: key of a file, a question,
    a piece, a call or a referral to its words; seats: key of a place in the case to the key of who holds it."""

    people: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    things: Mapping[str, str] = field(default_factory=dict)
    seats: Mapping[str, str] = field(default_factory=dict)

    def name(self, row: Row) -> str | None:
        """Whom or what the row is about."""
        return self.people.get(self.whom(row)) or self.things.get(row.about_key)

    def whom(self, row: Row) -> str:
        """The key of the person whom the row is about; empty where it is about none, or who it is is not known."""
        return str(row.detail.get("person") or self.seats.get(row.about_key, ""))


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done, or the same thing several times running. last, digest: number and seal of its last row."""

    last: int
    times: int
    at: datetime
    what: str
    who: str
    digest: str


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    deeds: tuple[Deed, ...]


def days(rows: Sequence[Row], known: Known, zone: tzinfo) -> list[Day]:
    """The trail by day, as it is day in the zone; the newest first."""
    newest_first = reversed(deeds(rows, known, zone))
    grouped = itertools.groupby(newest_first, key=lambda deed: deed.at.astimezone(zone).date())
    return [Day(on, tuple(done)) for on, done in grouped]


def deeds(rows: Sequence[Row], known: Known, zone: tzinfo = UTC) -> list[Deed]:
    """The trail in its order."""

    def run(row: Row) -> tuple[date, str]:
        return row.at.astimezone(zone).date(), "files" if row.action in OF_FILES else row.action

    return [deed for _, together in itertools.groupby(rows, key=run) for deed in _of_run(list(together), known)]


def _of_run(rows: Sequence[Row], known: Known) -> Iterator[Deed]:
    """One deed for each thing and person of a run."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((_words(row, known), row.by_key), []).append(row)
    for (words, _), group in groups.items():
        last = group[-1]
        times = 1 if "{}" in words else len(group)
        what = words.replace("{}", _about(group, known))
        yield Deed(last.sequence, times, group[0].at, what, _who(last, known), last.digest)


def _words(row: Row, known: Known) -> str:
    if row.action == "cases.joined" and known.whom(row) == row.by_key:
        return JOINED_THEMSELVES
    for (action, name), said in MORE.items():
        if action == row.action and row.detail.get(name) in said:
            return said[row.detail[name]]
    return WORDS.get(row.action, row.action)


def _about(group: Sequence[Row], known: Known) -> str:
    """Whom or what a group of rows is about: named where all are known and few, else counted."""
    found = {row.detail.get("person") or row.about_key: known.name(row) for row in group}
    names = [name for name in found.values() if name]
    if len(names) == len(found) and len(found) <= NAMED:
        return in_a_row(names)
    kind = group[0].about_kind
    return SOMETHING.get(kind, "something") if len(found) == 1 else MANY.get(kind, "{} things").format(len(found))


def _who(row: Row, known: Known) -> str:
    if row.by_kind in WHO_ELSE:
        return WHO_ELSE[row.by_kind]
    if row.by_key not in known.people:
        return f"Somebody who takes part no more ({row.by_key[:8]})"
    return f"{known.people[row.by_key]}, {known.roles[row.by_key].lower()}"
