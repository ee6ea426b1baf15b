"""A stated grade group of prostate cancer beside a stated Gleason score: what the two leave open."""

from __future__ import annotations

from functools import lru_cache

from ..knowledge.grade_groups import grade_groups
from .reading import gleason, grade, patterns


@lru_cache(maxsize=4096)
def with_score(group: str, score: str) -> str:
    """The stated grade group, and beside it what a stated score says otherwise: ``1`` and ``4+3`` are ``1 or 3``."""
    pair = patterns(score)
    by_score = tuple(map(str, grade_groups(gleason(score), pair[0] if pair else None)))
    stated = grade(group)
    if stated is None:
        return " or ".join(by_score) or group
    own = f"{stated:g}"
    return own if not by_score or own in by_score else " or ".join((own, *by_score))
