"""Histologic grade, Gleason score and grade group, as stated."""

from __future__ import annotations

import re

from . import imaging
from .earlier import repeated
from .found import Finds, Found
from .negation import Stance, stance
from .occurrences import around, occurrences
from .sections import Layout, Section

_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "il": 2,
    "ill": 3,
    "1i": 2,
    "11": 2,
    "lll": 3,
    "111": 3,
    "ll": 2,
    "l": 1,
    "lii": 3,
    "iil": 3,
    "1v": 4,
    "lv": 4,
}
_LEVEL = r"(?P<level>[1-4]|i{1,3}|iv|i?l{1,3}|11|111|1v)"
_GRADE = re.compile(
    r"(?:grad(?:e|ing)|differentiation)(?: ?\([^)\n]{0,25}\))?"
    rf"[ :;=.\-\n]{{1,4}}(?:g(?=[1-4i ]) ?|grade ?)?{_LEVEL}(?![\w%+]|\.\d| ?[+x]|:| ?, ?(?:mitos|necros))"
)
_G = re.compile(r"G(?<![A-Za-z0-9]G) ?([1-4]|IV|[Il]{2,3})(?![A-Za-z0-9]|\.\d|,? ?P ?\d)")  # G1 P1: pregnancies
_WORDS = re.compile(
    r"(?<!less )(?<!more )\b(?P<words>(?:(?:well|moderate(?:ly)?|poor(?:ly)?)(?:(?:,| ?-| to| and| ?/)? ?(?:to )?(?:moderately|poorly|well))?[ -]{1,2}differentiated|undifferentiated(?! (?:cells?|pleomorphic|sarcoma|round|spindle|uterine|endometrial))|"
    r"(?:high|low|intermediate)[ -]?grade))\b(?! (?:dysplasia|pin\b|prostatic intraep|squamous intraep|intraepithelial|adenoma|fever))"
)
# Another scale, or the grade of what has not become invasive.
_OF_ELSE = re.compile(r"gleason|\b[acpv]in\b|neoplasia\b|dysplasia")
_GLEASON = re.compile(
    r"(?:gleason|gleason's)[^\d\n]{0,40}?(?P<a>[3-5]) ?\+ ?(?P<b>[1-5])(?: ?(?:=|~|-|equals) ?(?P<sum>\d{1,2}))?|"
    r"gleason(?:'s)? (?:combined |total )?(?:score|grade|sum)?[ :=]{0,3}(?P<score>[5-9]|10)(?![\d+./]| ?\+)"
)
_PRIMARY = re.compile(
    r"primary (?:gleason )?(?:grade|pattern)[^\d\n]{0,20}(?P<a>[1-5])[^\d]{1,40}secondary (?:gleason )?(?:grade|pattern)[^\d\n]{0,20}(?P<b>[1-5])"
)
_GROUP = re.compile(
    r"(?:(?:prognostic |isup |who )?grade group|isup (?:grade|group))[ :=(]{1,3}(?P<group>[1-5])(?!\d|\.\d)"
)


def read(layout: Layout) -> Finds:
    low = layout.low
    if layout.once(imaging.is_report):
        return  # "high-grade stenosis"; and a picture has no grade
    if "grad" in low or "different" in low:
        yield from _grades(layout)
    for match in _G.finditer(layout.text):
        if _current(layout, match.start()):
            yield Found(
                "grade",
                _level(match[1]),
                match.start(),
                match.end(),
                "grade_g",
                layout.specimen(match.start()),
                _rank(layout, match.start(), 1),
            )
    if "gleason" in low:
        yield from _gleason(layout)
    if "grade group" in low or (
        "isup" in low and ("prostat" in low or "gleason" in low)
    ):  # the kidney has an ISUP grade too
        for match in _GROUP.finditer(low):
            where = "history" if repeated(layout, match.start()) else layout.specimen(match.start())
            rank = _rank_of_score(layout, match.start())
            yield Found(
                "grade_group", int(match["group"]), match.start(), match.end(), "grade_group_labelled", where, rank
            )


def _grades(layout: Layout) -> Finds:
    places = occurrences(layout.low, ("grad", "differentiat"))
    for match in around(_GRADE, layout.low, places, 0, 60):
        if _current(layout, match.start()) and not _OF_ELSE.search(layout.low, max(0, match.start() - 25), match.end()):
            yield Found(
                "grade",
                _level(match["level"]),
                match.start(),
                match.end(),
                "grade_labelled",
                layout.specimen(match.start()),
                _rank(layout, match.start(), 0),
            )
    for match in around(_WORDS, layout.low, places, 50, 60):
        if _current(layout, match.start()) and stance(layout, match.start(), match.end()) is Stance.AFFIRMED:
            words = " ".join(match["words"].replace("-", " ").split())
            yield Found(
                "grade",
                words,
                match.start(),
                match.end(),
                "grade_words",
                layout.specimen(match.start()),
                _rank(layout, match.start(), 2),
            )


def _current(layout: Layout, start: int) -> bool:
    return layout.section(start) is not Section.GROSS and not repeated(layout, start)


def _rank(layout: Layout, start: int, rank: int) -> int:
    """What was said over the frozen section comes last."""
    return rank + 4 * (layout.section(start) is Section.INTRAOPERATIVE)


def _level(printed: str) -> str:
    return f"G{printed if printed in ('1', '2', '3', '4') else _ROMAN.get(printed.lower(), 'X')}"


_OVERALL = re.compile(r"\b(?:overall|highest|worst|composite|global|final|dominant|index)\b[^.;\n]{0,40}$")


def _rank_of_score(layout: Layout, start: int) -> int:
    """The score of the whole case goes before those of its cores and nodules."""
    whole = layout.section(start) is Section.SYNOPTIC or _OVERALL.search(layout.low, max(0, start - 60), start)
    return 0 if whole else 1


def _gleason(layout: Layout) -> Finds:
    for match in _GLEASON.finditer(layout.low):
        old = repeated(layout, match.start())
        value = _sum(match["a"], match["b"]) if match["a"] else match["score"]
        about = "history" if old else layout.specimen(match.start())
        rank = 3 if old else _rank_of_score(layout, match.start())
        yield Found(
            "gleason", value, match.start(), match.end(), "gleason_sum" if match["a"] else "gleason_score", about, rank
        )
    for match in _PRIMARY.finditer(layout.low):
        yield Found(
            "gleason",
            _sum(match["a"], match["b"]),
            match.start(),
            match.end(),
            "gleason_patterns",
            layout.specimen(match.start()),
            _rank_of_score(layout, match.start()),
        )


def _sum(first: str, second: str) -> str:
    return f"{first}+{second}={int(first) + int(second)}"
