"""What a report repeats: an earlier finding, or what another doctor had said before this reading."""

from __future__ import annotations

import re
from bisect import bisect_right

from .occurrences import matches, occurrences
from .sections import Layout, Section

_REPEATS = re.compile(
    r"\b(?:outside|submitt(?:ed|ing)|referr(?:ed|ing)|referral|contributor'?s?|original|initial|previous|prior|earlier|preoperative)"
    r"(?: (?!report\b)[a-z]{3,14}){0,2} (?:diagnos[ei]s|interpretation|impression|biops(?:y|ies)|pathology|cytology|resection|excision|specimen|report)\b"
    r"(?! (?:site|cavity|tract|changes?|scar))"
)
_ANCHORS = (
    "outside",
    "submitt",
    "referr",
    "contributor",
    "original",
    "initial",
    "previous",
    "prior",
    "earlier",
    "preop",
)
_REACH = 80  # characters after such words that are still of what they name
_SENTENCE_ENDS = re.compile(r"[.;\n]")


def repeated(layout: Layout, start: int) -> bool:
    """The words at ``start`` stand in the history, or after words such as "outside diagnosis" or "prior biopsy"."""
    if layout.section(start) is Section.HISTORY:
        return True
    ends = layout.once(_ends)
    before = bisect_right(ends, start) - 1
    if before < 0 or start - ends[before] > _REACH:
        return False
    return not _SENTENCE_ENDS.search(layout.low, ends[before], start)


def _ends(layout: Layout) -> list[int]:
    """Where each naming of an earlier or another's finding ends, in order."""
    return [match.end() for match in matches(_REPEATS, layout.low, occurrences(layout.low, _ANCHORS))]
