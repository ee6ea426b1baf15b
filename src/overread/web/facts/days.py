"""The day of each document, where its own facts state exactly one: what is read from it was said on that day. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from overread.clinical.record import day_range
from overread.workflow.facts.queries import FREE_TEXT, SeenFact

# Which of a document's days speaks for it, the best first.
_SPEAKS = ("study_date", "report_date", "specimen_collected")


def of_documents(facts: Iterable[SeenFact]) -> dict[str, str]:
    """By document, as stated. An export holds many days; of a document that may not be read, nothing is told."""
    stated: dict[str, dict[str, set[str]]] = {}
    for seen in facts:
        if _is_readable_text(seen):
            days = stated.setdefault(seen.fact.provenance.document, {})
            days.setdefault(seen.fact.field, set()).add(str(seen.fact.value))
    return {document: day for document, days in stated.items() if (day := _day(days))}


def _is_readable_text(seen: SeenFact) -> bool:
    return seen.words and seen.row.file is not None and seen.row.file.kind in FREE_TEXT


def _day(days: dict[str, set[str]]) -> str | None:
    for field in _SPEAKS:
        stated = days.get(field, set())
        if len(stated) == 1 and day_range(on := next(iter(stated))):
            return on
    return None
