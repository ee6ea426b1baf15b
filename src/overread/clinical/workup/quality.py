"""How far each document can be relied on as it was received."""

from __future__ import annotations

from ..record import SOURCE_DAYS, Document, Fact, Method, Record
from .answer import DocumentQuality, Quality

# Below this share of right readings on the development reports, a reader is told to look at the words themselves.
UNSURE = 0.9


def documents(record: Record) -> tuple[DocumentQuality, ...]:
    """Every document of the record, in the record's order."""
    return tuple(_document(document, record) for document in record.documents)


def _document(document: Document, record: Record) -> DocumentQuality:
    facts = [fact for fact in record.facts if fact.provenance.document == document.id]
    reasons = tuple(_reasons(document, facts))
    unreadable = not facts and document.kind not in ("dicom",)
    quality = Quality.POOR if unreadable else Quality.FAIR if reasons else Quality.GOOD
    return DocumentQuality(document.id, document.title, quality, reasons, len(facts))


def _reasons(document: Document, facts: list[Fact]) -> list[str]:
    return [reason for reason, holds in _tests(document, facts) if holds]


def _tests(document: Document, facts: list[Fact]) -> tuple[tuple[str, bool], ...]:
    methods = {fact.provenance.method for fact in facts}
    sure = [fact.provenance.confidence for fact in facts if fact.provenance.confidence is not None]
    textual = document.kind in ("report", "scan", "note")
    return (
        ("the words were recognised in a picture of the page", Method.OCR in methods or document.kind == "scan"),
        ("no text could be read", textual and not (document.text or "").strip()),
        ("no fact could be read from it", not facts and document.kind != "dicom"),
        ("it bears no date that could be read", document.on is None and not any(map(_dated, facts))),
        (
            f"some facts read from it may be wrong: their rules are right less often than {UNSURE:.0%} of the time",
            any(share < UNSURE for share in sure),
        ),
    )


def _dated(fact: Fact) -> bool:
    return fact.on is not None or fact.field in SOURCE_DAYS
