"""Laboratory values with their units, and PSA, each with the day that stands beside it."""

from __future__ import annotations

import re

from .found import Finds, Found
from .occurrences import beginning, matches, occurrences
from .printed_dates import PRINTED, iso
from .sections import Layout

_NAMES = (
    r"ha?emoglobin|hgb|ha?ematocrit|white (?:blood )?(?:cell )?count|wbc|platelets?(?: count)?|absolute neutrophil count|anc|creatinine|"
    r"(?:total )?bilirubin|alkaline phosphatase|alk phos|alt|ast|ldh|lactate dehydrogenase|albumin|(?:serum )?calcium|inr|"
    r"cea|ca ?-?125|ca ?19-9|ca ?15-3|ca ?27[.-]29|afp|alpha[ -]?fetoprotein|beta[ -]?hcg|b-?hcg|thyroglobulin|calcitonin|"
    r"free psa|psa density|psa(?! (?:density|velocity|free))|prostate[ -]specific antigen"
)
_UNIT = r"(?:ng|mcg|ug|µg|mg|g|gm|u|iu|miu|mmol|umol|µmol|pg|meq)/ ?(?:ml|dl|l|cc)|x ?10[\^*]?\d ?/ ?[uµ]?l|k/ ?[uµm]l|/ ?(?:mm3|cumm|ul|µl)|%"
_LINK = r"(?:[ \t]*(?:level|value|count|is|was|of|at|to|rose|up|down|had|been|has|currently|today|now|most|recent|latest|last|initial|elevated|normal|with|a|only|approximately|about|=|:|\(psa\)))"
_VALUE = re.compile(
    rf"\b(?P<name>{_NAMES})\b(?:{_LINK}|[ \t]*(?:\(|on|in|from|dated|drawn)[ \t]*(?P<before>{PRINTED})\)?,?){{0,6}}[ \t]*(?P<less>[<>]|less than|greater than)?[ \t]*"
    rf"(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}(?:\.\d{{1,3}})?)(?![\d/\-]|,\d|\.\d|(?:st|nd|rd|th|-?year| ?year| ?months?| ?weeks?| ?days?| ?times)\b)[ \t]*(?P<unit>{_UNIT})?"
    rf"(?:,?[ \t]*(?:on|in|from|dated|as of|\()[ \t]*(?P<after>{PRINTED}))?"
)
_STEMS = (
    "hemoglobin", "haemoglobin", "hgb", "hematocrit", "haematocrit", "white", "wbc", "platelet", "absolute neut", "anc", "creatinine", "total bili", "bilirubin",
    "alkaline", "alk phos", "alt ", "ast ", "ldh", "lactate", "albumin", "serum calc", "calcium", "inr", "cea", "ca 1", "ca 2", "ca-1", "ca1", "afp", "alpha",
    "hcg", "beta", "thyroglob", "calciton", "psa", "free psa", "prostate specific", "prostate-specific",
)  # fmt: skip
_PSA = ("psa", "prostate specific antigen", "prostate-specific antigen")
_PSA_UNITS = ("ng/ml", "ug/l", "µg/l", "mcg/l")  # the same amount by each of them
_YEAR = re.compile(r"(?:19|20)\d{2}")
_MOST = 60


def read(layout: Layout) -> Finds:
    """A PSA whose unit is printed is a number; without one, or "less than", it is kept in the words of the note."""
    found = 0
    starts = sorted({beginning(layout.low, at) for at in occurrences(layout.low, _STEMS)})
    for match in matches(_VALUE, layout.low, starts):
        if _YEAR.fullmatch(match["n"]) and not match["unit"]:
            continue  # "PSA in 2005" says a year and no value
        found += 1
        if found > _MOST:
            return
        yield _value(layout, match)


def _value(layout: Layout, match: re.Match[str]) -> Found:
    printed = match["before"] or match["after"]
    on = iso(printed) if printed else None
    unit, start, end = (match["unit"] or "").replace("/ ", "/"), match.start(), match.end()
    shown = layout.text[match.start("unit") : match.end("unit")] if unit else ""
    number = match["n"].replace(",", "")
    if match["name"] in _PSA and unit in _PSA_UNITS and not match["less"]:
        return Found("psa", float(number), start, end, "psa_stated", on=on)
    sign = {"less than": "<", "greater than": ">"}.get(match["less"] or "", match["less"] or "")
    text = f"{match['name']}: {sign}{number} {shown}".strip()
    return Found("lab", text, start, end, "lab_stated", on=on)
