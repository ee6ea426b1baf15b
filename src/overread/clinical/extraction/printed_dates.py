"""Days, months and years as notes print them."""

from __future__ import annotations

import re

from .person import iso_date

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_YEAR = r"(?:19|20)\d{2}"
PRINTED = (
    rf"{_YEAR}-\d{{2}}-\d{{2}}|\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]{_YEAR}|\d{{1,2}} {_MONTH}\.? {_YEAR}|"
    rf"{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}|{_MONTH}\.?,?(?: of)? {_YEAR}|(?:0?[1-9]|1[0-2])/{_YEAR}|{_YEAR}-(?:0[1-9]|1[0-2])|{_YEAR}"
)
DATE = re.compile(rf"(?<![\d/.\-])(?:{PRINTED})(?![\d/\-])(?!\.\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_MONTH = re.compile(rf"({_MONTH})\.?,?(?: of)? ({_YEAR})")
_NUMBERED_MONTH = re.compile(rf"(\d{{1,2}})/({_YEAR})")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)")
_ALREADY = re.compile(rf"{_YEAR}(?:-\d{{2}})?")


def iso(printed: str) -> str | None:
    """``march 2018`` is 2018-03, ``2018`` itself; a day that could be two days is only its year."""
    if _ALREADY.fullmatch(printed):
        return printed
    if match := _NAMED_MONTH.fullmatch(printed):
        return f"{match[2]}-{_MONTHS.index(match[1][:3]) + 1:02}"
    if match := _NUMBERED_MONTH.fullmatch(printed):
        return f"{match[2]}-{int(match[1]):02}"
    return iso_date(_ORDINAL.sub("", printed)) or (printed[-4:] if printed[-4:].isdigit() else None)
