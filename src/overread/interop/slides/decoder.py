"""The process that decodes a slide; started by ``workers`` alone.

    python decoder.py examine|serve FOLDER SECONDS MEMORY

``examine`` answers once, ``serve`` line by line until its input ends. A request is one line of JSON; an answer is one
letter (A for an answer, R for a refusal), the length in eight hexadecimal digits, and so many bytes. FOLDER holds
nothing but the files of one slide. This file imports nothing of Overread, so that it starts in a fraction of a second.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import select
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import openslide
from openslide import deepzoom
from PIL import Image, ImageCms

TILE_SIZE, OVERLAP = 510, 1  # as in `deepzoom`
MOST_PIXELS = 2**40  # of the full resolution; about a million by a million
MOST_AT_ONCE = 64 * 2**20  # pixels that one answer may read, 256 MB decoded
QUALITY = 82
IDLE_SECONDS = 300
ANSWER, REFUSAL = b"A", b"R"
Reply = tuple[bytes, bytes]


class Refused(Exception):
    """Why the slide, or a part of it, is not shown. ``kind``: the name of one of `errors`."""

    def __init__(self, kind: str, what: str) -> None:
        self.kind, self.what = kind, what
        super().__init__(what)


def main(arguments: list[str]) -> int:
    mode, folder, seconds, memory = arguments
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has nothing to write
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    if mode == "examine":
        send(sys.stdout.buffer, examined(Path(folder)))
    else:
        serve(Path(folder), sys.stdin.buffer, sys.stdout.buffer)
    return 0


def send(out: BinaryIO, reply: Reply) -> None:
    kind, body = reply
    out.write(kind + b"%08x" % len(body) + body)
    out.flush()


def examined(folder: Path) -> Reply:
    """The description of a slide all of whose parts can be shown; ``null`` for a picture that is no slide."""
    try:
        return _as_json(_examine(folder))
    except Refused as error:
        return refusal(error)


def serve(folder: Path, requests: BinaryIO, out: BinaryIO) -> None:
    """Answer until the requests end, or none has come for some minutes."""
    pictures: Pictures | None = None
    while select.select([requests], [], [], IDLE_SECONDS)[0] and (line := requests.readline()):
        try:
            pictures = pictures or Pictures(folder)
            send(out, (ANSWER, pictures.answer(json.loads(line))))
        except Refused as error:
            send(out, refusal(error))


def refusal(error: Refused) -> Reply:
    return REFUSAL, json.dumps([error.kind, error.what]).encode()


def _as_json(value: object) -> Reply:
    return ANSWER, json.dumps(value).encode()


class Pictures:
    """One open slide and what is asked of it."""

    def __init__(self, folder: Path) -> None:
        with hostile():
            self.slide = openslide.OpenSlide(_first(folder))
            self.zoom = deepzoom.DeepZoomGenerator(self.slide, TILE_SIZE, OVERLAP, limit_bounds=False)
            self.to_srgb = _colours(self.slide)

    def answer(self, request: dict[str, Any]) -> bytes:
        if "tile" in request:
            level, column, row = request["tile"]
            return self.tile(level, column, row)
        if "describe" in request:
            return json.dumps(described(self.slide)).encode()
        return self.thumbnail(request["thumbnail"])

    def tile(self, level: int, column: int, row: int) -> bytes:
        """A JPEG of the tile, in sRGB."""
        with hostile():
            _, _, size = self.zoom.get_tile_coordinates(level, (column, row))
            if size[0] * size[1] > MOST_AT_ONCE:
                raise Refused("NotPyramidal", "This zoom level is missing from the file and too large to be made.")
            return self._jpeg(self.zoom.get_tile(level, (column, row)))

    def thumbnail(self, side: int) -> bytes:
        """A JPEG of the whole slide with at most so many pixels a side."""
        with hostile():
            return self._jpeg(self.slide.get_thumbnail((side, side)))

    def _jpeg(self, image: Image.Image) -> bytes:
        """Only pixels: no profile, comment or date of the file goes along."""
        image.info.clear()
        if self.to_srgb:
            ImageCms.applyTransform(image, self.to_srgb, inPlace=True)
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=QUALITY)
        return out.getvalue()


def _colours(slide: openslide.OpenSlide) -> ImageCms.ImageCmsTransform | None:
    """From the scanner's colours to those of a screen; None where the file does not say which it has."""
    profile = slide.color_profile
    if profile is None:
        return None
    return ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), "RGB", "RGB")


@contextmanager
def hostile() -> Iterator[None]:
    """Whatever a decoder says about hostile bytes becomes a refusal."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:
        raise Refused("Damaged", "The slide begins well and cannot be followed to its end.") from error


def _first(folder: Path) -> str:
    return str(min(folder.iterdir()))


def _examine(folder: Path) -> dict[str, Any] | None:
    path = _first(folder)
    with hostile():
        kind = openslide.OpenSlide.detect_format(path)
        if kind != "dicom" and not _whole_tiff(Path(path), known=kind is not None):
            return None
        slide = openslide.OpenSlide(path)
    if kind == "generic-tiff" and slide.level_count == 1 and _pixels(slide.dimensions) <= MOST_AT_ONCE:
        return None  # a scanned page may be tiled too
    _refuse_size(slide)
    pictures = Pictures(folder)
    pictures.thumbnail(512)
    _try_corners(pictures)
    return described(slide)


def _whole_tiff(path: Path, *, known: bool) -> bool:
    """Whether the tiles of a TIFF are all there; False for one that has none, such as a page that was scanned.

    OpenSlide opens a file whose tiles were cut off, and fails only where they are asked for.
    """
    import tifffile  # here, because the process that serves tiles starts twice as quickly without it

    try:
        with tifffile.TiffFile(path) as tiff:
            tiled = any(isinstance(page, tifffile.TiffPage) and page.is_tiled for page in tiff.pages)
            ends = [o + n for p in tiff.pages for o, n in zip(p.dataoffsets, p.databytecounts, strict=False)]
    except Exception:
        if known:
            raise
        return False
    if (tiled or known) and max(ends, default=0) > path.stat().st_size:
        raise Refused("Truncated", "The slide stops before all of its tiles have come.")
    if tiled and not known:
        raise Refused("Damaged", "The file begins as a slide and cannot be followed to its end.")
    return known


def _refuse_size(slide: openslide.OpenSlide) -> None:
    if _pixels(slide.dimensions) > MOST_PIXELS:
        raise Refused("TooLarge", "The slide says that it has {:,} × {:,} pixels.".format(*slide.dimensions))
    smallest = slide.level_dimensions[-1]
    if _pixels(smallest) > MOST_AT_ONCE:
        raise Refused("NotPyramidal", "The smallest picture in the file has {:,} × {:,} pixels.".format(*smallest))


def _try_corners(pictures: Pictures) -> None:
    """Every level of the file is decoded in two corners, so that what cannot be shown is refused on arrival."""
    zoom, slide = pictures.zoom, pictures.slide
    asked = {zoom.level_count - 1 - round(d).bit_length() + 1 for d in slide.level_downsamples}
    for level in sorted(a for a in asked if 0 <= a < zoom.level_count):
        columns, rows = zoom.level_tiles[level]
        pictures.tile(level, 0, 0)
        pictures.tile(level, columns - 1, rows - 1)


def described(slide: openslide.OpenSlide) -> dict[str, Any]:
    """The few properties that name nobody. Everything else that the file says stays in it."""
    said = slide.properties
    return {
        "format": said.get(openslide.PROPERTY_NAME_VENDOR),
        "levels": [list(size) for size in slide.level_dimensions],
        "mpp": [_number(said.get(openslide.PROPERTY_NAME_MPP_X)), _number(said.get(openslide.PROPERTY_NAME_MPP_Y))],
        "objective": _number(said.get(openslide.PROPERTY_NAME_OBJECTIVE_POWER)),
    }


def _pixels(size: tuple[int, int]) -> int:
    return size[0] * size[1]


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
