"""Plain text in UTF-8, UTF-16 or Latin-1. A form feed begins a new page."""

from __future__ import annotations

import codecs
import re

from .errors import NotADocument

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def decoded(data: bytes) -> tuple[str, str | None]:
    """The text, and a warning where its encoding had to be guessed. Raises NotADocument for binary data."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _clean(data.decode("utf-16", "replace")), None
    if guess := _wide(data):
        return _clean(data.decode(guess, "replace")), "The text is UTF-16 without a mark; its encoding was guessed."
    try:
        return _clean(data.decode("utf-8-sig")), None
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return _clean(text), "The text is not UTF-8; it was read as Latin-1, so accented letters may be wrong."


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark shows itself by a zero in every other byte."""
    head = data[:400]
    if len(head) >= 8 and head[1::2].count(0) > len(head) * 0.4 and head[::2].count(0) == 0:
        return "utf-16-le"
    if len(head) >= 8 and head[::2].count(0) > len(head) * 0.4 and head[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _clean(text: str) -> str:
    strange = len(_CONTROLS.findall(text)) + text.count("\ufffd")
    if strange > 8 and strange > len(text) * 0.02:
        raise NotADocument("The file is not text, and of no kind that Overread knows.")
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def pages_of(text: str) -> tuple[int, ...]:
    """Where each page begins."""
    return (0, *(m.end() for m in re.finditer("\f", text) if m.end() < len(text)))
