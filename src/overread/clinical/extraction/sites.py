"""Where the tumour began: the organ that the report's labels, operations and diagnoses agree on; else nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from overread.clinical.record import Icdo3Topography

from .found import Finds, Found
from .occurrences import around, occurrences
from .organs import NAMED_ONLY, ORGANS, SEARCHES
from .passages import Part, passages
from .sections import Layout, Section
from .tnm import of_further_tumours

_LABEL = re.compile(
    r"(?:tumou?r site|site of (?:tissue|tumou?r|primary)|primary (?:tumou?r )?site|tumou?r location|anatomic site|organ|carcinoma of (?:the )?|cancer of (?:the )?|primary)[^\n.;]{0,25}$"
)
_ORIGIN = re.compile(
    r"(?:carcinoma|tumou?r|cancer|neoplasm|malignancy|melanoma) (?:of|in|arising (?:in|from)) (?:the )?(?:[a-z]+ )?$"
)
_NOT_PRIMARY = re.compile(
    r"(?:lymph nodes?|metasta\w+ (?:to|in)|invades?|involv\w+|extend\w* (?:in)?to|adjacent|free of|no |margin|benign|unremarkable)[^\n.;:]{0,30}$"
)
_SUPPOSED = re.compile(
    r"\b(?:favou?r(?:s|ed|ing)?|possibl[ey]|probabl[ey]|suspected|presumed|likely|unknown) (?:an? |the )?(?:[a-z]+ )?$"
)
_MALIGNANT = re.compile(
    r"carcinoma|sarcoma|melanoma|glioma|glioblastoma|astrocytoma|malignan|lymphoma|stromal tumou?r|endocrine tumou?r|carcinoid|mesothelioma|seminoma"
)
# Said of an organ before any malignancy is named: the malignancy is another organ's.
_BENIGN_NEXT = re.compile(
    r"\b(?:no |not |negative|benign|unremarkable|free of|without|normal|atroph|physiologic|cystadenoma)"
)
# "Lung, wedge: metastatic melanoma": the organ holds a metastasis. "Consistent with lung primary": it is the origin.
_HOLDS_METASTASIS = re.compile(r"[^.\n]{0,60}[:\-]\s{0,5}[^.:]{0,25}\bmetasta(?:tic|sis|ses)\b(?! carcinoma in \d)")
_IS_ORIGIN = re.compile(r"(?:ic|ary|al)?,?\s(?:primary|origin)\b")
# A relative's tumour, what was taken out long ago, what was only asked: none says where this tumour began.
_OF_ELSE = (Part.FAMILY, Part.OPERATIONS, Part.ILLNESSES, Part.REVIEW, Part.SOCIAL)
_OF_RELATIVE = re.compile(
    r"\b(?:mother|father|sister|brother|aunt|uncle|cousin|grandmother|grandfather|daughter|son)s?\b[^.;:\n]{0,50}$"
)
_WINDOW = (45, 80)  # characters before and behind an anchor in which the organ's words stand
_REACH = 160  # characters after an organ's name in which its diagnosis stands
_ENOUGH = 4
_ENOUGH_ALONE = 3  # where no other organ has more than a third of the weight
_CLEAR_OF = 0.9  # the second organ has at most this share of the first one's weight
# What a histology alone says of the organ it began in, wherever it was found.
_IMPLIED = re.compile(
    r"glioma|glioblastoma|astrocytoma|oligo|renal cell|hepatocellular|prostatic adeno|ph[a]?eochromo|adrenal cortical|urothelial|transitional"
)
# Organs that an operation on another one takes along, mostly without a tumour of their own.
_TAKEN_ALONG = (
    (re.compile(r"cystectomy|cysto-?prostatectomy|bladder ?(?:,|and|&) ?prostate"), "prostate", 0.4),
    (re.compile(r"laryngectomy"), "thyroid", 0.5),
    (re.compile(r"squamous"), "ovary", 0.4),
)
# What the description of the specimen adds at most: organs taken along are measured and sampled at length there.
_DESCRIBED = (Section.GROSS, Section.INTRAOPERATIVE)
_DESCRIBED_MOST = 2.0
_HEAD = re.compile(
    r"(?:^|\n)[ \t*#>\-]{0,6}(?:(?:part |specimen )?#?\(?[a-z\d]{1,2}[).:] ?)?(?:the )?(?:left |right |distal |proximal )?$"
)
_OPERATION = {"ovary": 1.5}  # weight of an operation by the organ it takes out; the ovaries go with the womb
# A name for the whole, and its parts: where parts compete, the whole is named.
_PARTS = {
    "colon": ("caecum", "ascending colon", "transverse colon", "descending colon", "sigmoid colon"),
    "oral cavity": ("tongue", "floor of mouth", "gum"),
}
_NUMBER = {name: number for number, (name, _, _, _) in enumerate(ORGANS)}
_WHOLE = {_NUMBER[part]: _NUMBER[whole] for whole, parts in _PARTS.items() for part in parts}


def read(layout: Layout) -> Finds:
    scores: dict[int, float] = defaultdict(float)
    best: dict[int, tuple[float, int, int]] = {}
    described: dict[int, float] = defaultdict(float)
    further = of_further_tumours(layout)
    for organ, start, end, base in _mentions(layout.low):
        if further and layout.specimen(start) in further:
            continue
        weight = _weight(layout, start, end, base, organ in NAMED_ONLY)
        if layout.section(start) in _DESCRIBED:
            weight = min(weight, _DESCRIBED_MOST - described[organ])
            described[organ] += weight
        scores[organ] += weight
        if weight > best.get(organ, (0.0, 0, 0))[0]:
            best[organ] = (weight, start, end)
    for operation, name, share in _TAKEN_ALONG:
        if _NUMBER[name] in scores and operation.search(layout.low):
            scores[_NUMBER[name]] *= share
    origin = _clear({organ: score for organ, score in scores.items() if organ in best})
    if origin is not None:
        places = [best[organ] for organ in best if origin in (organ, _WHOLE.get(organ))]
        yield from _facts(origin, max(places, key=lambda place: place[0]))


def _clear(scores: dict[int, float]) -> int | None:
    """The organ that stands clear of all others; a whole where only its parts compete; None where it is open."""
    leader = _leader(scores)
    if leader is not None:
        return leader
    joined: dict[int, float] = defaultdict(float)
    for organ, score in scores.items():
        joined[_WHOLE.get(organ, organ)] += score
    return _leader(joined)


def _leader(scores: dict[int, float]) -> int | None:
    """What is said of the whole counts for its leading part."""
    counted = dict(scores)
    for whole in set(_WHOLE.values()) & set(counted):
        parts = [organ for organ in counted if _WHOLE.get(organ) == whole]
        if parts:
            counted[max(parts, key=lambda organ: counted[organ])] += counted.pop(whole)
    order = sorted(counted, key=lambda organ: -counted[organ])
    first, second = (counted[order[at]] if at < len(order) else 0.0 for at in (0, 1))
    enough = _ENOUGH if 3 * second > first else _ENOUGH_ALONE
    return order[0] if first >= enough and second <= _CLEAR_OF * first else None


def _mentions(low: str) -> Iterator[tuple[int, int, int, float]]:
    for organ, anchors, words, operations in SEARCHES:
        if places := occurrences(low, anchors):
            yield from ((organ, m.start(), m.end(), 1.0) for m in around(words, low, places, *_WINDOW))
            if operations:
                weight = _OPERATION.get(ORGANS[organ][0], 4.0)
                yield from ((organ, m.start(), m.end(), weight) for m in around(operations, low, places, *_WINDOW))


def _weight(layout: Layout, start: int, end: int, base: float, named_only: bool) -> float:
    """How much a mention says about the origin: labels and headings of malignant specimens most, gross text least."""
    low = layout.low
    section = layout.section(start)
    before = low[max(0, start - 60) : start]
    if (
        _SUPPOSED.search(before[-35:])
        or _NOT_PRIMARY.search(before)
        or (_HOLDS_METASTASIS.match(low, end) and not _IMPLIED.match(low, start))
    ):
        return 0.0
    if layout.once(passages).at(start) in _OF_ELSE or _OF_RELATIVE.search(before):
        return 0.0
    if named_only and not (_LABEL.search(before) or _ORIGIN.search(before) or _HEAD.search(before)):
        return 0.0
    weight = base
    if _LABEL.search(before) or _IS_ORIGIN.match(low, end):
        weight += 8
    elif _ORIGIN.search(before):
        weight += 4
    if section in (Section.DIAGNOSIS, Section.SYNOPTIC, Section.OTHER):
        weight += _diagnosed(low, start, end)
    return weight * {Section.HISTORY: 0.7, Section.GROSS: 0.4, Section.INTRAOPERATIVE: 0.5, Section.IMAGING: 0.4}.get(
        section, 1.0
    )


def _diagnosed(low: str, start: int, end: int) -> float:
    """More where the organ's line goes on to a malignancy, or the words themselves are one; nothing where it is benign."""
    if _IMPLIED.match(low, start):
        return 2.0
    malignant, benign = _MALIGNANT.search(low, end, end + _REACH), _BENIGN_NEXT.search(low, end, end + _REACH)
    return 2.0 if malignant and not (benign and benign.start() < malignant.start()) else 0.0


def _facts(organ: int, place: tuple[float, int, int]) -> Finds:
    name, code, _, _ = ORGANS[organ]
    _, start, end = place
    yield Found("site", name, start, end, "site_weighed")
    yield Found("site_code", Icdo3Topography(code), start, end, "site_weighed_code")
