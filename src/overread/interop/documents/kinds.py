"""What a file is, by what stands in it. Its name is never asked."""

from __future__ import annotations

import codecs
from enum import StrEnum

from .errors import EmptyDocument, NotADocument


class DocumentKind(StrEnum):
    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"
    CCDA = "ccda"


_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_REFUSED: tuple[tuple[bytes, str, str | None], ...] = (
    (
        b"PK\x03\x04",
        "The file is a zip archive or an Office document.",
        "Please save a Word document as PDF; unpack an archive.",
    ),
    (b"PK\x05\x06", "The file is an empty zip archive.", None),
    (b"MZ", "The file is a Windows program.", "Programs are never accepted."),
    (b"\x7fELF", "The file is a program.", "Programs are never accepted."),
    (b"{\\rtf", "The file is in Rich Text Format.", None),
    (b"\xd0\xcf\x11\xe0", "The file is an old Office document.", None),
    (b"GIF8", "The file is a GIF picture.", "Please save it as PNG, JPEG or PDF."),
    (b"BM", "The file is a BMP picture.", "Please save it as PNG, JPEG or PDF."),
    (b"RIFF", "The file is a WebP picture, a sound or a film.", "Please save a picture as PNG, JPEG or PDF."),
    (b"\x1f\x8b", "The file is compressed (gzip).", "Please unpack it and send what is inside."),
    (b"7z\xbc\xaf", "The file is a 7z archive.", "Please unpack it and send what is inside."),
    (b"Rar!", "The file is a RAR archive.", "Please unpack it and send what is inside."),
    (b"%!PS", "The file is PostScript.", None),
)
_IMAGE_STUDY = "Please upload it as an imaging study, not as a document."


def kind_of(data: bytes) -> DocumentKind:
    """The kind of a document. Raises EmptyDocument or NotADocument, which says what the file is instead."""
    if not data.strip(b"\x00 \t\r\n\f\xef\xbb\xbf"):
        raise EmptyDocument("The file is empty.")
    if b"%PDF-" in data[:1024]:
        return DocumentKind.PDF
    if data.startswith(_IMAGES):
        return DocumentKind.IMAGE
    _refuse(data)
    if data[:2048].lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith(b"<"):
        return _markup(data)
    return DocumentKind.TEXT


def _refuse(data: bytes) -> None:
    if data[128:132] == b"DICM":
        raise NotADocument("The file is a DICOM image.", _IMAGE_STUDY)
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        raise NotADocument("The file is a HEIC or AVIF photograph.", "Please save it as JPEG or PDF.")
    for start, reason, advice in _REFUSED:
        if data.startswith(start) and not (
            start in (b"BM", b"MZ") and data[:64].isascii() and b"\x00" not in data[:64]
        ):
            raise NotADocument(reason, advice)


def _markup(data: bytes) -> DocumentKind:
    head = data[:20_000].lower()
    if b"clinicaldocument" in head:
        return DocumentKind.CCDA
    if b"<html" in head or b"<!doctype html" in head:
        raise NotADocument("The file is a web page (HTML).", "Please print it to PDF and send that.")
    if b"hl7.org/fhir" in head:
        raise NotADocument("The file is FHIR in XML.", "Please export it as FHIR in JSON and import it as a bundle.")
    if head.lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith((b"<?xml", b"<!doctype")):
        raise NotADocument("The file is XML, but not a C-CDA document.")
    return DocumentKind.TEXT
