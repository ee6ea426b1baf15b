"""Words keep their places on the page, to within a ten-thousandth of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.interop.documents import Word
from overread.workflow.intake import places

SHARES = st.floats(0, 1)
WORDS = st.builds(
    Word, st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 3), st.tuples(SHARES, SHARES, SHARES, SHARES)
)


@given(st.lists(WORDS))
def test_what_is_kept_comes_back_page_by_page(words: list[Word]) -> None:
    kept = json.loads(json.dumps(places.of(words)))
    for page in (1, 2, 3):
        expected = [w for w in words if w.page == page]
        found = places.words(kept, page)
        assert [(w.start, w.end, w.page) for w in found] == [(w.start, w.end, w.page) for w in expected]
        assert all(
            a == pytest.approx(b, abs=1e-4)
            for f, e in zip(found, expected, strict=True)
            for a, b in zip(f.box, e.box, strict=True)
        )


def test_a_page_without_words_has_none_and_a_box_past_the_edge_ends_there() -> None:
    assert places.words({}, 1) == ()
    (word,) = places.words(places.of([Word(0, 4, 1, (-0.1, 0, 1.2, 0.5))]), 1)
    assert word.box == (0, 0, 1, 0.5)
