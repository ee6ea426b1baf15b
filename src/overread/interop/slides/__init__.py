"""Whole-slide images: examined, described, cut into tiles. Files come from anybody; nothing here trusts them.

Label and macro pictures of a slide carry the patient's name and accession number. They are never read, by anybody: no
function here returns them, nor any property of the file beyond `Description`.
"""

from . import errors
from .deepzoom import OVERLAP, TILE_SIZE, descriptor, levels, tiles_across
from .errors import Damaged, Empty, NotPyramidal, NotShown, SlideError, TooLarge, Truncated, WithoutPicture
from .reading import Description, close, examine, is_dicom_slide, is_volume, known, may_be_tiff_slide, thumbnail, tile

__all__ = [
    "OVERLAP",
    "TILE_SIZE",
    "Damaged",
    "Description",
    "Empty",
    "NotPyramidal",
    "NotShown",
    "SlideError",
    "TooLarge",
    "Truncated",
    "WithoutPicture",
    "close",
    "descriptor",
    "errors",
    "examine",
    "is_dicom_slide",
    "is_volume",
    "known",
    "levels",
    "may_be_tiff_slide",
    "thumbnail",
    "tile",
    "tiles_across",
]
