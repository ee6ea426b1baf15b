"""How exactly a printed size can be meant: half of its last printed digit."""

from __future__ import annotations

import re

from ..record import Fact
from .case import number

_DECIMAL = re.compile(r"\d+(?:\.(\d+))?")
_PER_UNIT = {"cm": 10.0, "mm": 1.0}


def apart(a: Fact, b: Fact) -> bool:
    """No size that the one can mean is a size that the other can mean. Both are in mm."""
    return abs(number(a) - number(b)) > precision(a) + precision(b)


def precision(size: Fact) -> float:
    """mm: 9 mm may be anything from 8.5 to 9.5 mm, 1.2 cm from 11.5 to 12.5 mm. Without the words, by the number."""
    value, quote = number(size), (size.provenance.quote or "").lower()
    factor = next((_PER_UNIT[unit] for unit in _PER_UNIT if unit in quote), 1.0)
    for match in _DECIMAL.finditer(quote):
        if abs(float(match[0]) * factor - value) < 1e-6:
            return _half(match[1] or "", factor)
    return _half(f"{value:.6f}".rstrip("0").partition(".")[2], 1.0)


def _half(decimals: str, factor: float) -> float:
    return factor * 0.5 * 10.0 ** -len(decimals)
