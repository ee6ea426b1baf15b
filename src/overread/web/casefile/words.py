"""A document's text cut into pieces, those that a fact was read from marked. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from overread.workflow.facts.queries import SeenFact


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the text; ``fact`` is set when a fact was read from exactly these words."""

    text: str
    fact: SeenFact | None = None


def marked(text: str, facts: Sequence[SeenFact]) -> Iterator[Piece]:
    """The whole text in order. Where the words of two facts overlap, the first one is marked."""
    at = 0
    for seen in facts:
        span = seen.fact.provenance.span
        if span is None or span.start < at or not seen.words:
            continue
        yield Piece(text[at : span.start])
        yield Piece(text[span.start : span.end], seen)
        at = span.end
    yield Piece(text[at:])
