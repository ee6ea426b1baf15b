"""Opens registry files, plain or gzip by their first bytes, and walks their XML within bounds."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from .errors import EmptyFile, NotThisKind, NotXml, TooLarge, Truncated, UnsafeXml

Source = bytes | Path | BinaryIO

FILE_LIMIT = 8 * 1024**3  # unpacked bytes of one file; a PubMed baseline file has about 0.3 GB
RECORD_LIMIT = 64 * 1024**2  # unpacked bytes between two records
# libxml2 keeps its own bounds (text of 10 MB, depth of 256) and names them by this number.
_RESOURCE_LIMIT, _TEXT_LIMIT = 114, 10_000_000
_GZIP = b"\x1f\x8b"


class Bounded(io.RawIOBase):
    """A reader that refuses to unpack more than its limits; ``mark()`` says that a record is done."""

    def __init__(self, raw: Any, file_limit: int, record_limit: int, owned: Any = None) -> None:
        self._raw, self._file_limit, self._record_limit, self._owned = raw, file_limit, record_limit, owned
        self.total = self._marked = 0

    def read(self, size: int = -1) -> bytes:
        try:
            data: bytes = self._raw.read(min(size, 1 << 20) if size >= 0 else 1 << 20)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise Truncated from error
        self.total += len(data)
        if self.total > self._file_limit:
            raise TooLarge("The file", self._file_limit)
        if self.total - self._marked > self._record_limit:
            raise TooLarge("One record of the file", self._record_limit)
        return data

    def mark(self) -> None:
        self._marked = self.total

    def close(self) -> None:
        """Closes the file that ``opened`` opened; a file that was handed in stays open."""
        if self._owned is not None:
            self._owned.close()
        super().close()


def opened(source: Source, file_limit: int, record_limit: int = RECORD_LIMIT) -> Bounded:
    """A bounded reader over a path, bytes or an open binary file. Raises ``EmptyFile``; OSError for a missing path."""
    raw: Any = io.BytesIO(source) if isinstance(source, bytes) else source
    raw = raw.open("rb") if isinstance(raw, Path) else raw
    buffered = raw if hasattr(raw, "peek") else io.BufferedReader(raw)
    start = buffered.peek(2)[:2]
    owned = buffered if isinstance(source, Path) else None
    if not start:
        if owned is not None:
            owned.close()
        raise EmptyFile
    return Bounded(gzip.GzipFile(fileobj=buffered) if start == _GZIP else buffered, file_limit, record_limit, owned)


def whole(source: Source, limit: int = RECORD_LIMIT) -> bytes:
    """All bytes, unpacked, of a source that must be small."""
    with opened(source, limit, limit) as reader:
        data = b"".join(iter(lambda: reader.read(1 << 20), b""))
    if not data.strip():
        raise EmptyFile
    return data


def elements(reader: Bounded, tag: str, root: frozenset[str]) -> Iterator[Any]:
    """Every ``tag`` element of the document, one in memory at a time. Raises when the root is not one of ``root``."""
    for event, element in _events(reader):
        if event == "start":
            _check_root(element, root)
        elif element.tag == tag:
            yield element
            reader.mark()
            _forget(element)


def parsed(data: bytes) -> Any:
    """The root element of a small document."""
    _refuse_entities(data[:65536])
    parser = etree.XMLParser(**_SAFE)
    try:
        parser.feed(data)
    except etree.XMLSyntaxError as error:
        raise _named(error) from error
    return _finished(parser)


def words(element: Any, path: str = ".") -> str:
    """All text under the first element of the path, in one line; empty when it is not there."""
    found = element.find(path)
    return "" if found is None else " ".join("".join(found.itertext()).split())


_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def _events(reader: Bounded) -> Iterator[tuple[str, Any]]:
    """Pull parsing: the prologue is looked at before anything is parsed, and the root's start comes first."""
    parser = etree.XMLPullParser(events=("start", "end"), remove_comments=True, remove_pis=True, **_SAFE)
    rooted = False
    first = True
    while data := reader.read(65536):
        if first:
            _refuse_entities(data)
            first = False
        for event, element in _fed(parser, data):
            if event == "end" or not rooted:
                yield event, element
            rooted = True
    if first:
        raise EmptyFile
    _finished(parser)


def _finished(parser: Any) -> Any:
    """The root. What was well-formed so far and is not complete was cut off."""
    try:
        return parser.close()
    except etree.XMLSyntaxError as error:
        raise Truncated from error


def _fed(parser: Any, data: bytes) -> Iterator[tuple[str, Any]]:
    try:
        parser.feed(data)
    except etree.XMLSyntaxError as error:
        yield from parser.read_events()
        raise _named(error) from error
    yield from parser.read_events()


def _named(error: etree.XMLSyntaxError) -> NotXml | TooLarge:
    if getattr(error, "code", None) == _RESOURCE_LIMIT:
        return TooLarge("One text of the file", _TEXT_LIMIT)
    return NotXml(error.msg or "no XML")


def _refuse_entities(prologue: bytes) -> None:
    if b"<!ENTITY" in prologue.replace(b"\x00", b""):
        raise UnsafeXml


def _check_root(element: Any, root: frozenset[str]) -> None:
    if element.tag not in root:
        raise NotThisKind(" or ".join(sorted(root)), f"<{str(element.tag)[:60]}>")


def _forget(element: Any) -> None:
    """Frees the element and what stands before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
