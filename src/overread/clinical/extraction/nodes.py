"""Lymph nodes involved and examined, as counted in the report; a total of its own words goes before single stations."""

from __future__ import annotations

import re

from .found import Finds, Found
from .numbers import COUNT, count
from .sections import Layout, Section

_RATIO = re.compile(
    r"(?<![\d/.])(?P<positive>\d{1,3}|[oOlI])(?: ?/ ?| of )(?P<examined>\d{1,3})(?![\d/]|\.\d|[ -]?(?:cm|mm|%|hpf|high))"
)
_OF = re.compile(
    rf"of (?:a total of )?(?P<examined>{COUNT})(?: ?\(\d{{1,3}}\))? "
    r"(?:[a-z\-]+ ){0,3}?(?:lymph ?)?nodes?\b"
)
_BEFORE_OF = re.compile(rf"\b(?P<positive>{COUNT}|[il])(?: ?\(\d{{1,3}}\))?(?: out)? $")
_EXAMINED = re.compile(
    r"(?:number of (?:regional )?(?:lymph )?nodes? (?:examined|sampled|identified|submitted)|(?:total )?number (?:of nodes )?examined|total nodes examined|"
    rf"nodes examined(?: ?\(total\))?|number of (?:regional )?lymph nodes)(?: ?\(total\))?[ :=\n]{{1,4}}(?P<n>{COUNT})\b(?!\.\d)"
)
_POSITIVE = re.compile(
    r"(?:number (?:of )?(?:regional )?(?:(?:lymph )?nodes? )?(?:involved|positive|with metasta\w+)(?: ?\(any size\))?|number of positive (?:lymph )?nodes|"
    rf"nodes? positive|positive nodes|number with metastas[ei]s|(?:lymph )?nodes involved)(?: by tumou?r| by carcinoma)?[ :=\n]{{1,4}}(?P<n>{COUNT})\b(?!\.\d)"
)
_TOTAL = re.compile(r"total|summary|regional|pn\d? ?\(?$|pn[0-3xo][a-c]? ?\(?$")
_MAX_NODES = 250


def read(layout: Layout) -> Finds:
    low = layout.low
    if "node" not in low and "pn" not in low:
        return
    for match in _RATIO.finditer(low):
        if _about_nodes(layout, match):
            yield from _pair(layout, match["positive"], match["examined"], match.start(), match.end(), "nodes_ratio")
    for match in _OF.finditer(low):
        if before := _BEFORE_OF.search(low, max(0, match.start() - 30), match.start()):
            yield from _pair(layout, before["positive"], match["examined"], before.start(), match.end(), "nodes_of")
    for field, pattern in (("nodes_examined", _EXAMINED), ("nodes_positive", _POSITIVE)):
        for match in pattern.finditer(low):
            if count(match["n"]) <= _MAX_NODES and layout.section(match.start()) is not Section.GROSS:
                yield Found(field, count(match["n"]), match.start(), match.end(), "nodes_labelled", None, 1)


def _about_nodes(layout: Layout, match: re.Match[str]) -> bool:
    before = layout.low[max(0, match.start() - 110) : match.start()]
    beside = layout.low[match.end() : match.end() + 25]
    return (
        "node" in before or "node" in beside or bool(re.search(r"pn[0-3xol][a-c]? ?\(?$", before))
    ) and "gleason" not in before[-30:]


def _pair(layout: Layout, first: str, second: str, start: int, end: int, rule: str) -> Finds:
    """Involved and examined of one statement, unless they cannot be counts of nodes."""
    positive = {"o": 0, "l": 1, "i": 1}[first] if first in "oli" else count(first)
    examined = count(second)
    section = layout.section(start)
    if not 0 <= positive <= examined <= _MAX_NODES or examined == 0 or section in (Section.HISTORY, Section.GROSS):
        return
    total = _TOTAL.search(layout.low, max(0, start - 60), start)
    about = None if total else layout.specimen(start)
    rank = 0 if total else 2
    yield Found("nodes_positive", positive, start, end, rule, about, rank)
    yield Found("nodes_examined", examined, start, end, rule, about, rank)
