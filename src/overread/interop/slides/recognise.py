from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from overread.interop.dicom import DicomError, examine

WSI_CLASS = "1.2.840.10008.5.1.4.1.1.77.1.6"  # VL Whole Slide Microscopy Image Storage


class SlideError(ValueError):
    """The bytes are not a whole-slide image that is known here. ``what`` and ``do`` are for the sender."""

    do = "Please send the slide as the scanner wrote it: SVS, NDPI or DICOM."

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} {self.do}")


class Format(StrEnum):
    DICOM = "DICOM whole-slide image"
    APERIO = "Aperio SVS"
    HAMAMATSU = "Hamamatsu NDPI"


@dataclass(frozen=True, slots=True)
class Slide:
    """A whole-slide image that was recognised. ``not_shown``: why it cannot be opened on the screen yet."""

    format: Format
    not_shown: str


# The name that a scanner writes into the description of its TIFF, wherever the file keeps it.
MAKERS = {b"Aperio": Format.APERIO, b"Hamamatsu": Format.HAMAMATSU, b"NanoZoomer": Format.HAMAMATSU}
NOT_SHOWN = (
    "The slide is kept as it came. Overread cannot show {} on the screen yet; open it with the laboratory's viewer."
)


def recognise(data: bytes) -> Slide:
    """Which kind of whole-slide image these bytes begin. The whole file is needed.

    Raises SlideError for anything else; never anything else.
    """
    if not data:
        raise SlideError("The file is empty.")
    found = _dicom(data) if data[128:132] == b"DICM" else _tiff(data)
    if found is None:
        raise SlideError("The file is not a whole-slide image.")
    return Slide(found, NOT_SHOWN.format(found))


def _dicom(data: bytes) -> Format | None:
    try:
        return Format.DICOM if examine(data).sop_class == WSI_CLASS else None
    except DicomError as error:
        raise SlideError(error.what) from error


def _tiff(data: bytes) -> Format | None:
    if data[:4] not in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return None
    return next((kind for maker, kind in MAKERS.items() if maker in data), None)
