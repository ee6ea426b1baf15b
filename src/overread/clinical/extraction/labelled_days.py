"""The days that a report labels: when the specimen was taken, and when the report was written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .found import Finds, Found
from .occurrences import matches, occurrences
from .printed_dates import PRINTED, iso
from .sections import Layout

_DAY = rf"[ \t]*:[ \t]*(?P<date>{PRINTED})(?![\d/])"
_COLLECTED = re.compile(
    rf"\b(?:(?:date|specimen)[ \t](?:of[ \t])?(?:collect(?:ed|ion)|obtained|procedure|surgery|operation|biopsy)|collect(?:ed|ion date)|date[ \t]taken){_DAY}"
)
_WRITTEN = re.compile(
    r"(?:(?<![a-z][ \t])\bdate|\b(?:report(?:ed)?|visit|note|letter|consultation|dictat(?:ed|ion)|encounter)[ \t](?:date|on)|\breported|\bdictated|"
    rf"\bdate[ \t](?:of[ \t])?(?:the[ \t])?(?:report(?:ed)?|visit|note|letter|consult(?:ation)?|dictat(?:ed|ion)|encounter)){_DAY}"
)
_BEGINNING = 20_000


def _labels(low: str) -> list[int]:
    return occurrences(low[:_BEGINNING], ("date", "specimen", "collect"))


def _written(low: str) -> list[int]:
    return occurrences(
        low[:_BEGINNING], ("date", "report", "dictat", "visit", "note ", "letter ", "consult", "encounter")
    )


def read(layout: Layout) -> Finds:
    """Each one labelled day; nothing where two labels differ."""
    yield from _one("specimen_collected", matches(_COLLECTED, layout.low, _labels(layout.low)))
    yield from _one("report_date", matches(_WRITTEN, layout.low, _written(layout.low)))


def _one(field: str, labelled: Iterator[re.Match[str]]) -> Finds:
    found = [(match, iso(match["date"])) for match in labelled]
    days = {day for _, day in found}
    if len(days) == 1 and (day := days.pop()):
        match = found[0][0]
        yield Found(field, day, match.start("date"), match.end("date"), f"{field}_labelled")
