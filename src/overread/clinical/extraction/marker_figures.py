"""Biomarkers that a report gives as a figure: percentages, scores, mutations per megabase. As printed, nothing rounded or worked out."""

from __future__ import annotations

import re

from .found import Finds, Found
from .sections import Layout

_PERCENT = {
    "ki67": re.compile(r"(?:ki-? ?67|mib ?-?1)[^%\n.;]{0,70}?(?<![\d<>≤≥~.\-])(?P<n>\d{1,3}(?:\.\d)?) ?%"),
    "pdl1": re.compile(
        r"pd-?l1(?![^%\n.;]{0,70}\b(?:ic|immune cells?)\b[^%\n.;]{0,20}%)(?P<score>[^%\n.;]{0,70}?)(?<![\d<>≤≥~.\-])(?P<n>\d{1,3}(?:\.\d)?) ?%"
    ),
}
# "< 1 %", "10-15 %": no figure of its own.
_BOUND = re.compile(r"(?:[<>≤≥~]|\d ?(?:-|to)|less than|more than|greater than|at least|up to|cutoff[^\d]{0,12}) ?$")
_COMBINED = re.compile(r"\bcps\b|combined positive")
_TMB = re.compile(r"(?:tmb|tumou?r mutational burden)[^\n.;\d]{0,30}(?P<n>\d{1,3}(?:\.\d)?) ?mut")
_ONCOTYPE = re.compile(
    r"(?:oncotype[^\n;]{0,40}?recurrence score|recurrence score)[^\d\n;]{0,15}(?P<n>\d{1,3})\b(?!\.\d|%)"
)
_CPS = re.compile(
    r"pd-?l1[^\n;]{0,80}?(?:\bcps\b|combined positive score)[^\d\n;<>≤≥~]{0,15}(?P<n>\d{1,3})\b(?![.\d%]| ?%)"
)
# "HER2 (IHC): 2+": the score is what the report says; what it stands for is not worked out.
_HER2_SCORE = re.compile(r"her[- ]?2[^\n.;]{0,40}?(?<![\d+])(?P<score>[0-3] ?\+|[01](?= ?(?:\n|$|[,;)]|\.\s)))")


def read(layout: Layout) -> Finds:
    low = layout.low
    if "%" in low:
        for field, pattern in _PERCENT.items():
            yield from _numbers(layout, field, pattern, 100)
    if "mut" in low:
        yield from _numbers(layout, "tmb", _TMB, 1000)
    if "cps" in low or "combined positive" in low:
        yield from _numbers(layout, "pdl1_cps", _CPS, 100)
    if "her" in low:
        yield from _her2_scores(layout)
    if "recurrence score" in low:
        yield from _numbers(layout, "oncotype_dx", _ONCOTYPE, 100)


def _numbers(layout: Layout, field: str, pattern: re.Pattern[str], most: int) -> Finds:
    for match in pattern.finditer(layout.low):
        before = layout.low[max(0, match.start("n") - 25) : match.start("n")]
        if field == "pdl1" and _COMBINED.search(match["score"]):
            continue
        if float(match["n"]) <= most and not _BOUND.search(before):
            yield Found(
                field, float(match["n"]), match.start(), match.end(), f"marker_{field}", layout.specimen(match.start())
            )


def _her2_scores(layout: Layout) -> Finds:
    for match in _HER2_SCORE.finditer(layout.low):
        score = match["score"].replace(" ", "")
        where = layout.specimen(match.start())
        yield Found("her2_score", score, match.start("score"), match.end("score"), "her2_score_printed", where)
