"""The day on which a specimen was taken, as the report labels it."""

from __future__ import annotations

import re

from .found import Finds, Found
from .occurrences import matches, occurrences
from .printed_dates import PRINTED, iso
from .sections import Layout

_LABELLED = re.compile(
    rf"\b(?:(?:date|specimen)[ \t](?:of[ \t])?(?:collect(?:ed|ion)|obtained|procedure|surgery|operation|biopsy)|collect(?:ed|ion date)|date[ \t]taken)[ \t]*:[ \t]*(?P<date>{PRINTED})(?![\d/])"
)
_BEGINNING = 20_000


def _labels(low: str) -> list[int]:
    return occurrences(low[:_BEGINNING], ("date", "specimen", "collect"))


def read(layout: Layout) -> Finds:
    """The one labelled day; nothing where two labels differ."""
    found = [(match, iso(match["date"])) for match in matches(_LABELLED, layout.low, _labels(layout.low))]
    days = {day for _, day in found}
    if len(days) == 1 and (day := days.pop()):
        match = found[0][0]
        yield Found("specimen_collected", day, match.start("date"), match.end("date"), "collected_labelled")
