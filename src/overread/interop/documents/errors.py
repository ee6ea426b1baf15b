"""Why a document could not be read. Each error says what the sender can do."""

from __future__ import annotations


class DocumentError(ValueError):
    """The parent of all. ``reason`` and ``advice`` are sentences for the sender."""

    advice = "Please save it as PDF and send it again."

    def __init__(self, reason: str, advice: str | None = None) -> None:
        self.reason = reason
        self.advice = advice or type(self).advice
        super().__init__(f"{reason} {self.advice}")


class EmptyDocument(DocumentError):
    """There is nothing in the file."""

    advice = "Please check the file on your side and send it again."


class DocumentTooLarge(DocumentError):
    """More bytes, pages or pixels than one document may have."""

    advice = "Please send it in several parts."


class NotADocument(DocumentError):
    """A file of a kind that is not read as a document; the reason names the kind."""


class Encrypted(DocumentError):
    """A PDF that opens with a password only."""

    advice = "Please open it, print it to a new PDF without password, and send that."


class Damaged(DocumentError):
    """The kind is known, but the file is cut off or broken."""

    advice = "Please open it on your side; if it opens, save it anew and send it again."


class NoSuchPage(DocumentError):
    """A page was asked for that the document does not have."""

    advice = "Please ask for one of its pages."


class OcrUnavailable(DocumentError):
    """The document is a picture of text, and the program that reads pictures is not installed here."""

    advice = (
        "The operator of this installation can install it: the Debian packages tesseract-ocr and tesseract-ocr-eng."
    )


class LayoutFailed(DocumentError):
    """A letter or report could not be laid out."""

    advice = "This is a fault in Overread. Please report it."
