"""Numbers as reports print them: words, OCR's split decimals ("5 .2"), centimetres and millimetres."""

from __future__ import annotations

import re

WORDS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"no": 0, "none": 0, "a single": 1, "single": 1, "all": -1}
COUNT = r"(?:\d{1,3}|zero|no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)"
LENGTH = r"(?:\d{1,3}(?: ?[.,] ?\d{1,2})?)"
UNIT = r"(?:cm|mm|centimet(?:er|re)s?|millimet(?:er|re)s?)\b"
_SEPARATOR = re.compile(r"[ -]")


def count(printed: str) -> int:
    """``14``, ``five``, ``twenty-one`` as a whole number."""
    if printed.isdigit():
        return int(printed)
    return sum(WORDS.get(part, 0) for part in _SEPARATOR.split(printed))


def millimetres(printed: str, unit: str) -> float:
    """``5 .2`` with ``cm`` is 52.0."""
    number = float(printed.replace(" ", "").replace(",", "."))
    return round(number * (10 if unit.startswith("c") else 1), 2)
