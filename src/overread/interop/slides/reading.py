"""What the rest of Overread asks of a slide."""

from __future__ import annotations

import functools
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overread.interop.dicom.elements import text
from overread.interop.dicom.reading import parse

from . import deepzoom, errors, workers
from .workers import Files

WSI_CLASS = "1.2.840.10008.5.1.4.1.1.77.1.6"  # VL Whole Slide Microscopy Image Storage
TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
JPEG = b"\xff\xd8\xff"
FORMATS = {
    "aperio": "Aperio SVS",
    "dicom": "DICOM",
    "generic-tiff": "tiled TIFF",
    "hamamatsu": "Hamamatsu NDPI",
    "leica": "Leica SCN",
    "philips-tiff": "Philips TIFF",
    "trestle": "Trestle TIFF",
    "ventana": "Ventana BIF",
}


@dataclass(frozen=True, slots=True)
class Description:
    """What a slide's file says about the picture, and nothing that names anybody.

    width, height: pixels at full resolution. levels: pixels of each level that is stored, the largest first.
    microns_per_pixel: horizontal and vertical, objective: magnification; None where the file does not state them.
    """

    format: str
    width: int
    height: int
    levels: tuple[tuple[int, int], ...]
    microns_per_pixel: tuple[float, float] | None
    objective: float | None

    def holds(self, level: int, column: int, row: int) -> bool:
        """Whether there is such a Deep Zoom tile."""
        across = deepzoom.tiles_across(self.width, self.height, level)
        return across is not None and 0 <= column < across[0] and 0 <= row < across[1]


def may_be_tiff_slide(path: Path) -> bool:
    """By its first bytes: any TIFF could be one, and only `examine` knows."""
    with path.open("rb") as file:
        return file.read(4) in TIFF


def is_dicom_slide(sop_class: str) -> bool:
    return sop_class == WSI_CLASS


def is_volume(data: bytes) -> bool:
    """Whether a DICOM whole-slide file holds tissue. Its other flavours, LABEL and OVERVIEW, show the written label."""
    said = (text(parse(data), "ImageType") or "").upper()
    return not any(flavour in said for flavour in ("LABEL", "OVERVIEW", "LOCALIZER"))


def examine(files: Files) -> Description | None:
    """Look a slide over: its description, or None for a TIFF that is no slide but a page or a picture.

    files: the paths of one slide; several for the levels of a DICOM series. Raises a SlideError whose ``what`` and
    ``do`` can be shown to the sender; never anything else. Bounded in time and memory.
    """
    if not all(file.stat().st_size for file in files):
        raise errors.Empty("The file is empty.")
    try:
        return _described(workers.once(files))
    except errors.NotShown as error:  # it never became part of anything, so that it is not kept either
        raise errors.Damaged(error.what) from error


@functools.lru_cache(maxsize=1_000)
def known(files: Files) -> Description:
    """The description of a slide that was accepted. Files are named by their content, so that it never changes."""
    found = _described(workers.POOL.ask(files, {"describe": True}))
    if found is None:
        raise errors.WithoutPicture("The file holds no slide.")
    return found


def tile(files: Files, level: int, column: int, row: int) -> bytes:
    """A JPEG of one Deep Zoom tile. Ask `Description.holds` first. Raises SlideError when it cannot be decoded."""
    return _picture(workers.POOL.ask(files, {"tile": [level, column, row]}))


def thumbnail(files: Files, side: int) -> bytes:
    """A JPEG of the whole slide, at most ``side`` pixels wide and high."""
    return _picture(workers.POOL.ask(files, {"thumbnail": side}))


def close() -> None:
    """End the processes that decode."""
    workers.POOL.close()


def _picture(data: bytes) -> bytes:
    if not data.startswith(JPEG):
        raise errors.NotShown(workers.FAILED)
    return data


def _described(answer: bytes) -> Description | None:
    """The decoder's answer, believed only as far as it has the right shape."""
    try:
        said = json.loads(answer)
        return None if said is None else _from(said)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise errors.NotShown(workers.FAILED) from error


def _from(said: dict[str, Any]) -> Description:
    levels = tuple((int(width), int(height)) for width, height in said["levels"])
    if not levels or min(map(min, levels)) < 1:
        raise ValueError("a level without pixels")
    across, down = (_positive(value) for value in said["mpp"])
    return Description(
        format=FORMATS.get(said["format"], "slide"),
        width=levels[0][0],
        height=levels[0][1],
        levels=levels,
        microns_per_pixel=(across, down) if across and down else None,
        objective=_positive(said["objective"]),
    )


def _positive(value: Any) -> float | None:
    """A measure that can be one; zero, endless and absurd ones are as good as none."""
    number = None if value is None else float(value)
    return number if number is not None and math.isfinite(number) and 1e-3 <= number <= 1e4 else None
