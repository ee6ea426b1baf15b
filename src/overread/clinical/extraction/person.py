"""Whom the report says it is about: name, date of birth, record number, sex and age. Redacted means None."""

from __future__ import annotations

import re
from datetime import date

from overread.clinical.record import Subject

from .found import Finds, Found
from .occurrences import around, occurrences
from .sections import Layout, layout

_AGE = re.compile(
    r"(?<![^\s(:,])(?P<a>\d{1,3})[ -]?(?:year|yr)s?[ -]?(?:old|of age)\b|(?<![^\s(:,])(?P<b>\d{1,3}) ?(?:y/o|yo\b|y\.o\.)|(?<!p )\bage(?:/sex)? ?: ?(?P<c>\d{1,3})(?: ?(?:years|yrs|y)\b|\b(?![./\d]))"
)
_SEX = re.compile(
    r"\b(?:sex|gender)[ :]{1,3}(?P<a>female|male|f|m)\b|(?:year|yr)s?[ -]old (?:[a-z\-]+ ){0,3}?(?P<b>female|male|woman|man|lady|gentleman)\b|(?:y/o|yo|y\.o\.) (?:[a-z\-]+ ){0,2}?(?P<c>female|male|woman|man|f|m)\b"
)
# "She has a 24-year-old son."
_RELATIVE = re.compile(
    r"[ -](?:\w+ )?(?:son|daughter|brother|sister|child|twins?|grandson|granddaughter|niece|nephew|cousin|wife|husband|mother|father)\b"
)
_WHO = ("year", "yr", "y/o", "yo", "y.o", "age", "sex", "gender")
_FEMALE = ("female", "f", "woman", "lady")
_NAME = re.compile(
    r"(?:patient(?:'s)? name|name of patient|patient|pt\. name|\bname)[ \t]*:[ \t]*(?P<name>[A-Z][A-Za-z'\-]*(?:(?:,? +|\^)[A-Z][A-Za-z'\-]*\.?){1,3})(?=[ \t]*(?:$|\n|[,;(]|  |\b(?:DOB|MRN|Sex|SEX|Age|AGE|Gender|Med|Date)))",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"(?:date of birth|birth ?date|d\.?o\.?b\.?|born)[ \t]*:?[ \t]*(?P<date>\d{4}-\d{2}-\d{2}|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}|\d{1,2} [a-z]{3,9}\.? \d{4}|[a-z]{3,9}\.? \d{1,2},? \d{4})"
)
_MRN = re.compile(
    r"(?:mrn|med(?:ical)?\.? ?rec(?:ord)?\.?(?: ?(?:#|no\.?|number))?|medical record (?:number|no\.?)|patient id|hospital (?:no|number))(?:[ \t]*[:#]{1,2}[ \t]*|[ \t](?=\d{4}))(?P<id>[A-Z0-9][A-Z0-9\-]{2,19})\b",
    re.IGNORECASE,
)
_REDACTED = re.compile(
    r"redact|xxx|\*\*|_{2,}|name|unknown|removed|anonym|deident|date|age|med\b|rec\b|dob|sex|gender|physician|location|address",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_NUMERIC = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$")
_DAY_MONTH = re.compile(r"(\d{1,2}) ([a-z]{3})[a-z]{0,9}\.? (\d{4})$")
_MONTH_DAY = re.compile(r"([a-z]{3})[a-z]{0,9}\.? (\d{1,2}),? (\d{4})$")


def read(source: Layout) -> Finds:
    places = occurrences(source.low, _WHO)
    for match in around(_AGE, source.low, places, 8, 45):
        age = int(match["a"] or match["b"] or match["c"])
        if 0 < age <= 120 and not _RELATIVE.match(source.low, match.end()):
            yield Found("age", age, match.start(), match.end(), "age_stated")
    for match in around(_SEX, source.low, places, 8, 110):
        word = match["a"] or match["b"] or match["c"]
        yield Found("sex", "female" if word in _FEMALE else "male", match.start(), match.end(), "sex_stated")


def subject(text: str, document: str = "") -> Subject:
    """The person as the report names them; what is redacted or not printed is None or empty.

    The key is the document's id: two reports are never taken for one person here (see ``record.identity``).
    Of a date of birth whose day and month could be either way round only the year is given.
    """
    source = layout(text[:20000])
    sexes = {str(f.value) for f in read(source) if f.field == "sex"}
    return Subject(
        key=document,
        name=_name(source),
        birth_date=_birth_date(source),
        sex=sexes.pop() if len(sexes) == 1 else None,
        identifiers=frozenset(_identifiers(source)),
    )


def _name(source: Layout) -> str | None:
    for match in _NAME.finditer(source.text):
        if not _REDACTED.search(match["name"]):
            return " ".join(match["name"].split())
    return None


def _birth_date(source: Layout) -> str | None:
    match = _BIRTH.search(source.low)
    if match is None:
        return None
    numeric = _NUMERIC.match(match["date"])
    return iso_date(match["date"]) or (numeric[3] if numeric and _could_be_a_day(numeric) else None)


def _could_be_a_day(printed: re.Match[str]) -> bool:
    return all(1 <= int(part) <= 12 for part in printed.groups()[:2])


def _identifiers(source: Layout) -> set[str]:
    return {
        m["id"]
        for m in _MRN.finditer(source.text)
        if any(c.isdigit() for c in m["id"]) and not _REDACTED.search(m["id"])
    }


def iso_date(printed: str) -> str | None:
    """A printed day as ISO 8601; None where it does not exist or day and month could be exchanged."""
    if match := _ISO.match(printed):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.match(printed):
        first, second, year = (int(part) for part in match.groups())
        if first <= 12 and second <= 12 and first != second:
            return None
        return _day(year, second, first) if first > 12 else _day(year, first, second)
    if match := _DAY_MONTH.match(printed):
        return _day(int(match[3]), _month(match[2]), int(match[1]))
    if match := _MONTH_DAY.match(printed):
        return _day(int(match[3]), _month(match[1]), int(match[2]))
    return None


def _month(name: str) -> int:
    return _MONTHS.index(name) + 1 if name in _MONTHS else 0


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
