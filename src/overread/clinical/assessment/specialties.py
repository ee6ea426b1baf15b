"""Which specialties must be heard: every kind of treatment that the tumour calls for or that the record's plan names."""

from __future__ import annotations

from dataclasses import dataclass

from ..indication import Indication
from ..knowledge import load
from ..knowledge.treatments import known_treatments
from ..record import Fact, Modality, Record, Status, Treatment

_CANCER = ("cancer", "oncotree", "site", "site_code", "histology", "histology_code", "t", "stage_group")


@dataclass(frozen=True, slots=True)
class SpecialtyNeeded:
    """One kind of treatment, who speaks for it, and why it must be heard.

    treatments: those of this kind that the record names, proposed ones first; empty where only the tumour calls for it.
    """

    modality: Modality
    specialty: str
    sentence: str
    treatments: tuple[Treatment, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The treatments by name."""
        return tuple(treatment.fact for treatment in self.treatments)

    @property
    def under_consideration(self) -> bool:
        """The record itself names a treatment of this kind."""
        return bool(self.treatments)


def specialties_needed(record: Record, indication: Indication) -> tuple[SpecialtyNeeded, ...]:
    """Kinds of treatment that the tumour calls for, in their order, then those that only the record's plan names.

    A record that names no cancer calls for none: what every cancer needs is said on the page that asks, not of a record.
    """
    named = _named(record)
    called_for = indication.modalities if any(record.all(name) for name in _CANCER) else ()
    heard = tuple(
        SpecialtyNeeded(row.modality, row.specialty, row.sentence, named.pop(row.modality, ())) for row in called_for
    )
    return heard + tuple(
        SpecialtyNeeded(modality, SPEAKS_FOR[modality], "The record's plan names a treatment of this kind.", found)
        for modality, found in named.items()
    )


def _named(record: Record) -> dict[Modality, tuple[Treatment, ...]]:
    """Refused treatment is no part of a plan; one named as an option, or for an "if", must still be heard."""
    found: dict[Modality, tuple[Treatment, ...]] = {}
    for treatment in known_treatments(record, *_NAMED):
        for modality in treatment.modalities if treatment.status is not Status.REFUSED else ():
            found[modality] = (*found.get(modality, ()), treatment)
    return found


_NAMED = ("treatment_proposed", "treatment_discussed", "treatment_given", "medication")
SPEAKS_FOR: dict[Modality, str] = {
    Modality(row["modality"]): row["specialty"] for row in load("indication", "modalities").rows
}
