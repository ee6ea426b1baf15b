"""The process that decodes one frame; started by ``render`` alone. Writes a PNG, or one line that says why not."""

from __future__ import annotations

import io
import resource
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.pixels.processing import apply_modality_lut, convert_color_space
from pydicom.pixels.utils import pixel_array

Array = np.ndarray[Any, Any]


class Refused(Exception):
    """The frame cannot be shown; the message goes to the reader."""


def main(arguments: list[str]) -> int:
    path, frame, centre, width, seconds, memory = arguments
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    warnings.simplefilter("ignore")
    window = (float(centre), float(width)) if centre else None
    try:
        png = draw(Path(path), int(frame), window)
    except Refused as error:
        sys.stderr.write(f"refused: {error}\n")
        return 1
    sys.stdout.buffer.write(png)
    return 0


def draw(path: Path, frame: int, window: tuple[float, float] | None) -> bytes:
    """The frame, counted from 1, as PNG bytes."""
    dataset = pydicom.dcmread(path)
    if not 1 <= frame <= int(dataset.get("NumberOfFrames") or 1):
        raise Refused("The picture has no such frame.")
    pixels = pixel_array(dataset, index=frame - 1, raw=True)
    picture = _colour(dataset, pixels) if pixels.ndim == 3 else _grey(dataset, pixels, window)
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "PNG")
    return out.getvalue()


def _colour(dataset: Dataset, pixels: Array) -> Array:
    space = str(dataset.get("PhotometricInterpretation", "RGB"))
    if pixels.dtype != np.uint8:
        raise Refused("Colour pictures of more than 8 bits are not shown.")
    return convert_color_space(pixels, space, "RGB") if space.startswith("YBR_FULL") else pixels


def _grey(dataset: Dataset, pixels: Array, window: tuple[float, float] | None) -> Array:
    values = np.asarray(apply_modality_lut(pixels, dataset), dtype=np.float64)
    centre, width = window or _proposed(dataset) or _whole_range(values)
    low = centre - width / 2
    shown = np.clip((values - low) / max(width, 1e-9), 0.0, 1.0) * 255
    inverted = dataset.get("PhotometricInterpretation") == "MONOCHROME1"
    return np.round(255 - shown if inverted else shown).astype(np.uint8)


def _proposed(dataset: Dataset) -> tuple[float, float] | None:
    """The first window that the file proposes."""
    centre, width = (dataset.get(k) for k in ("WindowCenter", "WindowWidth"))
    if centre is None or width is None or centre == "" or width == "":
        return None
    first = [float(v[0] if isinstance(v, pydicom.multival.MultiValue) else v) for v in (centre, width)]
    return first[0], first[1]


def _whole_range(values: Array) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return (low + high) / 2, max(high - low, 1.0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
