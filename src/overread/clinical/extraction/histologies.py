"""What the tumour is, in the report's own words, with the ICD-O-3 code where the words allow only one."""

from __future__ import annotations

import re
from dataclasses import replace

from overread.clinical.record import Icdo3Morphology

from . import imaging
from .earlier import repeated
from .found import Finds, Found
from .histology_names import CODES, PATTERNS, STEM, STEM_WORDS, longest
from .negation import Stance, clause_after, clause_before, stance
from .occurrences import matches, occurrences
from .sections import Layout, Section

_VAGUE = frozenset(
    {
        "carcinoma",
        "carcinoma in situ",
        "glioma",
        "sarcoma",
        "ductal carcinoma in situ",
        "urothelial carcinoma in situ",
        "adenocarcinoma in situ",
        "lymphoma",
    }
)
# Names that a more telling one in the same report explains.
_GENERAL = frozenset({"renal cell carcinoma", "adenocarcinoma", "neuroendocrine tumour", "astrocytoma"})
_BENIGN_CONTEXT = re.compile(
    r"(?:differential diagnos[ei]s|history of|h/o|hx of|prior|previous|family|rule out|r/o|diagnosed with)[^.;:\n]{0,40}$"
)
# "Gist" may be what noise left of "pathologist".
_CUT_WORD = re.compile(r"pa.?ho\w{0,5}\W{0,3}$")
# "The typical finding in oligodendrogliomas": of a kind, not of this tumour.
_IN_GENERAL = re.compile(r"s\b|tous\b")
_CONSIDERED_BEFORE = re.compile(
    r"\b(?:differential(?: diagnos[ie]s)?(?: \w+){0,2} (?:include[sd]?|is|are|between|of|with|would be)|"
    r"(?:possibilit(?:y|ies)|considerations) (?:include[sd]?|are))\b|\bdifferential(?: diagnos[ie]s)?:"
)
_CONSIDERED_AFTER = re.compile(
    r"[ ,]{1,2}(?:versus|vs)\b|"
    r"[\w ,()-]{0,30}\b(?:can ?not|could not) (?:be )?(?:entirely |completely |definitively |fully )?(?:excluded?|ruled out)|"
    r" (?:is|was|are|were) (?:also )?(?:considered|in the differential|(?:focal and )?incomplete)|"
    r"(?: is| was)? (?:strongly )?(?:suspected|possible|in question|questioned|vs\b)"
)
# "Nonpapillary", "non-seminoma", "pseudosarcoma": the name is only the end of another.
_NOT_WHOLE = re.compile(r"[^\W\d_]\Z|\bnon[- ]\Z")
# What a radiologist makes of a picture is no tissue diagnosis.
_LOOKS_LIKE = re.compile(
    r"\b(?:compatible with|consistent with|concerning for|worrisome for|likely|probabl[ey]|favou?r(?:s|ed|ing)?|in keeping with|represent(?:s|ing)?|suggest(?:s|ive|ing)?)\b[^.;]{0,50}$"
)
_SECTION_RANK = {
    Section.DIAGNOSIS: 0,
    Section.SYNOPTIC: 0,
    Section.ADDENDUM: 1,
    Section.OTHER: 1,
    Section.MICROSCOPIC: 2,
    Section.COMMENT: 2,
}


def read(layout: Layout) -> Finds:
    """Each distinct type once, at its best place; the most telling first."""
    best: dict[str, Found] = {}
    for found in _mentions(layout):
        known = best.get(str(found.value))
        if known is None or found.rank < known.rank:
            best[str(found.value)] = found
    final = _final(layout, list(best.values()))
    leader = min((f for f in final if f.about != "history"), key=lambda f: (f.rank, f.start), default=None)
    coded = leader is None or str(leader.value) in CODES
    for found in final:
        yield found
        # A code stands for the case only where it is the leading name's own.
        if (coded or found.about) and (code := CODES.get(str(found.value))):
            yield replace(found, field="histology_code", value=Icdo3Morphology(code), rule="histology_code")


def _final(layout: Layout, found: list[Found]) -> list[Found]:
    """What only the frozen section said is no further tumour where the final diagnosis names one."""
    diagnosed = any(layout.section(f.start) is Section.DIAGNOSIS and str(f.value) not in _VAGUE for f in found)
    return [f for f in found if not diagnosed or layout.section(f.start) is not Section.INTRAOPERATIVE]


def _mentions(layout: Layout) -> Finds:
    done, seen = -1, layout.once(imaging.is_report)
    possible = [pattern for pattern in PATTERNS if any(word in layout.low for word in pattern[2])]
    for stem in matches(STEM, layout.low, occurrences(layout.low, STEM_WORDS)):
        if stem.start() < done:
            continue
        hit = longest(layout.low, stem.start(), possible)
        if hit is None:
            continue
        start, end, name = hit
        done = end
        if _NOT_WHOLE.search(layout.low, max(0, start - 4), start):
            continue
        section = layout.section(start)
        if layout.low[start:end] == "gist" and _CUT_WORD.search(layout.low, max(0, start - 14), start):
            continue
        if stance(layout, start, end) is not Stance.AFFIRMED or _BENIGN_CONTEXT.search(
            layout.low, max(0, start - 60), start
        ):
            continue
        if _only_considered(layout.low, start, end) or (
            seen and _LOOKS_LIKE.search(layout.low, max(0, start - 70), start)
        ):
            continue
        history = repeated(layout, start)
        rank = (
            _SECTION_RANK.get(section, 3)
            + (10 if name in _VAGUE else 3 if name in _GENERAL else 0)
            + (20 if history else 0)
            + (5 if _IN_GENERAL.match(layout.low, end) else 0)
        )
        yield Found(
            "histology", name, start, end, "histology_named", "history" if history else layout.specimen(start), rank
        )


def _only_considered(low: str, start: int, end: int) -> bool:
    """Named among what it might be ("the differential diagnosis includes ..."): nobody said that it is this one."""
    before = clause_before(low, start, 160).replace("\n", " ")
    after = clause_after(low, end, 60).replace("\n", " ")
    return bool(_CONSIDERED_BEFORE.search(before) or _CONSIDERED_AFTER.match(after))
