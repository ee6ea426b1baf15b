"""Documents as text (PDF, scans, photographs, plain text, C-CDA), and letters and reports as PDF."""

from .errors import (
    Damaged,
    DocumentError,
    DocumentTooLarge,
    EmptyDocument,
    Encrypted,
    LayoutFailed,
    NoSuchPage,
    NotADocument,
    OcrUnavailable,
)
from .kinds import DocumentKind
from .model import TextDocument, Word
from .reading import page_image, read

__all__ = [
    "Damaged",
    "DocumentError",
    "DocumentKind",
    "DocumentTooLarge",
    "EmptyDocument",
    "Encrypted",
    "LayoutFailed",
    "NoSuchPage",
    "NotADocument",
    "OcrUnavailable",
    "TextDocument",
    "Word",
    "page_image",
    "read",
]
