"""Reads a document of any accepted kind into text, page by page."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from overread.clinical.record import Method

from . import ccda, ocr, pdf, pictures, plain
from .errors import DocumentTooLarge, NotADocument, OcrUnavailable
from .kinds import DocumentKind, kind_of
from .model import PageText, TextDocument, Word

MAX_BYTES = 200 * 1024 * 1024
OCR_DPI = 300
OCR_SECONDS = 1800  # for one document; pages after that are left unread, with a warning
_UNSURE = 0.7  # below this mean word confidence a page carries a warning

Progress = Callable[[int, int], None]


def read(data: bytes, name: str, *, progress: Progress | None = None) -> TextDocument:
    """The document as text. ``progress(page, pages)`` is called after each page. Raises DocumentError."""
    if len(data) > MAX_BYTES:
        raise DocumentTooLarge(f"The file has {len(data):,} bytes; a document may have {MAX_BYTES:,}.")
    kind, ident = kind_of(data), hashlib.sha256(data).hexdigest()
    if kind is DocumentKind.CCDA:
        text, subject = ccda.read_ccda(data, ident)
        document = _joined(ident, name, kind, [PageText(text, Method.TEXT)])
        return replace(document, subject=subject)
    if kind is DocumentKind.TEXT:
        return _plain(data, name, ident)
    pages = _pdf_pages(data, progress) if kind is DocumentKind.PDF else _picture_pages(data, progress)
    return _joined(ident, name, kind, list(pages))


def page_image(data: bytes, page: int, dpi: int = 110) -> bytes:
    """One page (counted from 1) as PNG, for the viewer. Raises DocumentError."""
    kind = kind_of(data)
    if kind is DocumentKind.PDF:
        with pdf.opened(data) as document:
            image = pdf.picture(document, page, dpi)
    elif kind is DocumentKind.IMAGE:
        with pictures.opened(data) as source:
            image = pictures.page(source, page)
    else:
        raise NotADocument("The document is text and has no pictures of pages.", "Please show its text.")
    png = io.BytesIO()
    image.save(png, "PNG")
    return png.getvalue()


def _plain(data: bytes, name: str, ident: str) -> TextDocument:
    text, warning = plain.decoded(data)
    starts = plain.pages_of(text)
    said = () if warning is None else (warning,)
    methods = (Method.TEXT,) * len(starts)
    blank = (None,) * len(starts)
    return TextDocument(
        ident, name, DocumentKind.TEXT, len(starts), text, starts, methods, confidence=blank, warnings=said
    )


class _Clock:
    """The time that one document may take for recognising pages."""

    def __init__(self) -> None:
        self.end = time.monotonic() + OCR_SECONDS

    @property
    def over(self) -> bool:
        return time.monotonic() > self.end


def _pdf_pages(data: bytes, progress: Progress | None) -> Iterator[PageText]:
    clock = _Clock()
    with pdf.opened(data) as document:
        count = len(document)
        found = [pdf.page_text(document, number) for number in range(1, count + 1)]
        if not ocr.available() and None in found:
            found = [text or pdf.hidden_text(document, number) for number, text in enumerate(found, 1)]
            _refuse_silence([text for text in found if text])
    for number, text in enumerate(found, 1):
        yield text or _late(number, clock) or _recognised(data, number)
        if progress:
            progress(number, count)


def _refuse_silence(pages: list[PageText]) -> None:
    if not any(page.text.strip() for page in pages):
        raise OcrUnavailable("The PDF holds pictures of text, and the program tesseract is not installed.")


def _late(number: int, clock: _Clock) -> PageText | None:
    if not clock.over:
        return None
    return PageText("", Method.OCR, warning=f"Page {number} was left unread: the document took too long.")


def _recognised(data: bytes, number: int) -> PageText:
    with pdf.opened(data) as document:
        image = pdf.picture(document, number, OCR_DPI)
    return ocr.recognise(image, OCR_DPI, number)


def _picture_pages(data: bytes, progress: Progress | None) -> Iterator[PageText]:
    clock = _Clock()
    with pictures.opened(data) as image:
        count, dpi = getattr(image, "n_frames", 1), pictures.dots_per_inch(image)
        for number, page in enumerate(pictures.pages(image), 1):
            yield _late(number, clock) or ocr.recognise(page, dpi, number)
            if progress:
                progress(number, count)


def _joined(ident: str, name: str, kind: DocumentKind, pages: list[PageText]) -> TextDocument:
    """The pages one after another, a form feed between them, and every word moved to its place."""
    text, starts, words = "", list[int](), list[Word]()
    for page in pages:
        text += "\n\f" if starts else ""
        starts.append(len(text))
        words += [replace(w, start=w.start + len(text), end=w.end + len(text)) for w in page.words]
        text += page.text
    warnings = [w for number, page in enumerate(pages, 1) for w in _warnings(page, number)]
    if not text.strip():
        warnings.append("No words were found in the document.")
    methods = tuple(page.method for page in pages)
    sure = tuple(page.confidence for page in pages)
    return TextDocument(
        ident, name, kind, len(pages), text, tuple(starts), methods, tuple(words), sure, None, tuple(warnings)
    )


def _warnings(page: PageText, number: int) -> Iterator[str]:
    if page.warning:
        yield page.warning
    if page.confidence is not None and page.confidence < _UNSURE:
        yield f"Page {number} is hard to read ({page.confidence:.0%} sure); check its words against the picture."
