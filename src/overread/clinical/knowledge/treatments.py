"""What the name of a treatment says about it: the kind of treatment, and whether what it does can be undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ..record import Fact, Method, Modality, Record, Reversibility, Treatment, treatments
from .loader import load

_FILE = load("workup", "treatments")
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Kind:
    """modalities: more than one where a name joins them (chemoradiation). reversibility: None where no row says; why: its row."""

    modalities: tuple[Modality, ...]
    reversibility: Reversibility | None = None
    why: str = ""


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _modalities(row: dict[str, Any]) -> tuple[re.Pattern[str], tuple[Modality, ...]]:
    return _any(row["patterns"]), tuple(map(Modality, (row["modality"], *row.get("also", ()))))


def _undone(row: dict[str, Any]) -> tuple[re.Pattern[str], Reversibility, str]:
    return _any(row["patterns"]), Reversibility(row["can_be_undone"]), row["why"]


_ROWS = tuple(map(_modalities, _FILE.rows))
_UNDONE = tuple(map(_undone, _FILE["reversibility"]))
_NOT_TREATMENT = _any(_FILE["not_treatment"])


def kind_of(name: str) -> Kind | None:
    """None where no row of the table fits the name, or it is no treatment."""
    text = name[:LONGEST]
    if _NOT_TREATMENT.search(text):
        return None
    found = next((modalities for pattern, modalities in _ROWS if pattern.search(text)), None)
    if found is None:
        return None
    said = next(((can, why) for pattern, can, why in _UNDONE if pattern.search(text)), None)
    return Kind(found, *said) if said else Kind(found)


def modality_of(name: str) -> Modality | None:
    """The (first) kind of treatment that a name speaks of."""
    kind = kind_of(name)
    return kind.modalities[0] if kind else None


def known_treatments(record: Record, *names: str) -> tuple[Treatment, ...]:
    """The record's treatments, each with what the table knows by its name where no source says it."""
    return tuple(described(treatment) for treatment in treatments(record, *names))


def described(treatment: Treatment) -> Treatment:
    """The treatment with its kind and reversibility by the table, as derived facts. What a source said stays."""
    said = {fact.field for fact in treatment.details}
    added = tuple(fact for fact in details_of(treatment.fact) if fact.field not in said)
    return replace(treatment, details=(*treatment.details, *added)) if added else treatment


def details_of(fact: Fact) -> Iterator[Fact]:
    """Facts that follow from a treatment's name, each with the row of the table as its rule."""
    kind = kind_of(str(fact.value))
    if kind is None:
        return
    where = replace(fact.provenance, method=Method.DERIVED, confidence=None, rule="treatment named")
    for modality in kind.modalities:
        yield Fact("treatment_modality", str(modality), where, fact.about, fact.on)
    if kind.reversibility:
        why = replace(where, rule=kind.why)
        yield Fact("treatment_reversibility", str(kind.reversibility), why, fact.about, fact.on)
