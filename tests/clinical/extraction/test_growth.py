"""No regular expression of any reader takes more than a few times as long for four times as much adversarial text.

Every compiled pattern of every module in the room is found by looking, so that a new reader is tried without a change here.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

from overread.clinical import extraction

PIECES = (
    "a", " ", "\n", "1", "0", "(", ".", ",", "-", ":", "x", "T", "N", "1/", "no ", "pT1 ", "a, ", "1 x ", "of ", "lymph ", "node ", "not ", "the ",
    "carcinoma ", "squamous cell carcinoma, ", "tumor ", "margin ", "extent of ", "invasion ", "extends into ", "her2 ", "pd-l1 ", "ki-67 ", "gleason ",
    "grade ", "stage ", "depth of ", "twenty-", "left ", "upper ", "radical ", "A. ", "previously ", "mm ", "chemo", "mg ", "years ", "history of ", "Dr. A",
)  # fmt: skip
SMALL, FACTOR = 1_500, 4
NOTICED = 0.05  # seconds of processor time below which nothing can be told from the machine's noise
ALLOWED = 3 * FACTOR  # linear growth is FACTOR, quadratic FACTOR squared


def patterns(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict) and depth < 4:
        yield from (p for item in value.values() for p in patterns(item, depth + 1))
    elif isinstance(value, list | tuple | set | frozenset) and depth < 4:
        yield from (p for item in value for p in patterns(item, depth + 1))


def rooms() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(extraction.__path__))


def seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


def test_the_patterns_of_every_reader_are_found() -> None:
    found = {room: list(patterns(list(vars(load(room)).values()))) for room in rooms()}
    assert sum(map(len, found.values())) > 100
    assert all(
        found[room] for room in ("tnm", "tnm_tokens", "extent", "markers", "sites", "nodes", "imaging", "sections")
    )


def load(room: str) -> object:
    return importlib.import_module(f"{extraction.__name__}.{room}")


@pytest.mark.parametrize("room", rooms())
def test_time_grows_with_the_text(room: str) -> None:
    slow = []
    for pattern in dict.fromkeys(patterns(list(vars(load(room)).values()))):
        for piece in PIECES:
            text = piece * (SMALL * FACTOR // len(piece))
            whole = seconds(pattern, text)
            if whole > NOTICED and whole > ALLOWED * max(seconds(pattern, text[:SMALL]), NOTICED / ALLOWED):
                slow.append((pattern.pattern[:80], piece, round(whole, 2)))
    assert not slow


def test_a_pattern_that_backtracks_would_be_seen() -> None:
    bad = re.compile(r"(?:a+)+b")
    assert seconds(bad, "a" * 24) > 20 * max(seconds(bad, "a" * 12), 1e-5)
