"""Specimens, operations and the side they were taken from."""

from __future__ import annotations

import re

from .earlier import repeated
from .found import Finds, Found
from .occurrences import around, matches, occurrences
from .passages import Part, passages
from .sections import Layout, Section

_PROCEDURE = re.compile(
    r"\b(?:(?:radical|partial|total|subtotal|simple|modified radical|segmental|wedge|excisional|incisional|core(?: needle)?|fine needle|punch|shave|"
    r"right|left|bilateral|low anterior|abdominoperineal|laparoscopic|robotic|wide local|sentinel|selective|neck|pelvic|axillary|supracervical|completion|distal|"
    r"stereotactic|endoscopic|transurethral|open) ?(?:lymph node )?){0,3}"
    r"(?:[a-z]{3,24}ectomy|biops(?:y|ies)|lobectomy|excision|resection|dissection|curettage|whipple(?: procedure)?|craniotomy|lumpectomy|turbt)\b"
)
_SIDE = re.compile(r"(?<![a-z])(left|right|bilateral)\b(?! (?:upper|lower|lateral) (?:quadrant|margin))")
_LATERALITY = re.compile(r"(?:specimen )?(?:laterality|side)[ :\n]{1,3}(left|right|bilateral|midline)\b")
_PAIRED = re.compile(
    r"kidney|nephrectomy|breast|mastectomy|lumpectomy|lung\b|ovary|testis|orchiectomy|adrenal|tonsil|tongue|glossectomy|buccal|frontal|temporal|"
    r"parietal|occipital|brain|thyroid|vocal cord|floor of mouth|renal|(?<!lymph )neck"
)
# "Right adrenal gland: no significant change": a side, and not the tumour's.
_BENIGN = re.compile(
    r"[^a-z]{1,4}(?:[a-z,\"' -]{0,60}[:;.\n]\s{0,3}(?:- ?)?)(?:no |not |negative|benign|unremarkable|free of|normal|nodular (?:goiter|hyperplasia)|reactive|hemorrhagic corpus)"
)
_MAX_PROCEDURES = 12
# Of every operation one word.
_OPERATIONS = ("ectomy", "biops", "excision", "resection", "dissection", "curettage", "whipple", "craniotomy", "turbt")


def read(layout: Layout) -> Finds:
    yield from _specimens(layout)
    yield from _procedures(layout)
    yield from _sides(layout)


def _specimens(layout: Layout) -> Finds:
    seen: set[str] = set()
    for match in layout.specimen_headings:
        if match["label"] not in seen and match["line"].strip():
            seen.add(match["label"])
            value = " ".join(match["line"].split())
            yield Found(
                "specimen",
                value,
                match.start("line"),
                match.end("line"),
                "specimen_heading",
                f"specimen:{match['label']}",
            )


def _procedures(layout: Layout) -> Finds:
    seen: set[str] = set()
    for match in around(_PROCEDURE, layout.low, occurrences(layout.low, _OPERATIONS), 110, 25):
        name = " ".join(match[0].split())
        section = layout.section(match.start())
        if name in seen or section is Section.GROSS or len(seen) >= _MAX_PROCEDURES:
            continue
        if layout.once(passages).at(match.start()) is Part.PLAN:
            continue  # planned, not done: read as a treatment
        seen.add(name)
        old = repeated(layout, match.end())
        yield Found(
            "procedure",
            name,
            match.start(),
            match.end(),
            "procedure_named",
            "history" if old else layout.specimen(match.start()),
            2 * old,
        )


def _sides(layout: Layout) -> Finds:
    for match in _LATERALITY.finditer(layout.low):
        yield Found(
            "laterality", match[1], match.start(1), match.end(1), "laterality_labelled", layout.specimen(match.start())
        )
    for match in matches(_SIDE, layout.low, occurrences(layout.low, ("left", "right", "bilateral"))):
        section = layout.section(match.start())
        if section not in (Section.DIAGNOSIS, Section.SYNOPTIC, Section.OTHER):
            continue
        line = layout.low[max(0, match.start() - 30) : match.end() + 35].split("\n")
        if any(_PAIRED.search(part) for part in line if match[1] in part) and not _BENIGN.match(
            layout.low, match.end()
        ):
            yield Found(
                "laterality",
                match[1],
                match.start(1),
                match.end(1),
                "laterality_beside_organ",
                layout.specimen(match.start()),
                1,
            )
