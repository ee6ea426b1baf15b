"""Primary sites: from a name or an ICD-O-3 code to the chapter of the staging manual that applies.

A chapter ("schema") is named as in SEER's public staging schemas: ``lung``, ``colon``, ``net_colon``, ``lymphoma``.
Site and histology together choose it, so that a lymphoma of the colon never meets the table for carcinoma.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from .loader import load
from .tumours import lineage, tumour_type

_LONGEST = 200  # a longer text is no name of a site
_TOPOGRAPHY = re.compile(r"C(\d{2})(?:\.?([\dX]))?", re.IGNORECASE)
_MORPHOLOGY = re.compile(r"(?:M-?)?(\d{4})(?:/\d)?", re.IGNORECASE)
_ANY_TISSUE = {"40", "41", "44", "47", "49"}  # bone, skin, nerves and soft tissue: nothing can be taken for granted
# A text that speaks of these without naming a primary site must not be read by the site words in it.
_SPREAD = re.compile(r"\b(?:metasta\w*|secondary)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Site:
    """Where a tumour began, as far as a name says it.

    topography: ICD-O-3 without the dot, e.g. ``C341``. histology: four digits, where the name itself says it.
    assumed: the histology taken for granted when nobody states one, and assumption: what to tell the reader.
    facts: what else the name says: p16, age, basis.
    """

    topography: str
    histology: str | None = None
    assumed: str | None = None
    assumption: str | None = None
    needs_histology: bool = False
    facts: tuple[tuple[str, str | int], ...] = ()


def _site(row: dict[str, object]) -> Site:
    facts = tuple((k, row[k]) for k in ("p16", "age", "basis") if k in row)
    return Site(
        topography=str(row["topography"]).replace(".", ""),
        histology=row.get("histology"),  # type: ignore[arg-type]
        assumed=row.get("assumed"),  # type: ignore[arg-type]
        assumption=row.get("assumption"),  # type: ignore[arg-type]
        needs_histology=bool(row.get("needs_histology")),
        facts=facts,  # type: ignore[arg-type]
    )


_ROWS = [(row, _site(row)) for row in load("value_sets", "sites").rows]
_BY_NAME = {name: site for row, site in _ROWS for name in row["names"]}
_BY_TYPE = {code: site for row, site in _ROWS for code in row.get("oncotree", ())}
_BY_TOPOGRAPHY = {site.topography: site for _, site in _ROWS if not site.histology and not site.facts}
_WORDS = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _BY_NAME), key=len, reverse=True)) + r")\b")


@lru_cache(maxsize=4096)
def site(text: str) -> Site | None:
    """The site that a name, an OncoTree code or an ICD-O-3 topography stands for; None if it is not known.

    A longer text ("Malignant neoplasm of breast (disorder)") counts when all the sites it names lie in one organ; the most exact one counts.
    """
    if len(text) > _LONGEST:
        return None
    name = " ".join(re.sub(r"[_,]", " ", text).casefold().split())
    if code := _TOPOGRAPHY.fullmatch(name.replace(" ", "")):
        return _coded(code)
    return _BY_NAME.get(name) or _typed(text) or _in_words(name)


def _coded(code: re.Match[str]) -> Site:
    digit = code[2] if code[2] and code[2] != "x" else "9"
    topography = f"C{code[1]}{digit}"
    return _BY_TOPOGRAPHY.get(topography) or Site(topography, needs_histology=code[1] in _ANY_TISSUE)


def _typed(text: str) -> Site | None:
    """By OncoTree: the nearest ancestor with a site; a tissue counts only when it is itself named."""
    kind = tumour_type(text)
    for ancestor in lineage(kind.code) if kind else ():
        if ancestor.code in _BY_TYPE and (ancestor.parent or ancestor is kind):
            return _BY_TYPE[ancestor.code]
    return None


def _in_words(name: str) -> Site | None:
    if _SPREAD.search(name):
        return None
    found = {_BY_NAME[word] for word in _WORDS.findall(name)}
    organs = {place.topography[:3] for place in found}
    if len(organs) != 1 or len({place.histology for place in found} - {None}) > 1:
        return None
    return min(found, key=lambda place: (place.histology is None, place.topography[3] == "9", place.topography))


@lru_cache(maxsize=4096)
def histology(text: str) -> str | None:
    """The four digits of the ICD-O-3 morphology that a code or a name stands for; None if it is not known."""
    if len(text) > _LONGEST:
        return None
    name = " ".join(text.casefold().replace("_", " ").split())
    if code := _MORPHOLOGY.fullmatch(name.replace(" ", "")):
        return code[1]
    return next((row["code"] for row in load("value_sets", "histologies").rows if _speaks_of(row, name)), None)


def _speaks_of(row: dict[str, list[str]], name: str) -> bool:
    return any(n in name for n in row["names"]) and not any(n in name for n in row.get("unless", ()))


# --- chapters


@dataclass(frozen=True, slots=True)
class Chapter:
    """One schema of the 7th edition: which site and histology it takes, and which histologies it can stage."""

    name: str
    covers: Callable[[str], bool]
    left_out: str | None


def ranges(text: str) -> Callable[[str], bool]:
    """``8000-8576,8940`` -> does this code (digits, or C and digits) lie in it?"""
    pairs = [(a, b or a) for a, _, b in (part.strip().partition("-") for part in text.split(","))]
    return lambda code: any(low <= code <= high for low, high in pairs)


_CHAPTERS = [
    (
        Chapter(row["schema"], ranges(row.get("covers", "0000-9999")), row.get("left_out")),
        [(ranges(s["site"]), ranges(s["hist"]), s.get("ssf25")) for s in row["select"]],
    )
    for row in load("staging", "uicc_7").rows
]


@cache
def chapters(topography: str, morphology: str) -> tuple[Chapter, ...]:
    """The chapters for a site and a histology: one, several where the source asks for more than the codes, or none.

    Where the source asks for a discriminator and names the chapter for "not stated", that chapter is taken.
    """
    found: dict[Chapter, None] = {}
    fallback: dict[Chapter, None] = {}
    for chapter, selections in _CHAPTERS:
        for in_site, in_histology, discriminator in selections:
            if in_site(topography) and in_histology(morphology):
                target = found if discriminator is None or "999" in discriminator else fallback
                target[chapter] = None
    return tuple(found or fallback)
