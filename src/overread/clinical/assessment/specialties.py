"""Which specialties must be heard: every kind of treatment that the tumour calls for or that the record's plan names."""

from __future__ import annotations

from dataclasses import dataclass

from ..indication import Indication
from ..knowledge import load
from ..record import Fact, Modality, Record
from ..workup import treatments


@dataclass(frozen=True, slots=True)
class SpecialtyNeeded:
    """One kind of treatment, who speaks for it, and why it must be heard.

    facts: treatments of this kind that the record proposes or reports; empty where only the tumour calls for it.
    """

    modality: Modality
    specialty: str
    sentence: str
    facts: tuple[Fact, ...]

    @property
    def under_consideration(self) -> bool:
        """The record itself names a treatment of this kind."""
        return bool(self.facts)


def specialties_needed(record: Record, indication: Indication) -> tuple[SpecialtyNeeded, ...]:
    """Kinds of treatment that the tumour calls for, in their order, then those that only the record's plan names."""
    named = _named(record)
    heard = tuple(
        SpecialtyNeeded(row.modality, row.specialty, row.sentence, named.pop(row.modality, ()))
        for row in indication.modalities
    )
    return heard + tuple(
        SpecialtyNeeded(modality, SPEAKS_FOR[modality], "The record's plan names a treatment of this kind.", facts)
        for modality, facts in named.items()
    )


def _named(record: Record) -> dict[Modality, tuple[Fact, ...]]:
    found: dict[Modality, tuple[Fact, ...]] = {}
    for modality, fact in treatments(record, "treatment_proposed", "treatment_given", "medication"):
        found[modality] = (*found.get(modality, ()), fact)
    return found


SPEAKS_FOR: dict[Modality, str] = {
    Modality(row["modality"]): row["specialty"] for row in load("indication", "modalities").rows
}
