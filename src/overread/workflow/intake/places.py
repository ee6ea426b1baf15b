"""Where words stand on a page, as they are kept: whole numbers, ten-thousandths of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from overread.interop.documents import Word

WHOLE = 10_000
Kept = Mapping[str, Sequence[Sequence[int]]]


def of(words: Iterable[Word]) -> dict[str, list[list[int]]]:
    """The words by page, as JSON keeps them."""
    kept: dict[str, list[list[int]]] = {}
    for word in words:
        box = [round(min(max(share, 0.0), 1.0) * WHOLE) for share in word.box]
        kept.setdefault(str(word.page), []).append([word.start, word.end, *box])
    return kept


def words(kept: Kept, page: int) -> tuple[Word, ...]:
    """The words of one page, to within a ten-thousandth of where they stand."""
    rows = kept.get(str(page), ())
    return tuple(
        Word(start, end, page, (a / WHOLE, b / WHOLE, c / WHOLE, d / WHOLE)) for start, end, a, b, c, d in rows
    )
