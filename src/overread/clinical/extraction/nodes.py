"""Lymph nodes involved and examined, as counted in the report; a total of its own words goes before single stations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .found import Finds, Found
from .numbers import COUNT, count
from .occurrences import around, occurrences
from .sections import Layout, Section

_RATIO = re.compile(
    r"(?<![\d/.])(?P<positive>\d{1,3}|[oOlI])(?: ?/ ?| of )(?P<examined>\d{1,3})(?![\d/]|\.\d|[ -]?(?:cm|mm|%|hpf|high))"
)
_FRACTION = re.compile(r"(?:/| of) ?\d")
_OF = re.compile(
    rf"of (?:a total of )?(?P<examined>{COUNT})(?: ?\(\d{{1,3}}\))? "
    r"(?P<kind>(?:[a-z\-]+ ){0,3}?)(?:lymph ?)?nodes?\b"
)
_BEFORE_OF = re.compile(rf"\b(?P<positive>{COUNT}|[il])(?: ?\(\d{{1,3}}\))?(?: out)? $")
# "Eight benign lymph nodes", "twelve lymph nodes, negative for malignancy", "no tumour in 12 lymph nodes".
_CLEAR = re.compile(
    rf"\b(?P<examined>{COUNT})(?: ?\(\d{{1,3}}\))? (?P<benign>benign |reactive |negative )?(?:[a-z\-]+ ){{0,2}}?(?:lymph ?)?nodes?\b"
    r"(?P<after>[ ,;:.\-\n]{1,4}(?:all |both |each )?(?:(?:are |is |were )?(?:negative\b|free of|benign\b|uninvolved)|"
    r"(?:with )?no (?:evidence|tumou?r|metasta|malignan|carcinoma|neoplas)|without (?:evidence|metasta)))?"
)
_NONE_IN = re.compile(
    r"(?:\bno |negative for |without |absence of )(?:evidence of )?(?:metasta\w+ )?(?:malignancy|carcinoma|tumou?r|neoplas\w+|metasta\w+|disease)"
    r"(?: (?:is |was )?(?:identified|seen|present|found|noted))? in (?:all |any of )?$"
)
_DENIED_KIND = re.compile(r"benign|negative|reactive|uninvolved")
_DENIED_AFTER = re.compile(r"[ ,]{0,2}(?:are |is |were |was )?(?:negative|free|benign|uninvolved|no )")
_FIGURE = rf"(?:[ :=\n]{{1,4}}|[ \t]{{1,60}})(?P<n>{COUNT}|[ilo](?![a-z]))\b(?!\.\d|/)"
_EXAMINED = re.compile(
    r"(?:number of (?:regional )?(?:lymph )?nodes? (?:examined|sampled|identified|submitted|found|retrieved|removed)|(?:total )?number (?:of nodes )?examined|"
    r"total (?:lymph )?nodes(?: examined)?|(?:lymph )?nodes? (?:examined|retrieved|sampled)(?: ?\(total\))?|number of (?:regional )?lymph nodes)(?: ?\(total\))?"
    + _FIGURE
)
_POSITIVE = re.compile(
    r"(?:number (?:of )?(?:regional )?(?:(?:lymph )?nodes? )?(?:involved|positive|with metasta\w+)(?: ?\(any size\))?|number of positive (?:lymph )?nodes|"
    r"nodes? (?:positive|with (?:metasta\w+|tumou?r))|positive (?:lymph )?nodes|number with metastas[ei]s|(?:lymph )?nodes involved)(?: by tumou?r| by carcinoma)?"
    + _FIGURE
)
# "Lymph nodes examined: 12; involved: 0"
_AND_INVOLVED = re.compile(
    rf"[;,. \n]{{1,4}}(?:number )?(?:involved|positive|with metastas[ei]s)(?P<by> by tumou?r)?{_FIGURE}"
)
_TOTAL = re.compile(
    r"total|summary|regional(?! (?:lymph node )?(?:dissection|resection|excision|biops|lymphadenectomy))|pn\d? ?\(?$|pn[0-3xo][a-c]? ?\(?$"
)
_SAME = 90  # characters
_MAX_NODES = 250
_GLYPHS = {"o": 0, "l": 1, "i": 1}


def read(layout: Layout) -> Finds:
    """A total is one that the report calls so, that stands alone in a form, or that the single groups add up to."""
    if "node" not in layout.low and "pn" not in layout.low:
        return
    pairs = [pair for pair in _pairs(layout) if pair is not None]
    labelled = list(_labelled(layout))
    totals = _totals([examined for _, examined in pairs])
    for pair in pairs:
        for found in pair:
            yield replace(found, rank=0, about=None) if pair[1].start in totals else found
    alone = {field: {f.value for f in labelled if f.field == field} for field in ("nodes_examined", "nodes_positive")}
    for found in labelled:
        yield replace(found, rank=0) if len(alone[found.field]) == 1 and _covers(found, pairs) else found


def _pairs(layout: Layout) -> Iterator[tuple[Found, Found] | None]:
    low = layout.low
    nodes = occurrences(low, ("node",))
    for match in around(_RATIO, low, (m.start() for m in _FRACTION.finditer(low)), 6, 16):
        if _about_nodes(layout, match):
            yield _pair(layout, match["positive"], match["examined"], match.start(), match.end(), "nodes_ratio")
    for match in _OF.finditer(low):
        denied = _DENIED_KIND.search(match["kind"]) or _DENIED_AFTER.match(low, match.end())
        if not denied and (before := _BEFORE_OF.search(low, max(0, match.start() - 30), match.start())):
            yield _pair(layout, before["positive"], match["examined"], before.start(), match.end(), "nodes_of")
    for match in around(_CLEAR, low, nodes, 110, 70):
        before_it = low[max(0, match.start() - 70) : match.start()]
        if before_it.endswith((" of ", "/")) or match["examined"] in ("no", "zero"):
            continue
        if match["benign"] or match["after"] or _NONE_IN.search(before_it):
            yield _pair(layout, "0", match["examined"], match.start(), match.end(), "nodes_clear")


def _labelled(layout: Layout) -> Finds:
    places = occurrences(layout.low, ("number", "node"))
    for match in around(_EXAMINED, layout.low, places, 20, 110):
        yield from _count(layout, "nodes_examined", match)
        if also := _AND_INVOLVED.match(layout.low, match.end()):
            yield from _count(layout, "nodes_positive", also)
    for match in around(_POSITIVE, layout.low, places, 20, 110):
        yield from _count(layout, "nodes_positive", match)


def _count(layout: Layout, field: str, match: re.Match[str]) -> Finds:
    number = _number(match["n"])
    if number <= _MAX_NODES and layout.section(match.start()) not in (Section.GROSS, Section.HISTORY):
        rule = "nodes_labelled" if field == "nodes_positive" else "nodes_labelled_examined"
        yield Found(field, number, match.start(), match.end(), rule, None, 1)


def _covers(found: Found, pairs: list[tuple[Found, Found]]) -> bool:
    """A labelled count that no single group exceeds."""
    side = 1 if found.field == "nodes_examined" else 0
    return all(int(str(pair[side].value)) <= int(str(found.value)) for pair in pairs)


def _totals(examined: list[Found]) -> set[int]:
    """Where the statement begins that the others add up to, said once or twice (diagnosis and form)."""
    counts = [(int(str(f.value)), f.start) for f in examined]
    # "Five lymph nodes, negative (0/5)" says the same twice.
    counts = [
        (n, at) for n, at in counts if not any(n == other and 0 < at - before < _SAME for other, before in counts)
    ]
    if len(counts) < 3 or any(f.rank == 0 for f in examined):
        return set()
    most = max(n for n, _ in counts)
    others = sum(n for n, _ in counts if n != most)
    return {start for n, start in counts if n == most} if others in (most, 2 * most) else set()


def _about_nodes(layout: Layout, match: re.Match[str]) -> bool:
    before = layout.low[max(0, match.start() - 110) : match.start()]
    beside = layout.low[match.end() : match.end() + 25]
    return (
        "node" in before or "node" in beside or bool(re.search(r"pn[0-3xol][a-c]? ?\(?$", before))
    ) and "gleason" not in before[-30:]


def _number(printed: str) -> int:
    return _GLYPHS[printed] if printed in _GLYPHS else count(printed)


def _pair(layout: Layout, first: str, second: str, start: int, end: int, rule: str) -> tuple[Found, Found] | None:
    """Involved and examined of one statement, unless they cannot be counts of nodes."""
    positive, examined = _number(first), count(second)
    section = layout.section(start)
    if not 0 <= positive <= examined <= _MAX_NODES or examined == 0 or section in (Section.HISTORY, Section.GROSS):
        return None
    total = _TOTAL.search(layout.low, max(0, start - 60), start)
    about = None if total else layout.specimen(start)
    rank = 0 if total else 2
    return (
        Found("nodes_positive", positive, start, end, rule, about, rank),
        Found("nodes_examined", examined, start, end, f"{rule}_examined", about, rank),
    )
