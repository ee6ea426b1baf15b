"""Photographs and scans as PNG, JPEG or TIFF (of several pages)."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from .errors import Damaged, DocumentTooLarge, NoSuchPage
from .pdf import MAX_PAGES

MAX_PIXELS = 150_000_000


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture, open. Raises Damaged or DocumentTooLarge."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
            _check(image)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, KeyError, OverflowError) as error:
            if isinstance(error, DocumentTooLarge):
                raise
            raise Damaged("The picture is cut off or broken.") from None
        except Image.DecompressionBombError:
            raise DocumentTooLarge("The picture has too many pixels.") from None
        with image:
            yield image


def _check(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise DocumentTooLarge(f"The picture has {image.width} by {image.height} pixels, which is too many.")
    if getattr(image, "n_frames", 1) > MAX_PAGES:
        raise DocumentTooLarge(f"The picture has more than {MAX_PAGES} pages.")


def pages(image: Image.Image) -> Iterator[Image.Image]:
    """Each page, upright as its camera noted. Raises Damaged where a page does not decode."""
    try:
        for frame in ImageSequence.Iterator(image):
            _check(frame)
            yield ImageOps.exif_transpose(frame).convert("RGB")
    except DocumentTooLarge:
        raise
    except (
        OSError,
        SyntaxError,
        ValueError,
        TypeError,
        KeyError,
        OverflowError,
        MemoryError,
        Image.DecompressionBombError,
    ):
        raise Damaged("The picture is cut off or broken.") from None


def page(image: Image.Image, number: int) -> Image.Image:
    for n, frame in enumerate(pages(image), 1):
        if n == number:
            return frame
    raise NoSuchPage(f"The document has no page {number}.")


def dots_per_inch(image: Image.Image) -> int:
    """What the file says, or, for photographs, what a page of 8.3 inches across would give."""
    said = image.info.get("dpi", (0, 0))
    value = float(said[0]) if isinstance(said, tuple) and said else 0.0
    return int(value) if 100 <= value <= 1200 else max(70, min(600, round(min(image.size) / 8.3)))
