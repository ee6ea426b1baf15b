"""Why a file could not be read as a slide, or shown. Each error says what was wrong and what would help."""

from __future__ import annotations


class SlideError(ValueError):
    """The parent of all. ``what`` is a sentence for the sender; ``do`` says what would help."""

    do = "Please send the slide as the scanner wrote it: SVS, NDPI, another tiled TIFF, or DICOM."

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} {self.do}")


class Empty(SlideError):
    """There is nothing in the file."""

    do = "Please check the file on your side and send it again."


class Truncated(SlideError):
    """The file stops before its own tiles do."""

    do = "The file was probably cut off on its way. Please send it again."


class Damaged(SlideError):
    """It says that it is a slide, and then cannot be followed."""

    do = "Please export the slide again from the scanner's own software and send that."


class TooLarge(SlideError):
    """More pixels than any scanner makes of a piece of glass."""

    do = "No scanner writes such a slide. Please check the file on your side."


class NotPyramidal(SlideError):
    """Only the full resolution is there, and it is too large to be made small again for every look at it."""

    do = "Please save it with its smaller levels (a pyramid), as scanners do."


class WithoutPicture(SlideError):
    """There is no tissue in the file, only a label or nothing at all."""


class NotShown(SlideError):
    """The tile exists and could not be decoded within the limits."""

    do = "The file itself is kept as it came; open it with the laboratory's viewer."


KINDS: dict[str, type[SlideError]] = {
    kind.__name__: kind for kind in (Empty, Truncated, Damaged, TooLarge, NotPyramidal, WithoutPicture, NotShown)
}
