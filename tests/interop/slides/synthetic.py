"""Tiny slides made in the test: nothing of them was ever tissue."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import tifffile

LABEL = "Rahman Aisha WV-26-1186"
APERIO = "Aperio Image Library v1\n{w}x{h} (64x64)|AppMag = 20|MPP = 0.5|Filename = " + LABEL
TILE = 64


def picture(width: int, height: int, colour: tuple[int, int, int] = (200, 90, 150)) -> np.ndarray[Any, Any]:
    """Glass with tissue of one colour in its middle."""
    field = np.full((height, width, 3), 244, np.uint8)
    field[height // 4 : height * 3 // 4, width // 4 : width * 3 // 4] = colour
    return field


def pyramid(
    width: int = 600,
    height: int = 400,
    *,
    levels: int = 3,
    description: str | None = None,
    microns: float | None = 0.5,
    colour: tuple[int, int, int] = (200, 90, 150),
    extra: dict[str, Any] | None = None,
    bigtiff: bool = False,
) -> bytes:
    """A tiled TIFF whose levels halve."""
    out = io.BytesIO()
    whole = picture(width, height, colour)
    with tifffile.TiffWriter(out, bigtiff=bigtiff) as tiff:
        for level in range(levels):
            small = whole[:: 2**level, :: 2**level]
            resolution = {} if microns is None else {
                "resolution": (1e4 / (microns * 2**level),) * 2, "resolutionunit": "CENTIMETER",
            }  # fmt: skip
            tiff.write(
                small, tile=(TILE, TILE), photometric="rgb", compression="zlib", metadata=None,
                description=description if level == 0 else None, subfiletype=int(level > 0), **resolution, **(extra or {}),
            )  # fmt: skip
    return out.getvalue()


def aperio(width: int = 600, height: int = 400, *, label: str = LABEL) -> bytes:
    """As Aperio's scanners write one: with a label and a macro picture on which the patient's name stands."""
    out = io.BytesIO()
    said = f"Aperio Image Library v1\n{width}x{height} [0,0 {width}x{height}] (64x64)"
    with tifffile.TiffWriter(out) as tiff:
        tiff.write(
            picture(width, height), tile=(TILE, TILE), photometric="rgb", compression="zlib", metadata=None,
            description=f"{said}|AppMag = 20|MPP = 0.5|Filename = {label}|User = {label}",
        )  # fmt: skip
        for name, kind in (("label", 1), ("macro", 9)):
            tiff.write(
                picture(90, 70, (0, 0, 0)), photometric="rgb", rowsperstrip=70,
                metadata=None, subfiletype=kind, description=f"Aperio Image Library v1\n{name} 90x70 {label}",
            )  # fmt: skip
    return out.getvalue()


def kept(folder: Path, data: bytes, name: str = "slide") -> tuple[Path, ...]:
    path = folder / name
    path.write_bytes(data)
    return (path,)
