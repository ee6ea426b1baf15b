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
    (
        "MR",
        re.compile(
            r"\bmri\b|\bmr\b(?!\.)(?= (?:of|with|without|brain|pelvis|abdomen|spine|breast|liver|prostate|imag|exam|scan|angio))|magnetic resonance"
        ),
    ),
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
# A doctor's note tells what the pictures showed; it is not their report.
_OF_A_VISIT = (
    "physical exam",
    "chief complaint",
    "review of systems",
    "past medical history",
    "vital signs",
    "history of present illness",
    "reason for consultation",
    "family history",
    "discharge",
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
    r"(?:interval (?:increase|decrease|growth|change|enlargement)|unchanged|stable (?:in size|since|compared)|(?:increased|decreased|enlarged) (?:in size|since|from|compared)|new since|no (?:significant )?interval change|\bunchanged\b|(?:is|are|remains?|appears?) stable\b|\bnew (?=\w+ ?(?:nodule|mass|lesion)))"
)
# "Previously 8 mm on 3/2/2024": the size of an earlier study, kept as words, never this study's size.
_PRIOR = re.compile(
    rf"(?:previously|formerly|prior(?:ly)?|compared (?:to|with)|was|from)(?: (?:measur\w+|size|study|exam(?:ination)?|about|approximately|of|at|:))*"
    rf"[ :,(]{{1,3}}{LENGTH}(?: ?(?:cm|mm)? ?(?:x|by|×) ?{LENGTH}){{0,2}}[ -]?{UNIT}(?: on \d{{1,4}}[/.\-]\d{{1,2}}[/.\-]\d{{1,4}})?"
)
# A size that is the scanner's or a distance.
_NOT_A_LESION = re.compile(r"(?:slice|section|collimation|thickness|interval|increment|distance|margin)[^.,;\n]{0,15}$")
_NOT_A_LESION_AFTER = re.compile(
    r"[ -]{0,2}(?:slice|section|thick|axial|interval|collimation|from|away|above|below|deep to|proximal|distal)"
)
# "The previously seen 8 mm nodule now measures 12 mm."
_SEEN_BEFORE = re.compile(r"\b(?:previous(?:ly)?|prior|formerly|known)\b[^,.;]{0,30}$")
_APART = re.compile(r"[,;]| and | with ")
_SENTENCE = re.compile(r"[^.\n]{1,400}(?:\.(?=\d)[^.\n]{1,400}){0,6}")
_OF_A_NUMBER = re.compile(r"-?\d{2,}")
_MOST = 40
_TITLE = 200  # characters in which a report names what it is


def is_report(layout: Layout) -> bool:
    """The text is an imaging report from its title on, and not a note or a pathology report that speaks of one."""
    return _kind(layout) is not None and _modality(layout.low[:_TITLE]) is not None


def _kind(layout: Layout) -> tuple[str, int, int] | None:
    of_else = max(sum(word in layout.low for word in words) for words in (_OF_PATHOLOGY, _OF_A_VISIT))
    if of_else >= 2 or not _IS_IMAGING.search(layout.low):
        return None
    return _modality(layout.low)


def read(layout: Layout) -> Finds:
    """Nothing unless the text is an imaging report."""
    low, modality = layout.low, _kind(layout)
    if modality is None:
        return
    name, start, end = modality
    yield Found("modality", name, start, end, "modality_named")
    yield from study_dates.read(layout)
    count = 0
    for sentence in _SENTENCE.finditer(low):
        lesions = [m for m in _LESION.finditer(low, sentence.start(), sentence.end()) if _affirmed(layout, m)]
        for at, match in enumerate(lesions[: _MOST - count]):
            before = lesions[at - 1].end() if at else sentence.start()
            after = lesions[at + 1].start() if at + 1 < len(lesions) else sentence.end()
            yield from _lesion(layout, match, before, after, f"lesion:{count + at + 1}")
        count += min(len(lesions), _MOST - count)


_GONE = re.compile(
    r"[^.;\n]{0,60}\b(?:resolved|no longer (?:\w+ )?(?:seen|visible|identified|present|evident)|disappeared)\b"
)


def _affirmed(layout: Layout, match: re.Match[str]) -> bool:
    gone = _GONE.match(layout.low, match.end())
    return not gone and stance(layout, match.start(), match.end()) is Stance.AFFIRMED


def _modality(low: str) -> tuple[str, int, int] | None:
    hits = [(m.start(), name, m.end()) for name, pattern in _MODALITIES if (m := _named(pattern, low))]
    if not hits:
        return None
    start, name, end = min(hits)
    return name, start, end


def _named(modality: re.Pattern[str], low: str) -> re.Match[str] | None:
    """Where it is named; the letters of an accession number ("CT-26-20418") name nothing."""
    return next((m for m in modality.finditer(low) if not _OF_A_NUMBER.match(low, m.end())), None)


def _lesion(layout: Layout, match: re.Match[str], before: int, after: int, about: str) -> Finds:
    """before, after: where the lesion named before it ends, and where the one named after it begins."""
    low = layout.low
    yield Found("finding", " ".join(match[0].split()), match.start(), match.end(), "lesion_named", about)
    priors = list(_PRIOR.finditer(low, match.end(), after))
    for prior in priors:
        yield Found("finding", " ".join(prior[0].split()), prior.start(), prior.end(), "lesion_prior", about)
    if size := _size(low, match, before, after, priors):
        value = max(millimetres(n, size["unit"]) for n in _NUMBER.findall(size["numbers"]))
        if 0 < value <= 500:
            yield Found("lesion_size", value, size.start(), size.end(), "lesion_size", about)
    if place := _PLACE.search(low, match.start(), after) or _PLACE.search(low, before, match.end()):
        yield Found("lesion_location", " ".join(place[0].split()), place.start(), place.end(), "lesion_place", about)
    if change := _CHANGE.search(low, match.start(), after) or _CHANGE.search(low, before, match.end()):
        yield Found("finding", " ".join(change[0].split()), change.start(), change.end(), "lesion_change", about)


def _size(
    low: str, lesion: re.Match[str], before: int, after: int, priors: list[re.Match[str]]
) -> re.Match[str] | None:
    """The size printed just before the lesion ("a 12 x 9 mm nodule"), else the first after it that is not the next one's."""
    ahead = [m for m in _SIZE.finditer(low, before, lesion.start()) if not _APART.search(low, m.end(), lesion.start())]
    if ahead and _of_a_lesion(low, ahead[-1]) and not _SEEN_BEFORE.search(low, before, ahead[-1].start()):
        return ahead[-1]
    for size in _SIZE.finditer(low, lesion.end(), after):
        next_ones = after < len(low) and low[after : after + 1].isalpha() and not _APART.search(low, size.end(), after)
        if not _of_a_lesion(low, size) or any(p.start() <= size.start() < p.end() for p in priors):
            continue
        return None if next_ones else size
    return None


def _of_a_lesion(low: str, size: re.Match[str]) -> bool:
    return not _NOT_A_LESION.search(low, max(0, size.start() - 40), size.start()) and not _NOT_A_LESION_AFTER.match(
        low, size.end()
    )
