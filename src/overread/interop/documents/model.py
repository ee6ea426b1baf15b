"""A document as text: what was read, from where on which page, and how."""

from __future__ import annotations

from dataclasses import dataclass

from overread.clinical.record import Method, Subject

from .kinds import DocumentKind


@dataclass(frozen=True, slots=True)
class Word:
    """One word: the characters ``start`` to ``end`` of the document's text, and its place on the page.

    box: left, top, right, bottom as shares (0 to 1) of the page's width and height, origin at the top left.
    """

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class TextDocument:
    """What one file says.

    id: SHA-256 of its bytes. pages: how many it has (1 for plain text). page_starts: where each page begins in ``text``.
    methods: for each page, TEXT when the file carried the words, OCR when they were recognised in a picture.
    words: where words stand, for the pages that know it. confidence: the OCR program's own mean word confidence
    (0 to 1) for each page, None for text. subject: the person a C-CDA document names. warnings: what to be wary of.
    """

    id: str
    name: str
    kind: DocumentKind
    pages: int
    text: str
    page_starts: tuple[int, ...]
    methods: tuple[Method, ...]
    words: tuple[Word, ...] = ()
    confidence: tuple[float | None, ...] = ()
    subject: Subject | None = None
    warnings: tuple[str, ...] = ()

    @property
    def method(self) -> Method:
        """OCR as soon as one page was recognised in a picture."""
        return Method.OCR if Method.OCR in self.methods else Method.TEXT

    def page_of(self, offset: int) -> int:
        """The page, counted from 1, on which a character stands."""
        return max((n for n, start in enumerate(self.page_starts, 1) if start <= offset), default=1)

    def boxes(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that a span touches, to highlight it on the page."""
        return tuple(w for w in self.words if w.start < end and start < w.end)


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as read: its text, its words with offsets into that text, and how."""

    text: str
    method: Method
    words: tuple[Word, ...] = ()
    confidence: float | None = None
    warning: str | None = None
