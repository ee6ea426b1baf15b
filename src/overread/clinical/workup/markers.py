"""What the name of a tumour says of its biomarkers, against the results in the record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..knowledge import load
from ..knowledge.tumours import TYPES
from ..record import Fact, OncoTree, Record
from .case import NOT_THIS, Case, Found, current

_FILE = load("workup", "marker_names")
OPPOSITE = {"positive": "negative", "negative": "positive"}


@dataclass(frozen=True, slots=True)
class Marker:
    """One biomarker as names speak of it. field: where its result stands; None: among the genomic variants.

    doubt: why a result that differs from the name may still be right; None where it cannot be.
    """

    name: str
    field: str | None
    says: dict[str, re.Pattern[str]]
    mention: re.Pattern[str]
    doubt: dict[str, str]


def _marker(row: dict[str, Any]) -> Marker:
    named = "|".join(row["named"])
    says = {result: _status(named, result, tuple(row.get(result, ()))) for result in OPPOSITE}
    mention = re.compile(rf"\b(?:{named})", re.IGNORECASE)
    return Marker(row["marker"], row.get("field"), says, mention, row.get("doubt", {}))


def _status(named: str, result: str, own: tuple[str, ...]) -> re.Pattern[str]:
    """After the name (``ALK-positive``), before it (``mutated NPM1``), or in words of the marker's own (``MSI-high``)."""
    after, before = "|".join(_FILE["after"][result]), "|".join(_FILE["before"][result])
    ways = [
        rf"\b(?:{named})[ ,:-]{{0,2}}(?:{after})",
        rf"\b(?:{before})[ -](?:{named})\b(?![ -](?:like|negative|wild))",
        *own,
    ]
    return re.compile(rf"(?<!not )(?<!non-)(?:{'|'.join(ways)})", re.IGNORECASE)


MARKERS: tuple[Marker, ...] = tuple(map(_marker, _FILE.rows))
_NEGATIVE = re.compile("|".join(_FILE["variant"]["negative"]), re.IGNORECASE)
_POSITIVE = re.compile("|".join(_FILE["variant"]["positive"]), re.IGNORECASE)


def _biomarker_against_name(case: Case) -> Found:
    yield from _compared(case, certain=True)


def _biomarker_against_name_to_explain(case: Case) -> Found:
    yield from _compared(case, certain=False)


def _compared(case: Case, *, certain: bool) -> Found:
    for marker in MARKERS:
        for named, fact, text in _names(case.record):
            said = said_by_name(marker, text)
            doubt = marker.doubt.get(said or "")
            for result in _against(case.record, marker, said, named) if (doubt is None) is certain else ():
                told = f"The name “{text[:120]}” says {marker.name} {said}; the result in the record says otherwise"
                yield f"{told} ({fact.spec.label}: {result.text[:80]}).{f' {doubt}' if doubt else ''}", (fact, result)


def said_by_name(marker: Marker, text: str) -> str | None:
    """``positive`` or ``negative``, where the name says one and not the other."""
    found = [result for result, pattern in marker.says.items() if pattern.search(text[:500])]
    return found[0] if len(found) == 1 else None


def _names(record: Record) -> Iterator[tuple[str | None, Fact, str]]:
    """What the tumour is called, by words and by OncoTree code, each with what it is about."""
    for fact in current(record, "histology", "cancer"):
        yield fact.about, fact, str(fact.value)
    for fact in current(record, "oncotree"):
        if isinstance(fact.value, OncoTree) and fact.value.value in TYPES:
            yield fact.about, fact, TYPES[fact.value.value].name


def _against(record: Record, marker: Marker, said: str | None, about: str | None) -> Iterator[Fact]:
    if said is None:
        return
    for fact in record.all(marker.field or "variant"):
        same = fact.about == about or None in (fact.about, about)
        if same and fact.about not in NOT_THIS and _result(marker, fact) == OPPOSITE[said]:
            yield fact


def _result(marker: Marker, fact: Fact) -> str | None:
    text = str(fact.value)[:500]
    if marker.field:
        return text
    if not marker.mention.search(text):
        return None
    return "negative" if _NEGATIVE.search(text) else "positive" if _POSITIVE.search(text) else None


def _msi_against_mmr(case: Case) -> Found:
    """Two tests of one thing: instability goes with deficient repair. A deficient repair is coded as negative."""
    msi, mmr = case.record.one("msi"), case.record.one("mmr")
    if msi and mmr and msi.about == mmr.about and msi.value == mmr.value and msi.value in OPPOSITE:
        one, other = ("unstable", "working") if msi.value == "positive" else ("stable", "not working")
        yield f"The microsatellites are called {one}, mismatch repair {other}.", (msi, mmr)


RULES: dict[str, Callable[[Case], Found]] = {
    "biomarker_against_name": _biomarker_against_name,
    "biomarker_to_explain": _biomarker_against_name_to_explain,
    "msi_against_mmr": _msi_against_mmr,
}
