"""The interpretation that a record arrived with, as an opinion that others can be compared with."""

from __future__ import annotations

from ..record import Domain, Fact, Nature, Opinion, Record, TreatmentOption
from ..workup import modality_of, treatments

_JUDGED = frozenset({Domain.PATHOLOGY, Domain.MOLECULAR, Domain.IMAGING, Domain.STAGE})


def first_opinion(record: Record, *, author: str = "First interpretation", specialty: str = "") -> Opinion:
    """What the record's sources concluded: their interpretations, and the treatments they propose.

    An earlier cancer is no part of it. A proposed treatment whose kind the words table does not know cannot be an
    option; the comment names it, so that it is not lost.
    """
    facts = tuple(fact for fact in record.facts if _is_judgement(fact))
    options = tuple(
        TreatmentOption(str(fact.value), modality, recommended=True)
        for modality, fact in treatments(record, "treatment_proposed")
    )
    domains = frozenset(fact.spec.domain for fact in facts)
    addressed = domains | {Domain.PLAN} if options else domains
    return Opinion(author, specialty, facts, options, addressed=addressed, comment=_unplaced(record))


def _is_judgement(fact: Fact) -> bool:
    """The side is a source fact, and still part of every diagnosis."""
    judged = fact.spec.nature is Nature.INTERPRETATION and fact.spec.domain in _JUDGED
    return (judged or fact.field == "laterality") and fact.about != "history"


def _unplaced(record: Record) -> str:
    names = [str(v) for v in record.values("treatment_proposed") if modality_of(str(v)) is None]
    return f"Also proposed, of a kind that was not recognised: {'; '.join(names)}" if names else ""
