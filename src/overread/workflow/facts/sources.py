"""The documents that a record rests on, as far as a viewer may read them, for how far each can be relied on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import prefetch_related_objects

from overread.clinical import record as r

from ..intake.models import ReceivedFile


def documents(
    facts: Iterable[r.Fact], files: dict[str, ReceivedFile], papers: Sequence[ReceivedFile]
) -> tuple[r.Document, ...]:
    """Those that the facts were read from, then the papers of the case that nothing was read from.

    files: by the id that provenance names. papers: accepted reports and scans.
    """
    read: dict[str, list[r.Fact]] = {}
    for fact in facts:
        read.setdefault(fact.provenance.document, []).append(fact)
    prefetch_related_objects([*files.values(), *papers], "text")
    known = {file.pk for file in files.values()}
    silent = [_document(str(paper.key), paper, ()) for paper in papers if paper.pk not in known]
    return (*(_document(key, files[key], read[key]) for key in read if key in files), *silent)


def _document(key: str, file: ReceivedFile, facts: Iterable[r.Fact]) -> r.Document:
    text = getattr(file, "text", None)
    pages = len(text.page_starts) or None if text else None
    words = text.text if text else None
    return r.Document(key, file.name, file.kind, pages, words, next(_dates(facts), None))


def _dates(facts: Iterable[r.Fact]) -> Iterator[str]:
    """Days that stand in the document; which of them is the document's own does not matter for having one."""
    for fact in facts:
        if fact.field in r.SOURCE_DAYS:
            yield str(fact.value)
        elif fact.on:
            yield fact.on
