"""Where literal words occur: the quick look that comes before a pattern of many alternatives is tried at those places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_MOST = 2_000  # places a word; a text that repeats one more often is noise


def occurrences(low: str, words: Iterable[str]) -> list[int]:
    """The offsets at which one of the words begins, in order."""
    found: set[int] = set()
    for word in words:
        at, count = low.find(word), 0
        while at >= 0 and count < _MOST:
            found.add(at)
            at, count = low.find(word, at + 1), count + 1
    return sorted(found)


def around(
    pattern: re.Pattern[str], low: str, places: Iterable[int], before: int, after: int
) -> Iterator[re.Match[str]]:
    """The pattern's matches near the places (in order), none twice: those of the whole text, where a match reaches no further
    than ``before`` characters before a place and ``after`` characters behind it."""
    first = stop = 0
    for place in places:
        if place - before > stop:
            yield from pattern.finditer(low, first, stop)
            first = place - before
        stop = place + after
    yield from pattern.finditer(low, max(first, 0), stop)


def beginning(low: str, at: int) -> int:
    """Where the word that ``at`` stands in begins; at most 40 characters before."""
    start, first = at, max(0, at - 40)
    while start > first and (low[start - 1].isalnum() or low[start - 1] == "-"):
        start -= 1
    return start


def matches(pattern: re.Pattern[str], low: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """The pattern tried at each of the places, in order and without overlap."""
    last = 0
    for start in starts:
        if start >= last and (match := pattern.match(low, start)):
            last = max(match.end(), start + 1)
            yield match
