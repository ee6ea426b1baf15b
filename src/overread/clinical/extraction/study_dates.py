"""The day on which an imaging study was made, as its report labels it."""

from __future__ import annotations

import re

from .found import Finds, Found
from .person import iso_date
from .sections import Layout

_PRINTED = (
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}|\d{1,2} [a-z]{3,9}\.? \d{4}|[a-z]{3,9}\.? \d{1,2},? \d{4}"
)
_LABELLED = re.compile(
    r"\b(?:(?:exam(?:ination)?|study|scan|service)[ \t]date|date[ \t]of[ \t](?:the[ \t])?(?:exam(?:ination)?|study|scan|service))"
    rf"[ \t]*:[ \t]*(?P<date>{_PRINTED})\b"
)
_NUMERIC = re.compile(r"(?<![\d/.\-])(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})(?![\d/.\-])")
_BEGINNING = 20_000  # where a report names its study


def read(layout: Layout) -> Finds:
    """The one labelled day; nothing where two labels differ or day and month cannot be told apart."""
    beginning = layout.low[:_BEGINNING]
    found = [(match, _day(match["date"], beginning)) for match in _LABELLED.finditer(beginning)]
    days = {day for _, day in found}
    if found and len(days) == 1 and (day := days.pop()):
        match = found[0][0]
        yield Found("study_date", day, match.start("date"), match.end("date"), "study_date_labelled")


def _day(printed: str, text: str) -> str | None:
    """Where 03/04/2026 could be either, another date of the same report may show which way round it writes them."""
    match = _NUMERIC.fullmatch(printed)
    if match is None or max(int(match[1]), int(match[3])) > 12:
        return iso_date(printed)
    month_first = _month_first(text)
    if month_first is None:
        return iso_date(printed)
    month, day = (match[1], match[3]) if month_first else (match[3], match[1])
    return iso_date(f"{match[4]}-{int(month):02}-{int(day):02}")


def _month_first(text: str) -> bool | None:
    """None where no date shows it, or two dates show different ways."""
    pairs = [(int(m[1]), int(m[3])) for m in _NUMERIC.finditer(text)]
    shown = {second > 12 for first, second in pairs if (first > 12) != (second > 12) and min(first, second) <= 12}
    return shown.pop() if len(shown) == 1 else None
