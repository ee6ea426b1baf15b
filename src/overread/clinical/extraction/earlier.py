"""What a report repeats: an earlier finding, or what another doctor had said before this reading."""

from __future__ import annotations

import re

from .sections import Layout, Section

_REPEATS = re.compile(
    r"\b(?:outside|submitt(?:ed|ing)|referr(?:ed|ing)|referral|contributor'?s?|original|initial|previous|prior|earlier|preoperative)"
    r"(?: (?!report\b)[a-z]{3,14}){0,2} (?:diagnos[ei]s|interpretation|impression|biops(?:y|ies)|pathology|cytology|resection|excision|specimen|report)\b"
    r"(?! (?:site|cavity|tract|changes?|scar))[^.;\n]{0,80}$"
)
_REACH = 160


def repeated(layout: Layout, start: int) -> bool:
    """The words at ``start`` stand in the history, or after words such as "outside diagnosis" or "prior biopsy"."""
    if layout.section(start) is Section.HISTORY:
        return True
    return bool(_REPEATS.search(layout.low, max(0, start - _REACH), start))
