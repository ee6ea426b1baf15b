"""Which grade groups of prostate cancer a Gleason score stands for, by the rows of ``value_sets/grade_groups``."""

from __future__ import annotations

from .loader import load

_ROWS = load("value_sets", "grade_groups").rows


def grade_groups(score: float | None, first_pattern: int | None = None) -> tuple[int, ...]:
    """(7, 3) -> (2,); 7 without its more common pattern -> (2, 3); none for no score, or one that no row takes."""
    rows = [row for row in _ROWS if score in row["gleason"]]
    if first_pattern is not None:
        rows = [row for row in rows if row.get("first_pattern", first_pattern) == first_pattern]
    return tuple(row["grade_group"] for row in rows)
