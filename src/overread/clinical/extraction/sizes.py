"""Sizes in millimetres: the tumour's largest dimension, depth of invasion, Breslow thickness."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .found import Finds, Found
from .numbers import LENGTH, UNIT, millimetres
from .occurrences import around, occurrences
from .sections import Layout, Section

_DIMENSIONS = rf"(?P<numbers>{LENGTH}(?: ?(?:cm|mm)?\.? ?(?:x|by|×|\*) ?{LENGTH}){{0,2}}) ?(?P<unit>{UNIT})"
_TUMOUR = r"(?:tumou?r|mass|neoplasm|carcinoma|lesion|melanoma|malignancy)"
# Between the tumour and its measure, nothing else that could have one.
_PLAIN = r"(?:(?!invasion|attached|surround|adjacent|thickness|depth|\barea of|\btube|\bcuff|\bwall|\bcysts?\b|cystic)[^.\n;:\d]){0,40}?"
# rule, field, anchors of which one must occur, pattern. The most explicit way of saying it stands first.
_RULES: tuple[tuple[str, str, tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (rule, field, anchors, re.compile(pattern))
    for rule, field, anchors, pattern in (
        (
            "size_labelled",
            "tumor_size",
            ("size", "dimension", "diameter"),
            rf"(?:{_TUMOUR} size|size of (?:the )?(?:largest )?(?:invasive )?{_TUMOUR}|(?:greatest|maximum|largest) (?:tumou?r )?(?:dimension|diameter)s?)"
            rf"(?: of (?:the )?{_TUMOUR})?(?: ?\([^)\n]{{0,40}}\))?(?: is| was)?[ :;=\n\-]{{1,5}}(?:(?:greatest|maximum|largest) (?:dimension|diameter)s?[ :;=\n]{{1,4}})?"
            rf"(?:approximately |about |up to )?{_DIMENSIONS}",
        ),
        (
            "size_greatest",
            "tumor_size",
            ("greatest", "maxim", "largest", "max."),
            rf"{_DIMENSIONS}[ ,]{{1,2}}(?:in )?(?:its )?(?:greatest|maximum|maximal|largest|max\.?) (?:dimension|diameter|extent)",
        ),
        (
            "size_measures",
            "tumor_size",
            ("tumor", "tumour", "mass", "neoplasm", "carcinoma", "lesion"),
            rf"{_TUMOUR}{_PLAIN}(?:measur\w{{2,4}}|is|was)(?: approximately| about| up to)? {_DIMENSIONS}",
        ),
        (
            "depth_labelled",
            "depth",
            ("depth",),
            rf"depth(?: of (?:stromal |tumou?r )?(?:invasion|infiltration))?(?: is| was)?[ :;=\n\-]{{1,4}}(?:approximately |at least )?(?P<numbers>{LENGTH}) ?(?P<unit>{UNIT})",
        ),
        (
            "breslow_labelled",
            "breslow",
            ("breslow",),
            rf"breslow(?:'s)?(?: (?:thickness|depth|level|measurement))?(?: \([^)\n]{{0,30}}\))?(?: is| was| of)?[ :;=\n\-]{{1,4}}(?:approximately |at least )?(?P<numbers>{LENGTH}) ?(?P<unit>{UNIT})",
        ),
    )
)
_NUMBER = re.compile(LENGTH)
_DISTANCE = re.compile(
    rf"(?:,? (?:and )?{LENGTH} ?{UNIT}){{0,4}}"
    r"(?:\.?\s{0,3}(?:away\s)?(?:from|to)\b|\.?\s{0,3}(?:short\s)?of\s(?:the\s)?(?:closest|nearest))"
)
_SIDES = re.compile(
    r"(?:length|width)[^\n]{0,40}$"
)  # "length 5, width 4 and depth 0.3 cm": of the tumour, not how deep it goes
_NODE = re.compile(r"node|metast|margin|specimen|deposit")
# What a bare "3 cm in greatest dimension" is the dimension of: the last thing that was named in its clause.
_THING = re.compile(
    rf"(?P<tumour>(?:adeno)?{_TUMOUR}(?:es|s)?(?: (?:nodules?|focus|foci|size|bed))?|(?:nodules?|focus|foci) of (?:invasive )?{_TUMOUR})|"
    r"\b(?:nodules?|fragments?|pieces?|portions?|tissues?|cysts?|polyps?|stones?|calcul[iu]s?|implants?|aggregates?|cores?|clots?|cylinders?|ellipses?|adenomas?|fibroids?|leiomyomas?|diverticul\w+|defects?|glands?|nipple|skin)\b"
)
_CLAUSE = 140  # characters


def read(layout: Layout) -> Finds:
    for rank, (rule, field, anchors, pattern) in enumerate(_RULES):
        if places := occurrences(layout.low, anchors):
            yield from _sizes(layout, rule, field, around(pattern, layout.low, places, 60, 160), rank)


def _sizes(layout: Layout, rule: str, field: str, matches: Iterator[re.Match[str]], rank: int) -> Finds:
    for match in matches:
        section = layout.section(match.start())
        nearby = layout.low[max(0, match.start() - 60) : match.end()]
        nearby += layout.low[match.end() : match.end() + 20].partition("\n")[0]
        if section in (Section.HISTORY, Section.IMAGING) or (field == "tumor_size" and _NODE.search(nearby)):
            continue
        if field == "depth" and _SIDES.search(layout.low, max(0, match.start() - 60), match.start()):
            continue
        if _DISTANCE.match(layout.low, match.end()) or (
            rule == "size_greatest" and not _of_tumour(layout, match.start())
        ):
            continue
        value = max(millimetres(number, match["unit"]) for number in _NUMBER.findall(match["numbers"]))
        if 0 < value <= 600:
            penalty = 3 if section is Section.GROSS else 0
            yield Found(field, value, match.start(), match.end(), rule, layout.specimen(match.start()), rank + penalty)


def _of_tumour(layout: Layout, at: int) -> bool:
    before = layout.low[max(0, at - _CLAUSE) : at]
    clause = before[max(before.rfind(". "), before.rfind(".\n")) + 1 :]
    named = list(_THING.finditer(clause))
    return bool(named and named[-1]["tumour"])
