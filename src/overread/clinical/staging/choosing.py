"""Which table applies: site, histology, edition and what else the source of the table asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..knowledge import load, sites
from .answer import Reason
from .reading import grade, number, plain, word
from .tables import EDITIONS, EIGHTH, SEVENTH, Table

_SEVENTH_ROWS: dict[str, Mapping[str, Any]] = {row["schema"]: row for row in load("staging", "uicc_7").rows}
_EIGHTH_ROWS = load("value_sets", "chapters_8").rows


@dataclass(frozen=True, slots=True)
class Known:
    """What chooses a table beside site and edition; None where nobody says it."""

    histology: str | None = None  # as stated
    grade: str | None = None
    age: float | None = None
    p16: str | None = None
    basis: str | None = None  # "clinical", "pathological"
    treated: bool = False  # staged after treatment (yc, yp)


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """The tables that can apply, or the reason there is none. Compared by identity: ``choose`` remembers its answers.

    why: with several tables, what would decide between them. missing: the same as names of facts.
    """

    tables: tuple[Table, ...] = ()
    title: str = ""
    topography: str = ""
    why: Reason = Reason.DETERMINED
    missing: tuple[str, ...] = ()
    sentence: str = ""
    assumption: str = ""
    facts: tuple[tuple[str, str | int], ...] = ()


@lru_cache(maxsize=8192)
def choose(site: str, edition: str, known: Known) -> Choice:
    """The tables of one edition for a site (a name, an OncoTree code or an ICD-O-3 code)."""
    place = sites.site(site)
    if place is None:
        return Choice(why=Reason.SITE_UNKNOWN, sentence="The site is not one that the tables know.", missing=("site",))
    stated = _morphology(known.histology, place) if known.histology else ""
    if stated is None:
        return _unread(str(known.histology))
    known = _with_facts(place, known)
    morphology = stated or place.histology or sites.histology(site)
    if place.needs_histology and morphology is None:
        return _no_histology()
    found = sites.chapters(place.topography, morphology or place.assumed or "8000")
    choice = _among(found, edition, morphology or place.assumed, known)
    assumption = f"for {place.assumption}" if place.assumption and morphology is None else choice.assumption
    return Choice(
        choice.tables,
        choice.title,
        place.topography,
        choice.why,
        choice.missing,
        choice.sentence,
        assumption,
        place.facts,
    )


def _with_facts(place: sites.Site, known: Known) -> Known:
    """What the site's name itself says counts where nobody states otherwise."""
    said = dict(place.facts)
    return Known(
        known.histology,
        known.grade,
        known.age if known.age is not None else number(said.get("age")),
        known.p16 or (plain(said["p16"]) if "p16" in said else None),
        known.basis or (plain(said["basis"]) if "basis" in said else None),
        known.treated,
    )


# What "carcinoma" alone makes of a word that names no histology, or not which one (neuroendocrine tumour or carcinoma).
_SAYS_NOTHING = {"8010", "8246"}


def _morphology(stated: str, place: sites.Site) -> str | None:
    """The stated histology as four digits; empty where it names no more than the organ; None if it is not known.

    Short forms count as their organ's: ``medullary`` for medullary carcinoma, ``IDC`` or ``NSCLC`` for a type.
    """
    if code := sites.histology(stated):
        return code
    code = sites.histology(f"{stated} carcinoma")
    if code and code not in _SAYS_NOTHING:
        return code
    named = sites.site(stated)
    same_organ = named is not None and named.topography[:3] == place.topography[:3]
    return (named.histology or ("" if not named.assumed else None)) if named and same_organ else None


def _unread(stated: str) -> Choice:
    return Choice(
        why=Reason.HISTOLOGY_UNREADABLE,
        missing=("histology",),
        sentence=f"{stated[:40]!r} is no histology that Overread knows, and the histology decides which table applies.",
    )


def _no_histology() -> Choice:
    return Choice(
        why=Reason.HISTOLOGY_MISSING,
        missing=("histology",),
        sentence="At this site the histology decides which table applies, and it is not stated.",
    )


def _among(found: tuple[sites.Chapter, ...], edition: str, morphology: str | None, known: Known) -> Choice:
    if edition not in EDITIONS:
        return Choice(why=Reason.NO_TABLE, sentence=f"Overread has no tables of edition {edition}.")
    if not found:
        return Choice(why=Reason.SITE_UNKNOWN, sentence="No chapter takes this site and histology together.")
    choices = [_chapter(chapter, edition, morphology, known) for chapter in found]
    return choices[0] if len(choices) == 1 else _merged(choices)


def _merged(choices: list[Choice]) -> Choice:
    """Several chapters are possible, and the record does not hold what the source asks for to choose."""
    tables = tuple(dict.fromkeys(table for choice in choices for table in choice.tables))
    refused = next((choice for choice in choices if not choice.tables), None)
    return refused or Choice(tables, choices[0].title, why=Reason.SITE_UNKNOWN, missing=("site",))


def _chapter(chapter: sites.Chapter, edition: str, morphology: str | None, known: Known) -> Choice:
    title = chapter.name.replace("_", " ")
    if morphology is not None and not chapter.covers(morphology):
        sentence = f"The table for {title} does not cover histology {morphology}."
        return Choice(why=Reason.HISTOLOGY_NOT_COVERED, sentence=sentence, title=title)
    if edition == "7":
        return _seventh(chapter, title, morphology, known)
    return _eighth(chapter, title, morphology, known)


# --- 7th edition: the source says which table


def _seventh(chapter: sites.Chapter, title: str, morphology: str | None, known: Known) -> Choice:
    if chapter.left_out:
        return Choice(why=Reason.NO_TABLE, title=title, sentence=f"No table for {title}: {chapter.left_out}.")
    row = _SEVENTH_ROWS[chapter.name]
    chosen = [v for variants in _by_basis(row, known.basis) for v in _fitting(variants, morphology, known)]
    tables = tuple(dict.fromkeys(SEVENTH[v["table"]] for v in chosen))
    missing = tuple(_deciding(chosen, morphology, known, "any" in row))
    why = {"histology": Reason.HISTOLOGY_MISSING, "basis": Reason.BASIS_MISSING}
    reason = why.get(missing[0], Reason.FACTOR_MISSING) if missing else Reason.DETERMINED
    return Choice(tables, title, why=reason, missing=missing)


def _by_basis(row: Mapping[str, Any], basis: str | None) -> list[list[dict[str, str]]]:
    if "any" in row:
        return [row["any"]]
    return [row[basis]] if basis else [row["clinical"], row["pathological"]]


def _fitting(variants: list[dict[str, str]], morphology: str | None, known: Known) -> Iterator[dict[str, str]]:
    """The variants that what is known leaves open; the first that fits fully ends the search."""
    for variant in variants:
        if not _fits(variant, morphology, known):
            continue
        yield variant
        open_ends = ("hist" in variant and morphology is None) or ("age_dx" in variant and known.age is None)
        if not open_ends:
            return


def _fits(variant: dict[str, str], morphology: str | None, known: Known) -> bool:
    histology = "hist" not in variant or morphology is None or sites.ranges(variant["hist"])(morphology)
    grade = "grade" not in variant or (known.grade or "9") in variant["grade"].split(",")
    age = "age_dx" not in variant or known.age is None or _in_years(variant["age_dx"], known.age)
    return histology and grade and age


def _in_years(text: str, age: float) -> bool:
    """``000-044,…``: whole years, the first range says it."""
    low, _, high = text.split(",")[0].partition("-")
    return int(low) <= int(age) <= int(high or low)


def _deciding(chosen: list[dict[str, str]], morphology: str | None, known: Known, one_basis: bool) -> Iterator[str]:
    if morphology is None and any("hist" in v for v in chosen):
        yield "histology"
    if known.age is None and any("age_dx" in v for v in chosen):
        yield "age"
    if known.basis is None and not one_basis:
        yield "basis"


# --- 8th edition: only what two sources agree on


def _eighth(chapter: sites.Chapter, title: str, morphology: str | None, known: Known) -> Choice:
    rows = [row for row in _EIGHTH_ROWS if chapter.name in row["schemas"] and _row_fits(row, morphology)]
    if not rows:
        return Choice(why=Reason.NO_TABLE, title=title, sentence=f"Overread has no 8th edition table for {title}.")
    if "p16" in rows[0]:
        if known.p16 not in ("positive", "negative"):
            sentence = f"For {title} the p16 result decides which table applies, and it is not stated."
            return Choice(why=Reason.FACTOR_MISSING, title=title, missing=("p16",), sentence=sentence)
        rows = [row for row in rows if row["p16"] == known.p16]
    return _eighth_tables(rows[0], title, known)


def _row_fits(row: Mapping[str, Any], morphology: str | None) -> bool:
    return "histology" not in row or (morphology is not None and sites.ranges(row["histology"])(morphology))


def _eighth_tables(row: Mapping[str, Any], title: str, known: Known) -> Choice:
    tables = tuple(EIGHTH[name] for name in row.get("tables", ()))
    fitting = tuple(t for t in tables if t.basis == "any" or (t.basis == known.basis or not known.basis))
    if known.treated and tables and tables[0].basis != "any":
        return Choice(why=Reason.NO_TABLE, title=title, sentence=f"No table for {title} staged after treatment.")
    if not fitting:
        sentence = f"The 8th edition table for {row['of']} is not verified ({row['unverified']})."
        return Choice(why=Reason.TABLE_UNVERIFIED, title=title, sentence=sentence)
    assumption = "taken as the clinical prognostic stage" if "unverified" in row and not known.basis else ""
    several = len(fitting) > 1
    reason = Reason.BASIS_MISSING if several else Reason.DETERMINED
    return Choice(fitting, fitting[0].title, why=reason, missing=("basis",) * several, assumption=assumption)


def known_from(stated: Mapping[str, str], basis: str | None, treated: bool) -> Known:
    """What chooses a table, out of the prognostic facts as stated (``histology``, ``grade``, ``age``, ``p16``)."""
    step = grade(stated.get("grade"))
    result = word(stated.get("p16"))
    return Known(
        histology=stated.get("histology") or stated.get("histology_code"),
        grade=f"{step:g}" if step is not None else None,
        age=number(stated.get("age")),
        p16=result if result in ("positive", "negative") else None,
        basis=basis,
        treated=treated,
    )
