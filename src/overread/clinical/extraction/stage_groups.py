"""Stage group, edition of the staging manual, basis of the stage, and the protocol that the report names."""

from __future__ import annotations

import re

from .found import Finds, Found
from .occurrences import around, occurrences
from .sections import Layout, Section
from .tnm import historic
from .tnm_tokens import groups

_STAGE = re.compile(
    r"(?:(?P<figo>figo) )?(?:(?P<basis>pathologic(?:al)?|clinical|figo|ajcc|overall|anatomic|prognostic|uicc) )?stage(?: group(?:ing)?)?"
    r"(?: \([^)\n]{0,25}\))?(?: is)?[ :=]{1,3}(?:figo )?(?:stage )?(?P<group>0|[il1]{1,3}v?|i?v|1v|ll?v)(?P<letter> ?[abc][1-3]?)?(?![a-z0-9/+]|[.,]\d)"
)
_GROUPS = {"0": "0", "i": "I", "l": "I", "1": "I", "v": "", "iv": "IV", "1v": "IV", "lv": "IV"}
_EDITION = re.compile(
    r"(?P<n>[4-9])(?:th|st|'h|\"|lh)? ?(?:ed\b|edition)|(?:ajcc|uicc|a[j\]]cc)[^\n\d]{0,30}(?P<m>[4-9])(?:th|lh)\b|"
    r"(?P<word>sixth|seventh|eighth|ninth|fifth) edition|(?:ajcc|uicc|tnm)[ ,(]{1,3}(?:version |staging )?(?P<year>1997|2002|2010|2017)\b|(?P<v>version [89])(?= ajcc)|"
    r"\b(?:ajcc|uicc)(?:/uicc|/ajcc)?[ ,]{0,2}(?:version |v\.? ?)?(?P<bare>[6-9])(?= ?(?:[)\]:,;\n]|ed|p?t[0-4x]|stage|$))"
)
# What stands in every naming of an edition; "7th ed" is found by what may stand between the figure and "ed".
_MANUALS = (
    "edition",
    "ajcc",
    "ajjcc",
    "aj]cc",
    "a]cc",
    "uicc",
    "tnm",
    " ed",
    *(f"{before}ed" for before in ("th", "st", "lh", "'h", '"', *"456789")),
)
_PROTOCOLS = ("college of", "cap ", "cap/", "rcpath", "iccr", "who ", "who/", "isup")
_WORD = {"fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9"}
# The reports themselves print number and year together ("AJCC 6th edition, 2002", "7th edition, 2010").
_YEAR = {"1997": "5", "2002": "6", "2010": "7", "2017": "8"}
_PROTOCOL = re.compile(
    r"college of american pathologists|\bcap\b (?:cancer )?(?:protocol|checklist|synoptic|template|approved)|rcpath|royal college of pathologists|"
    r"\biccr\b|who (?:classification|20\d\d)(?: \(?(?:19|20)\d\d\)?)?|who/isup(?: \d{4})?|isup 20\d\d|cap/ajcc"
)
_STAGING_NEAR = re.compile(r"ajcc|uicc|tnm|stag|pt\d|a[j\]]cc|cancer")


def read(layout: Layout) -> Finds:
    low = layout.low
    if "stage" in low:
        yield from _stage_groups(layout)
    if "edition" in low or "ajcc" in low or "uicc" in low or "tnm" in low or " ed" in low:
        yield from _editions(layout)
    named = any(word in low for word in ("pathologists", "cap ", "cap/", "rcpath", "iccr", "who ", "who/", "isup"))
    for match in around(_PROTOCOL, low, occurrences(low, _PROTOCOLS), 20, 60) if named else ():
        yield Found("protocol", layout.text[match.start() : match.end()], match.start(), match.end(), "protocol_named")
    yield from _bases(layout)


def _stage_groups(layout: Layout) -> Finds:
    for match in around(_STAGE, layout.low, occurrences(layout.low, ("stage",)), 30, 110):
        value = _roman(match["group"])
        if value is None or _list(layout.low, match.end()) or _other_illness(layout.low, match.start(), match.end()):
            continue
        old = layout.section(match.start()) is Section.HISTORY or match["basis"] == "clinical"
        letter = (match["letter"] or "").strip().upper()
        about = "history" if old else layout.specimen(match.start())
        rank = 2 if old else 0
        yield Found("stage_group", value + letter, match.start(), match.end(), "stage_labelled", about, rank)


# Other illnesses have stages too.
_OTHER_ILLNESS = re.compile(
    r"[^.;\n]{0,30}(?:kidney disease|renal (?:disease|failure|insuff)|ckd|ulcer|decubit|wound|fibrosis|cirrhosis|copd|heart failure|retinopathy|brunt|metavir|ishak|batts|ludwig|scheuer|laennec)"
)
_WOUND_BEFORE = re.compile(
    r"(?:wound|ulcer|decubit\w{0,5}|ckd|kidney disease|hepatitis|fibrosis|cirrhosis|steatosis|inflammation|sarcoid\w*|endometriosis|prolapse|lymphedema)[^.;\n]{0,40}$"
)


def _list(low: str, end: int) -> bool:
    """ "stage I: tumour limited to ..." in a printed definition."""
    return bool(
        re.match(r"(?: ?[-:] ?|\s)(?:tumou?r (?:limited|invades|confined)|and stage|or stage)", low[end : end + 30])
    )


def _other_illness(low: str, start: int, end: int) -> bool:
    return bool(_OTHER_ILLNESS.match(low, end) or _WOUND_BEFORE.search(low, max(0, start - 60), start))


def _roman(printed: str) -> str | None:
    clean = printed.replace("l", "i").replace("1", "i")
    return clean.upper() if clean in ("0", "i", "ii", "iii", "iv") else None


def _editions(layout: Layout) -> Finds:
    for match in around(_EDITION, layout.low, occurrences(layout.low, _MANUALS), 45, 60):
        near = layout.low[max(0, match.start() - 80) : match.end() + 40]
        number = match["n"] or match["m"] or match["bare"]
        value = number or _WORD.get(match["word"] or "") or _YEAR.get(match["year"] or "") or (match["v"] or "")[-1:]
        if value and _STAGING_NEAR.search(near):
            yield Found("edition", value, match.start(), match.end(), "edition_named")


def _bases(layout: Layout) -> Finds:
    """The prefix printed before a T, as a fact of its own beside that T."""
    for group in groups(layout):
        token = group.t
        basis = {"y": "yp"}.get(token.basis or "", token.basis)
        if basis in ("c", "p", "yc", "yp", "r", "rp", "a"):
            old = historic(layout, token)
            yield Found("tnm_prefix", basis, token.start, token.end, "tnm_prefix", "history" if old else None, 2 * old)
