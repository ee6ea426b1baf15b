"""Where a fact came from: the document, the page, the characters, the method, and how sure the reading is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Method(StrEnum):
    """How a fact entered the record."""

    CODED = "coded"  # a coded element of a FHIR resource, C-CDA entry or DICOM header
    TEXT = "text"  # read from text that the document carries
    OCR = "ocr"  # read from text recognised in a picture of a page
    ENTERED = "entered"  # typed by a person of the case
    DERIVED = "derived"  # computed from other facts


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` (counted from 0) up to, not including, ``end`` of the document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Provenance:
    """The source of one fact.

    document: the document's id in the record (its SHA-256, or a file name before it has one).
    page: counted from 1; None where the source has no pages.
    span, quote: the characters in the document's text and the words that stand there.
    path: the element inside a structured source, e.g. ``Observation/er-1.valueCodeableConcept``.
    confidence: 0 to 1, the share of such readings that were right on development data; None if not measured.
    author: who made the interpretation, as the document names them.
    rule: the rule or table row that produced it.
    """

    document: str
    method: Method
    page: int | None = None
    span: Span | None = None
    quote: str | None = None
    path: str | None = None
    confidence: float | None = None
    author: str | None = None
    rule: str | None = None
