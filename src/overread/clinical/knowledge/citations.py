"""The source of one figure, from the ``evidence`` and ``source`` keys that rows of figures carry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .addresses import address, in_words
from .loader import Source

_QUOTED = "quoted by another page; the study itself was not seen"
_NOTES = {"secondary_citation": _QUOTED, "seed": "a description of the service, not a study"}


def cite(evidence: str | None, source: Mapping[str, Any] | None) -> Source | None:
    """The row's source, or None where the row says it has none. The note holds country, year and reservations."""
    if source is None:
        return None
    where = source.get("where")
    parts = (in_words(where), source.get("country"), source.get("year"), _NOTES.get(source.get("confidence", "")))
    note = ", ".join(str(part) for part in parts if part)
    return Source(evidence or source["title"], source["title"], address(where), None, note or None)


def cite_all(sources: list[dict[str, Any]]) -> tuple[Source, ...]:
    """The sources of a row that names several, each with its own ``evidence`` key."""
    cited = (cite(source["evidence"], source) for source in sources)
    return tuple(source for source in cited if source is not None)
