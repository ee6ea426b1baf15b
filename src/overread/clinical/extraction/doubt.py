"""Words of doubt in a diagnosis: what makes a second reading of the slides worth while."""

from __future__ import annotations

import re

from .found import Finds, Found
from .negation import DENIED_BEFORE, clause_before
from .occurrences import around, occurrences
from .sections import Layout, Section

_DOUBT = re.compile(
    r"\b(?:atypical(?! mitos)|atypia|cannot (?:be )?(?:entirely |completely |definitively )?(?:excluded?|ruled? out|determined?)|"
    r"can ?not (?:be )?(?:excluded?|ruled? out)|indefinite|indeterminate|inconclusive|equivocal|uncertain|undetermined|favou?r(?:s|ed|ing)?|"
    r"suspicious|suggestive of|borderline|low malignant potential|defer(?:red)?(?= to|\b)|difficult to (?:classify|determine|assess)|"
    r"at least (?:stage )?y?p?t ?[0-4][a-d]?|differential diagnosis|not diagnostic|non-?diagnostic|insufficient|questionable|possibl[ey]|cannot rule out|"
    r"consultation (?:is )?(?:recommended|requested)|expert (?:opinion|consultation)|second opinion)\b"
)
_ANCHORS = (
    "atypi",
    "cannot",
    "can not",
    "inde",
    "equivocal",
    "uncertain",
    "undeterm",
    "favo",
    "suspicious",
    "suggest",
    "borderline",
    "malignant potential",
    "defer",
    "difficult",
    "differential",
    "diagnostic",
    "insufficient",
    "question",
    "possib",
    "consult",
    "opinion",
    "inconclusive",
    "at least",
)
_WHERE = (
    Section.DIAGNOSIS,
    Section.COMMENT,
    Section.ADDENDUM,
    Section.MICROSCOPIC,
    Section.IMAGING,
    Section.SYNOPTIC,
    Section.OTHER,
)
_FORM = re.compile(r"(?:metasta\w+|nodes?|\(p?[tnm]\)|p[tnm]x?)[ :]{0,3}(?:distant metastasis )?$")
_MOST = 30


def read(layout: Layout) -> Finds:
    places = occurrences(layout.low, _ANCHORS)
    found = 0
    for match in around(_DOUBT, layout.low, places, 30, 70):
        before = clause_before(layout.low, match.start())
        if layout.section(match.start()) not in _WHERE or DENIED_BEFORE.search(before) or _of_a_category(layout, match):
            continue
        found += 1
        if found > _MOST:
            return
        start, end = match.start(), match.end()
        yield Found("ambiguity", layout.text[start:end], start, end, "doubt_word", layout.specimen(start))


def _of_a_category(layout: Layout, match: re.Match[str]) -> bool:
    """ "MX: cannot be determined" on a form is no doubt about the diagnosis."""
    if "determin" not in match[0]:
        return False
    return bool(re.search(r"metasta|pm|mx|nx|pn", layout.low[max(0, match.start() - 50) : match.start()]))
