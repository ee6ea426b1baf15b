"""A document cut into pages and pieces: nothing of the text is lost, doubled or moved."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from overread.clinical.record import Fact, Method, Provenance, Span
from overread.web.casefile import words
from overread.workflow.facts.queries import SeenFact

TEXT = "Colon: adenocarcinoma, pT3 pN0. Margins free."


def seen(start: int, end: int, text: str = TEXT, *, readable: bool = True) -> SeenFact:
    where = Provenance("d", Method.TEXT, span=Span(start, end), quote=text[start:end])
    return SeenFact(Fact("site", "colon", where), SimpleNamespace(key=f"{start}-{end}"), readable)  # type: ignore[arg-type]


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[int], list[SeenFact]]:
    text = draw(st.text(min_size=1, max_size=60))
    place = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(place, place).map(sorted), max_size=8))
    facts = [seen(a, b, text, readable=draw(st.booleans())) for a, b in spans if a < b]
    return text, draw(st.lists(place, max_size=4)), facts


@given(documents())
def test_the_pieces_of_all_pages_join_to_the_text(document: tuple[str, list[int], list[SeenFact]]) -> None:
    text, starts, facts = document
    pages = words.pages(text, starts, facts)
    assert "".join(piece.text for page in pages for piece in page.pieces) == text
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))


@given(documents())
def test_every_readable_fact_is_marked_once_where_its_words_begin(
    document: tuple[str, list[int], list[SeenFact]],
) -> None:
    text, starts, facts = document
    at, marked = 0, []
    for page in words.pages(text, starts, facts):
        for piece in page.pieces:
            for fact in piece.facts:
                span = fact.fact.provenance.span
                assert span is not None and at <= span.start < at + len(piece.text)
                marked.append(fact)
            at += len(piece.text)
    assert sorted(map(id, marked)) == sorted(id(fact) for fact in facts if fact.words)


def test_words_that_overlap_share_one_mark() -> None:
    wide, narrow, apart = seen(0, 21), seen(7, 21), seen(23, 26)
    pieces = list(words.marked(TEXT, [narrow, wide, apart]))
    assert [(p.text, p.facts) for p in pieces if p.facts] == [(TEXT[:21], (wide, narrow)), ("pT3", (apart,))]
    assert pieces[0].labels == "Primary site"


def test_withheld_words_are_not_marked() -> None:
    assert [p.facts for p in words.marked(TEXT, [seen(0, 5, readable=False)])] == [()]
