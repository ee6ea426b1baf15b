"""PDF files: the text they carry, or pictures of their pages. PDFium is not safe for threads, so one at a time."""

from __future__ import annotations

import ctypes
import re
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from overread.clinical.record import Method

from .errors import Damaged, DocumentTooLarge, Encrypted, NoSuchPage
from .model import PageText, Word

MAX_PAGES = 500
MAX_PIXELS = 40_000_000
_LOCK = threading.RLock()
_MEANINGLESS = frozenset({"Cc", "Cn", "Co", "Cs"})  # control, unassigned, private, half characters
_GRID = 100_000  # steps across a page
_ENOUGH = 20  # characters that make a page one of text
_OUTLINES = 50  # drawn shapes that may be letters
_COVERS = 0.5  # share of the page that a scan's picture covers at least


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The PDF, open. Raises Encrypted, Damaged or DocumentTooLarge."""
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
                raise Encrypted("The PDF is protected by a password.") from None
            raise Damaged("The PDF is cut off or broken.") from None
        try:
            _count(document)
            yield document
        finally:
            document.close()


def _count(document: Any) -> None:
    if len(document) == 0:
        raise Damaged("The PDF has no pages.")
    if len(document) > MAX_PAGES:
        raise DocumentTooLarge(f"The PDF has {len(document)} pages; a document may have {MAX_PAGES}.")


def page_text(document: Any, number: int) -> PageText | None:
    """The page's own text with the places of its words; None when the page is a picture that must be recognised."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return PageText("", Method.TEXT, warning=f"Page {number} is broken and could not be read.")
    try:
        return None if _is_scan(page) else _own_text(page, number)
    finally:
        page.close()


def hidden_text(document: Any, number: int) -> PageText:
    """What another program recognised in a scan and hid behind the picture; used when we cannot recognise it."""
    page = document[number - 1]
    try:
        read = _own_text(page, number)
    finally:
        page.close()
    warning = f"Page {number} is a scan whose words were recognised by another program; check them against the picture."
    return PageText(read.text, Method.OCR, read.words, warning=warning if read.text.strip() else None)


def picture(document: Any, number: int, dpi: int) -> Image.Image:
    """The page as a picture; a very large page at fewer dots per inch."""
    if not 1 <= number <= len(document):
        raise NoSuchPage(f"The document has {len(document)} pages; there is no page {number}.")
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        raise Damaged(f"Page {number} of the PDF is broken.") from None
    try:
        width, height = page.get_size()
        scale = min(dpi / 72, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
        image: Image.Image = page.render(scale=scale, may_draw_forms=True).to_pil()
        return image.convert("RGB")
    finally:
        page.close()


def _is_scan(page: Any) -> bool:
    """Whether the page must be recognised: a scan, drawn letters, or text that no program can make sense of."""
    width, height = page.get_size()
    covered, drawn, shown, hidden = 0.0, 0, 0, 0
    for thing in page.get_objects(max_depth=4):
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            covered = max(covered, (right - left) * (top - bottom) / max(width * height, 1))
        elif thing.type == pdfium.FPDF_PAGEOBJ_TEXT:
            invisible = pdfium.FPDFTextObj_GetTextRenderMode(thing.raw) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
            hidden, shown = hidden + invisible, shown + (not invisible)
        drawn += thing.type == pdfium.FPDF_PAGEOBJ_PATH
    if covered >= _COVERS and hidden >= shown:
        return True
    text = _plain(page)
    return _garbled(text) or (len(text) < _ENOUGH and (covered > 0.1 or drawn > _OUTLINES))


def _garbled(text: str) -> bool:
    """Fonts without a table of letters give characters that mean nothing."""
    strange = sum((unicodedata.category(c) in _MEANINGLESS and not c.isspace()) or c == "\ufffd" for c in text)
    return strange > len(text) * 0.2


def _plain(page: Any) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range()).strip()
    finally:
        text.close()


def _own_text(page: Any, number: int) -> PageText:
    layer = page.get_textpage()
    try:
        raw = str(layer.get_text_range())
        exact = len(raw) == layer.count_chars()
        text = _tidy(raw)
        words = tuple(_words(page, layer, text, number)) if exact else ()
    finally:
        layer.close()
    return PageText(text, Method.TEXT, words)


def _tidy(text: str) -> str:
    """Line ends as ``\\n`` and no control characters, each character replaced by exactly one."""
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]", "-", text)


def _words(page: Any, layer: Any, text: str, number: int) -> Iterator[Word]:
    for match in re.finditer(r"\S+", text):
        boxes = [box for i in range(*match.span()) if (box := _char_box(layer, i))]
        if boxes:
            corners = [_as_shown(page, x, y) for b in boxes for x, y in ((b[0], b[1]), (b[2], b[3]))]
            across, down = [c[0] for c in corners], [c[1] for c in corners]
            yield Word(match.start(), match.end(), number, (min(across), min(down), max(across), max(down)))


def _as_shown(page: Any, x: float, y: float) -> tuple[float, float]:
    """A point of the page's own coordinates as shares of the page as it is shown: turned, cropped, from the top left."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page.raw, 0, 0, _GRID, _GRID, 0, x, y, across, down)
    return min(max(across.value / _GRID, 0.0), 1.0), min(max(down.value / _GRID, 0.0), 1.0)


def _char_box(layer: Any, index: int) -> tuple[float, float, float, float] | None:
    sides = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = sides
    if not pdfium.FPDFText_GetCharBox(layer.raw, index, left, right, bottom, top):
        return None
    return left.value, bottom.value, right.value, top.value
