"""Why bytes could not be read as DICOM, or shown. Each error says what was wrong and what would help."""

from __future__ import annotations


class DicomError(ValueError):
    """The parent of all. ``what`` is a sentence for the sender; ``do`` says what would help."""

    do = "Please export the study again from the hospital's image archive and send that."

    def __init__(self, what: str, do: str | None = None) -> None:
        self.what = what
        self.do = self.do if do is None else do
        super().__init__(f"{self.what} {self.do}")


class Empty(DicomError):
    """There is nothing in the file."""

    do = "Please check the file on your side and send it again."


class NotDicom(DicomError):
    """The bytes are something else."""

    do = "Please send the images as DICOM files; reports can be sent as PDF or text."


class Truncated(DicomError):
    """The file stops before its own headers say it should."""

    do = "The file was probably cut off on its way. Please send it again."


class Damaged(DicomError):
    """It says that it is DICOM, and then cannot be followed."""


class Forged(DicomError):
    """It is a DICOM file and a program or document of another kind at the same time."""

    do = "Such a file is never accepted. Please export the image again from its archive."


class NoIdentifier(DicomError):
    """An identifier without which an image has no place in a study is absent or malformed."""


class MediaIndex(DicomError):
    """A DICOMDIR: the table of contents of a disc, without any image."""

    do = "Nothing is lost: send the image files beside it; this index is not needed."


class NoPixels(DicomError):
    """The object has no picture, so no frame can be shown."""


class NotShown(DicomError):
    """The picture exists and could not be decoded within the limits."""


class ArchiveRefused(DicomError):
    """A zip that cannot be unpacked safely."""

    do = "Please send the study's folder as one plain zip file."
