"""The first interpretation as it is read after the seal: source by source, for a lesion is numbered anew in every report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from overread.clinical.record import SOURCE_DAYS, Fact, Opinion
from overread.workflow.facts.queries import SeenFact


@dataclass(frozen=True, slots=True)
class Part:
    """What one source says. title: its file's name; on: a day that it bears, ISO 8601, or None."""

    title: str
    on: str | None
    facts: tuple[Fact, ...]


def by_source(first: Opinion, seen: Sequence[SeenFact]) -> tuple[Part, ...]:
    """In the order in which the sources stand in the record."""
    told: dict[str, list[Fact]] = {}
    for fact in first.facts:
        told.setdefault(fact.provenance.document, []).append(fact)
    return tuple(Part(*_named(document, seen), tuple(facts)) for document, facts in told.items())


def _named(document: str, seen: Iterable[SeenFact]) -> tuple[str, str | None]:
    own = [s for s in seen if s.fact.provenance.document == document]
    name = next((s.row.file.name for s in own if s.row.file), "Entered by hand")
    days = {s.fact.field: str(s.fact.value) for s in own if s.fact.field in SOURCE_DAYS}
    return name, next((days[field] for field in SOURCE_DAYS if field in days), None)
