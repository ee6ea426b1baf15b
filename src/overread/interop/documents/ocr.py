"""Words in a picture of a page, by the tesseract program (a subprocess with a time limit)."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from overread.clinical.record import Method

from .errors import OcrUnavailable
from .model import PageText, Word

SECONDS_A_PAGE = 120
_POOR = 0.6  # below this mean confidence another orientation is tried


@dataclass(frozen=True, slots=True)
class _Cell:
    """A word as tesseract reports it, in pixels."""

    line: tuple[int, int, int]
    text: str
    confidence: float
    left: int
    top: int
    width: int
    height: int


def available() -> bool:
    return shutil.which("tesseract") is not None


def recognise(image: Image.Image, dpi: int, page: int) -> PageText:
    """The page's text with its words. A page lying on its side is turned. Raises OcrUnavailable."""
    if not available():
        raise OcrUnavailable("The page is a picture of text, and the program tesseract is not installed.")
    try:
        return _best(image.convert("L"), dpi, page)
    except subprocess.TimeoutExpired:
        return PageText("", Method.OCR, warning=f"Page {page} could not be read within {SECONDS_A_PAGE} seconds.")
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip()[-200:]
        return PageText("", Method.OCR, warning=f"Page {page} could not be read ({said or 'tesseract failed'}).")


def _best(image: Image.Image, dpi: int, page: int) -> PageText:
    upright = _page(image, dpi, page, 0)
    if (upright.confidence or 0) >= _POOR:
        return upright
    turn = _orientation(image, dpi)
    if not turn:
        return upright
    turned = _page(image.rotate(-turn, expand=True), dpi, page, turn)
    return max(upright, turned, key=lambda read: read.confidence or 0)


def _run(image: Image.Image, dpi: int, *options: str) -> str:
    png = io.BytesIO()
    image.save(png, "PNG", compress_level=1)
    done = subprocess.run(
        ["tesseract", "stdin", "stdout", "--dpi", str(dpi), *options],  # noqa: S607  the operator's PATH decides
        input=png.getvalue(),
        capture_output=True,
        timeout=SECONDS_A_PAGE,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode("utf-8", "replace")


def _orientation(image: Image.Image, dpi: int) -> int:
    """By how many degrees clockwise the page must be turned; 0 when tesseract cannot tell."""
    try:
        said = _run(image, dpi, "--psm", "0", "-l", "osd")
    except subprocess.CalledProcessError:
        return 0
    lines = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
    angle = lines.get("Rotate", "0")
    return int(angle) if angle in ("90", "180", "270") else 0


def _page(image: Image.Image, dpi: int, page: int, turn: int) -> PageText:
    cells = list(_cells(_run(image, dpi, "-l", "eng", "--psm", "3", "tsv")))
    text, words, before = "", [], None
    for cell in cells:
        text += _gap(before, cell.line)
        box = _upright((cell.left, cell.top, cell.left + cell.width, cell.top + cell.height), image.size, turn)
        words.append(Word(len(text), len(text) + len(cell.text), page, box))
        text, before = text + cell.text, cell.line
    mean = sum(c.confidence for c in cells) / len(cells) / 100 if cells else None
    return PageText(text, Method.OCR, tuple(words), mean)


def _cells(tsv: str) -> Iterator[_Cell]:
    for row in csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = (row.get("text") or "").strip()
        if row.get("level") == "5" and word:
            line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
            yield _Cell(
                line, word, max(float(row["conf"]), 0), *(int(row[k]) for k in ("left", "top", "width", "height"))
            )


def _gap(before: tuple[int, int, int] | None, now: tuple[int, int, int]) -> str:
    if before is None:
        return ""
    return " " if before == now else "\n" if before[:2] == now[:2] else "\n\n"


def _upright(box: tuple[int, int, int, int], size: tuple[int, int], turn: int) -> tuple[float, float, float, float]:
    """The box on the page as it lies in the file, from the box on the turned picture."""
    width, height = size
    left, top, right, bottom = box[0] / width, box[1] / height, box[2] / width, box[3] / height
    return {
        0: (left, top, right, bottom),
        90: (top, 1 - right, bottom, 1 - left),
        180: (1 - right, 1 - bottom, 1 - left, 1 - top),
        270: (1 - bottom, left, 1 - top, right),
    }[turn]
