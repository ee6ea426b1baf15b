"""A report as a sparse vector of hashed features: words and word pairs, marks, and what the rules read.

Features are kept by the CRC-32 of their name alone, many names to a place, so that a model over them holds no text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from overread.clinical.record import Fact

from .ranking_marks import marks, stated

WORDS, MARKS, STATED = 2**15, 2**14, 2**10  # places of each kind, one after the other
PLACES = WORDS + MARKS + STATED
LONGEST = 60_000  # characters looked at: ten times a usual report, so that noise of any length takes bounded time
_STATED_WEIGHT = 0.3
_WORD = re.compile(r"[a-z]+|\d{1,6}(?:\.\d{1,4})?")


def vector(
    text: str, facts: Iterable[Fact], rarity: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Places (ascending) and their values; ``rarity`` weighs the ``WORDS`` places, see ``rarity_of``.

    Words and marks have length 1 each (Euclidean), whatever the report's length; an empty text has no features.
    """
    low = " ".join(text[:LONGEST].lower().split())
    places, values = word_counts(low)
    marked = _places(marks(low) if places.size else (), MARKS, WORDS)
    read = _places(stated(facts), STATED, WORDS + MARKS)
    parts = (
        _unit(values * rarity[places]),
        _unit(np.ones(len(marked), np.float32)),
        np.full(len(read), _STATED_WEIGHT, np.float32),
    )
    return np.concatenate((places, marked, read)), np.concatenate(parts)


def word_counts(low: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The places of a text's words and pairs of neighbours, with 1 + log of how often each is there."""
    words = _WORD.findall(low)
    grams = Counter(words)
    grams.update(f"{first} {second}" for first, second in pairwise(words))
    sums: dict[int, float] = {}
    for gram, n in grams.items():
        place = crc32(gram.encode()) % WORDS
        sums[place] = sums.get(place, 0.0) + 1 + math.log(n)
    ordered = sorted(sums)
    return np.array(ordered, np.int64), np.array([sums[place] for place in ordered], np.float32)


def rarity_of(texts: Iterable[str]) -> NDArray[np.float32]:
    """How rare each place of words is among the texts: 1 + log((1 + texts) / (1 + texts that have it))."""
    having, total = np.zeros(WORDS), 0
    for text in texts:
        having[word_counts(" ".join(text[:LONGEST].lower().split()))[0]] += 1
        total += 1
    return (1 + np.log((1 + total) / (1 + having))).astype(np.float32)


def _places(names: Iterable[str], size: int, offset: int) -> NDArray[np.int64]:
    return np.array(sorted({crc32(name.encode()) % size for name in names}), np.int64) + offset


def _unit(values: NDArray[np.float32]) -> NDArray[np.float32]:
    length = float(np.sqrt(values @ values))
    return values / length if length else values
