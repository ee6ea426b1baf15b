"""What stands beside the name of a treatment: the day, cycles or dose, intent, place in the plan, line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from overread.clinical.record import Status

from .found import Found
from .printed_dates import DATE, iso
from .sections import Layout

_COUNT = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_AMOUNT = re.compile(
    rf"\b(?:{_COUNT} (?:more |additional |full |total )?(?:cycles?|courses?|fractions|treatments|doses)|cycles? #?{_COUNT}(?: of {_COUNT})?|x ?\d{{1,2}} ?(?:cycles|courses|doses)?|"
    rf"\d{{2,5}}(?:\.\d{{1,2}})? ?c?gy(?: in {_COUNT} ?(?:fractions|fx))?)\b"
)
_INTENT = re.compile(
    r"\b(?P<curative>curative|with intent to cure)\b|\b(?P<palliative>palliative|palliation)\b(?! care)|\b(?P<preventive>prophylactic|preventive)\b"
)
_PHASE = re.compile(
    r"\b(?P<neoadjuvant>neo-?adjuvant|pre-?operative(?=(?: \w+){0,2}$))|\b(?P<adjuvant>adjuvant)|\b(?P<concurrent>concurrent|concomitant)|\b(?P<maintenance>maintenance)|\b(?P<salvage>salvage)"
)
_LINE = re.compile(
    r"\b(?P<one>first|1st)[ -]line\b|\b(?P<two>second|2nd)[ -]line\b|\b(?P<three>third|3rd)[ -]line\b|\b(?P<four>fourth|4th)[ -]line\b"
)
_LINES = {"one": 1, "two": 2, "three": 3, "four": 4}
# "Paclitaxel x12 followed by surgery": the count is the one before's.
_NEXT_ONE = re.compile(r"\b(?:followed|then|and|before|after|with|plus)\b|[,;/+]")
# "Neoadjuvant AC-T followed by surgery": what stands before belongs to the one before, also where its name is not known.
_NEXT_STEP = re.compile(r"\b(?:followed by|(?:and )?then|before|after|prior to)\b")
_ENDED = re.compile(r"\b(?:complet(?:ed|ing|ion)|finish(?:ed|ing)|ended|ending|until|through|last)\b[^.;\n]{0,60}$")
_OPENS_WITH_DATE = re.compile(rf"^\s*(?:in|on|since|around|back in|by) ({DATE.pattern})")
_STOP = re.compile(r"[.;](?=\s)|\n\s*\n")
_SCHEDULE = (Status.GIVEN, Status.ONGOING, Status.STOPPED, Status.PLANNED)


def read(layout: Layout, start: int, end: int, neighbours: tuple[int, int], status: Status) -> Iterator[Found]:
    """Finds without a treatment yet. A day is handed over as ``on`` of a find without a field."""
    first, last = _clause(layout.low, start, end, neighbours)
    yield from _choices(layout.low, first, start, end, last)
    if amount := _amount(layout.low, first, start, end, last):
        yield Found("treatment_amount", layout.text[amount[0] : amount[1]], *amount, "treatment_amount_stated")
    if status in _SCHEDULE:
        yield from _day(layout.low, first, start, end, last)


def _clause(low: str, start: int, end: int, neighbours: tuple[int, int]) -> tuple[int, int]:
    """From the treatment named before to the one named after, inside the sentence."""
    first = max(neighbours[0], start - 120)
    for stop in _STOP.finditer(low, first, start):
        first = stop.end()
    stop_after = _STOP.search(low, end, min(neighbours[1], end + 100))
    return first, stop_after.start() if stop_after else min(neighbours[1], end + 100, len(low))


def _choices(low: str, first: int, start: int, end: int, last: int) -> Iterator[Found]:
    at = max(first, start - 45)
    at = max((match.end() for match in _NEXT_STEP.finditer(low, at, start)), default=at)
    near = low[at:end]
    for field, pattern in (("treatment_intent", _INTENT), ("treatment_phase", _PHASE), ("treatment_line", _LINE)):
        if match := pattern.search(near):
            name = match.lastgroup or ""
            value = _LINES[name] if field == "treatment_line" else name
            yield Found(field, value, at + match.start(), at + match.end(), f"{field}_stated")
    if match := re.search(r"\bwith (?:a )?(?P<i>curative|palliative) intent", low[end:last]):
        yield Found("treatment_intent", match["i"], end + match.start(), end + match.end(), "treatment_intent_stated")


def _amount(low: str, first: int, start: int, end: int, last: int) -> tuple[int, int] | None:
    after = _AMOUNT.search(low, end, last)
    before = [
        m for m in _AMOUNT.finditer(low, max(first, start - 40), start) if not _NEXT_ONE.search(low, m.end(), start)
    ]
    match = after or (before[-1] if before else None)
    return match.span() if match else None


def _near_date(low: str, end: int, last: int) -> re.Match[str] | None:
    """A date beyond the next item of a list is the other item's."""
    match = DATE.search(low, end, min(last, end + 60))
    return match if match and low.count(",", end, match.start()) < 2 else None


def _day(low: str, first: int, start: int, end: int, last: int) -> Iterator[Found]:
    """The first date after the name; else one that opens the sentence ("In 2015 she underwent …")."""
    after = _near_date(low, end, last)
    opening = _OPENS_WITH_DATE.match(low[first:start])
    if after and (day := iso(after[0])):
        if _ENDED.search(low[first : after.start()]):
            yield Found("treatment_ended", day, after.start(), after.end(), "treatment_ended_stated")
        else:
            yield Found("", day, after.start(), after.end(), "treatment_day", on=day)
    elif opening and (day := iso(opening[1])):
        yield Found("", day, first + opening.start(1), first + opening.end(1), "treatment_day", on=day)
