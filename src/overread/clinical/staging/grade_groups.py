"""The grade groups of prostate cancer that a stated Gleason score leaves open."""

from __future__ import annotations

from functools import lru_cache

from ..knowledge import load
from .reading import gleason, grade, patterns

_ROWS = load("value_sets", "grade_groups").rows


@lru_cache(maxsize=4096)
def grade_groups(score: str) -> tuple[str, ...]:
    """``3+4=7`` -> 2; ``7`` without its patterns -> 2 and 3; none where the score cannot be read."""
    total, pair = gleason(score), patterns(score)
    rows = [row for row in _ROWS if total in row["gleason"]]
    if pair is not None:
        rows = [row for row in rows if row.get("first_pattern", pair[0]) == pair[0]]
    return tuple(str(row["grade_group"]) for row in rows)


@lru_cache(maxsize=4096)
def with_score(group: str, score: str) -> str:
    """The stated grade group, and beside it what a stated score says otherwise: ``1`` and ``4+3`` are ``1 or 3``."""
    by_score = grade_groups(score)
    stated = grade(group)
    if stated is None:
        return " or ".join(by_score) or group
    own = f"{stated:g}"
    return own if not by_score or own in by_score else " or ".join((own, *by_score))
