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
}
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS |= {word: 10 * n for n, word in enumerate(_TENS, 3)} | {"no": 0, "none": 0, "a single": 1, "single": 1, "all": -1}
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
# "Thirty-three" is not three.
COUNT = (
    rf"(?:\d{{1,3}}|(?<![a-z][a-z]-)(?:zero|no|{_UNITS}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    rf"(?:twenty|{'|'.join(_TENS)})(?:[ -](?:{_UNITS}))?))"
)
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
