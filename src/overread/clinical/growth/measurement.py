"""One size of one lesion on one day, and whether two of them can be compared."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Measurement:
    """A diameter in mm or a volume in mm3 (one of the two), measured on a day.

    error: how far off it may be, either way, in the same unit; None where neither report nor scanner says.
    """

    on: date
    diameter_mm: float | None = None
    volume_mm3: float | None = None
    error: float | None = None

    @property
    def size(self) -> float | None:
        return self.volume_mm3 if self.diameter_mm is None else self.diameter_mm

    @property
    def dimensions(self) -> int:
        """3 for a diameter, whose cube grows with the volume; 1 for a volume."""
        return 1 if self.diameter_mm is None else 3


def refusal(first: Measurement, second: Measurement) -> str | None:
    """Why the two cannot be compared, or None."""
    for one in (first, second):
        if reason := _unusable(one):
            return reason
    if first.dimensions != second.dimensions:
        return "One size is a diameter and the other a volume; they cannot be compared."
    if second.on <= first.on:
        return "The second measurement is not later than the first."
    return None


def _unusable(one: Measurement) -> str | None:
    if (one.diameter_mm is None) == (one.volume_mm3 is None):
        return "A measurement needs either a diameter or a volume, and not both."
    if not _positive(one.size):
        return "A size must be greater than zero."
    if one.error is not None and not (math.isfinite(one.error) and one.error >= 0):
        return "A measurement error cannot be negative."
    return None


def _positive(size: float | None) -> bool:
    return size is not None and math.isfinite(size) and size > 0
