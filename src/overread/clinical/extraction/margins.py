"""Resection margins: involved, uninvolved or indeterminate, one fact a statement."""

from __future__ import annotations

import re

from .found import Finds, Found
from .negation import clause_after, clause_before
from .sections import Layout, Section

_MARGIN = re.compile(r"margins?\b(?: ?\(s\))?(?: status| of (?:surgical )?(?:resection|excision))?")
_INVOLVED = re.compile(
    r"(?<!not )(?<!un)(?<!un-)(?:\bpositive\b|\binvolved\b(?! by no)|(?:tumou?r|carcinoma) (?:is )?(?:present|extends|seen|identified) (?:at|to))"
)
_FREE = re.compile(
    r"\buninvolved|\bun-?involved|\bnegative|\bfree\b|\bclear\b|not involved|\bno (?:evidence of )?(?:invasive |residual |in situ )?"
    r"(?:tumou?r|carcinoma|malignan|neoplasm|dysplasia|melanoma)"
)
_DOUBT = re.compile(r"cannot be (?:assessed|determined|evaluated)|indeterminate|not (?:assessable|evaluable)")
_BEFORE_FREE = re.compile(
    r"(?:\bno (?:\w+ ){0,2}(?:tumou?r|carcinoma|melanoma|malignan\w+|neoplasm|dysplasia)(?: (?:is|seen|present|identified|extends?|extending)){0,2} (?:at|to)(?: the)?|free of [^.;\n]{0,30}|negative|uninvolved|clear|free)[ ,]{1,2}(?:\w+ ){0,3}$"
)
_BEFORE_INVOLVED = re.compile(
    r"(?:(?<!un)involve[sd]?(?: the)?|positive|(?:extends|present|tumou?r) (?:to|at)(?: the)?)[ ,]{1,2}(?:\w+ ){0,4}$"
)


def read(layout: Layout) -> Finds:
    if "margin" not in layout.low:
        return
    for match in _MARGIN.finditer(layout.low):
        section = layout.section(match.start())
        if section in (Section.HISTORY, Section.GROSS, Section.INTRAOPERATIVE):
            continue
        if said := _said(layout.low, match.start(), match.end()):
            state, start, end, rule = said
            yield Found("margin", state, start, end, rule, layout.specimen(match.start()))


def _said(low: str, start: int, end: int) -> tuple[str, int, int, str] | None:
    after = clause_after(low, end, 80)
    hits = [
        (m.start(), m.end(), state)
        for state, pattern in (("involved", _INVOLVED), ("uninvolved", _FREE), ("indeterminate", _DOUBT))
        if (m := pattern.search(after))
    ]
    if hits:
        _, stop, state = min(hits)
        return state, start, end + stop, "margin_after"
    before = clause_before(low, start, 60)
    for state, pattern in (("uninvolved", _BEFORE_FREE), ("involved", _BEFORE_INVOLVED)):
        if m := pattern.search(before):
            return state, start - len(before) + m.start(), end, "margin_before"
    return None
