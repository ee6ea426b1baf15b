"""Lesions of an imaging report: what, where, how large, on which day, and whether compared with a prior study."""

from __future__ import annotations

import re

from . import study_dates
from .found import Finds, Found
from .negation import Stance, stance
from .numbers import LENGTH, UNIT, millimetres
from .sections import Layout

_MODALITIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("PET/CT", re.compile(r"\bpet[ -/]?ct\b")),
    ("CT", re.compile(r"\bct\b|computed tomograph|\bcat scan")),
    ("MR", re.compile(r"\bmri?\b|magnetic resonance")),
    ("MG", re.compile(r"mammogra")),
    ("US", re.compile(r"ultraso(?:und|nograph)")),
    ("CR", re.compile(r"chest x-?ray|radiograph")),
    ("NM", re.compile(r"bone scan|scintigra")),
)
_IS_IMAGING = re.compile(
    r"\bimpression\s?:|\bfindings\s?:|\btechnique\s?:|\bexam(?:ination)?\s?:|\bcomparison\s?:|\bradiograph|\bsignal intensit"
)
_OF_PATHOLOGY = (
    "gross descri",
    "surgical pathology",
    "specimen",
    "formalin",
    "microscopic descri",
    "paraffin",
    "frozen section",
)
_LESION = re.compile(
    r"\b(?:(?:pulmonary|lung|hepatic|liver|renal|solid|enhancing|spiculated|cystic|hypodense|soft tissue|calcified|ill-defined|necrotic|large|small|solitary|dominant) ){0,3}"
    r"(?:nodules?|mass(?:es)?|lesions?|opacit(?:y|ies)|lymphadenopathy|adenopathy|metasta(?:sis|ses)|tumou?rs?|infiltrates?|effusions?|calcifications?)\b"
)
_SIZE = re.compile(rf"(?P<numbers>{LENGTH}(?: ?(?:cm|mm)? ?(?:x|by|×) ?{LENGTH}){{0,2}})[ -]?(?P<unit>{UNIT})")
_NUMBER = re.compile(LENGTH)
_PLACE = re.compile(
    r"\b(?:(?:left|right|bilateral|anterior|posterior|medial|lateral|superior|inferior|apical|basal) ){0,3}(?:(?:upper|lower|middle) (?:lobe|lung|pole)|lingula|hilum|hilar region|mediastin\w+|"
    r"lung apex|lung base|lobe of (?:the )?liver|hepatic (?:lobe|dome)|liver|kidney|pancrea\w+|adrenal(?: gland)?|breast|thyroid(?: lobe)?|prostate|bladder|ovary|adnexa|(?:frontal|temporal|parietal|occipital) lobe|"
    r"cerebell\w+|brainstem|spine|vertebra\w*|axilla|retroperitoneum|pelvis|colon|rectum|femur|rib|lung|brain|segment (?:[1-8]|[iv]{1,4}))\b"
)
_CHANGE = re.compile(
    r"(?:interval (?:increase|decrease|growth|change|enlargement)|unchanged|stable (?:in size|since|compared)|(?:increased|decreased|enlarged) (?:in size|since|from|compared)|new since|no (?:significant )?interval change)"
)
_SENTENCE = re.compile(r"[^.\n]{1,400}(?:\.(?=\d)[^.\n]{1,400}){0,6}")
_MOST = 40


def read(layout: Layout) -> Finds:
    """Nothing unless the text is an imaging report and not one of pathology."""
    low = layout.low
    if sum(word in low for word in _OF_PATHOLOGY) >= 2 or not _IS_IMAGING.search(low):
        return
    modality = _modality(low)
    if modality is None:
        return
    name, start, end = modality
    yield Found("modality", name, start, end, "modality_named")
    yield from study_dates.read(layout)
    lesions = 0
    for sentence in _SENTENCE.finditer(low):
        match = _LESION.search(low, sentence.start(), sentence.end())
        if match and stance(layout, match.start(), match.end()) is Stance.AFFIRMED and lesions < _MOST:
            lesions += 1
            yield from _lesion(layout, match, sentence.start(), sentence.end(), f"lesion:{lesions}")


def _modality(low: str) -> tuple[str, int, int] | None:
    hits = [(m.start(), name, m.end()) for name, pattern in _MODALITIES if (m := pattern.search(low))]
    if not hits:
        return None
    start, name, end = min(hits)
    return name, start, end


def _lesion(layout: Layout, match: re.Match[str], start: int, end: int, about: str) -> Finds:
    low = layout.low
    yield Found("finding", " ".join(match[0].split()), match.start(), match.end(), "lesion_named", about)
    if size := _SIZE.search(low, start, end):
        value = max(millimetres(n, size["unit"]) for n in _NUMBER.findall(size["numbers"]))
        if 0 < value <= 500:
            yield Found("lesion_size", value, size.start(), size.end(), "lesion_size", about)
    if place := _PLACE.search(low, start, end):
        yield Found("lesion_location", " ".join(place[0].split()), place.start(), place.end(), "lesion_place", about)
    if change := _CHANGE.search(low, start, end):
        yield Found("finding", " ".join(change[0].split()), change.start(), change.end(), "lesion_change", about)
