"""The picture of a document's page, with the words that facts were read from marked where their place is known."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from overread.interop import documents
from overread.interop.documents import DocumentError, DocumentKind, Word
from overread.interop.documents.kinds import kind_of
from overread.workflow.errors import NotFound
from overread.workflow.facts.queries import SeenFact

MARK = (245, 190, 70, 80)  # amber that lets the words through


# Above so many pages, the places are not looked up for each: the pictures still carry their marks.
LINKED_PAGES = 40
WHOLE = 1000  # the width and the height of a page, for who draws on it


@dataclass(frozen=True, slots=True)
class Box:
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words of one fact stand on a page."""

    seen: SeenFact
    boxes: tuple[Box, ...]


def has_pages(data: bytes) -> bool:
    """Whether the document has pages to look at, as a PDF or a scan has and a text has not."""
    try:
        return kind_of(data) in (DocumentKind.PDF, DocumentKind.IMAGE)
    except DocumentError:
        return False


def page(data: bytes, number: int, words: Sequence[Word], facts: Sequence[SeenFact]) -> bytes:
    """The page (counted from 1) as PNG. NotFound when there is no such page or it has no picture."""
    try:
        png = documents.page_image(data, number)
    except DocumentError as error:
        raise NotFound(error.reason, error.advice) from error
    boxes = list(_boxes(words, facts))
    return _marked(png, boxes) if boxes else png


def places(words: Sequence[Word], facts: Sequence[SeenFact]) -> list[Place]:
    """For each fact that was read from words of this page, where they stand."""
    found = [(seen, tuple(_box(*box) for box in _boxes(words, [seen]))) for seen in facts]
    return [Place(seen, boxes) for seen, boxes in found if boxes]


def _box(left: float, top: float, right: float, bottom: float) -> Box:
    at = [round(WHOLE * share) for share in (left, top, right, bottom)]
    return Box(at[0] - 2, at[1] - 2, at[2] - at[0] + 4, at[3] - at[1] + 4)


def _boxes(words: Sequence[Word], facts: Sequence[SeenFact]) -> Iterator[tuple[float, ...]]:
    """Where the words of the facts stand, as shares of the page."""
    spans = [s.fact.provenance.span for s in facts if s.words and s.fact.provenance.span]
    for word in words:
        if any(word.start < span.end and span.start < word.end for span in spans):
            yield word.box


def _marked(png: bytes, boxes: Sequence[tuple[float, ...]]) -> bytes:
    with Image.open(io.BytesIO(png)) as opened:
        image = opened.convert("RGBA")
    layer = Image.new("RGBA", image.size)
    draw = ImageDraw.Draw(layer)
    for left, top, right, bottom in boxes:
        box = (left * image.width - 2, top * image.height - 2, right * image.width + 2, bottom * image.height + 2)
        draw.rectangle(box, fill=MARK)
    out = io.BytesIO()
    Image.alpha_composite(image, layer).convert("RGB").save(out, "PNG")
    return out.getvalue()
