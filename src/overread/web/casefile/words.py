"""A document's text cut into pages and pieces, those that facts were read from marked. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from overread.workflow.facts.queries import SeenFact


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the text; ``facts`` are those read from words of this piece."""

    text: str
    facts: tuple[SeenFact, ...] = ()

    @property
    def labels(self) -> str:
        return ", ".join(dict.fromkeys(seen.fact.spec.label for seen in self.facts))


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    pieces: tuple[Piece, ...]


def pages(text: str, page_starts: Sequence[int], facts: Sequence[SeenFact]) -> list[Page]:
    """The text page by page. A fact whose words run over the end of a page is marked where they begin."""
    starts = [0, *sorted({at for at in page_starts if 0 < at < len(text)})]
    ends = [*starts[1:], len(text)]
    return [Page(n, tuple(marked(text, facts, a, b))) for n, (a, b) in enumerate(zip(starts, ends, strict=True), 1)]


def marked(text: str, facts: Sequence[SeenFact], start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """The text from ``start`` to ``end`` in order. Facts whose words overlap share one piece."""
    at, stop = start, len(text) if end is None else end
    for first, last, group in _groups(facts, start, stop):
        if first > at:
            yield Piece(text[at:first])
        yield Piece(text[first:last], group)
        at = last
    if at < stop:
        yield Piece(text[at:stop])


def _groups(facts: Sequence[SeenFact], start: int, stop: int) -> Iterator[tuple[int, int, tuple[SeenFact, ...]]]:
    spans = [(s.start, min(s.end, stop), seen) for seen in facts if seen.words and (s := seen.fact.provenance.span)]
    group: list[SeenFact] = []
    first = last = start
    for a, b, seen in sorted((x for x in spans if start <= x[0] < x[1]), key=lambda x: x[:2]):
        if group and a >= last:
            yield first, last, tuple(group)
            group = []
        first, last = (first, max(last, b)) if group else (a, b)
        group.append(seen)
    if group:
        yield first, last, tuple(group)
