"""The interpretation that a record arrived with, as an opinion that others can be compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..knowledge.treatments import known_treatments
from ..record import Domain, Fact, Nature, Opinion, Record, Status, Treatment, TreatmentOption

_JUDGED = frozenset({Domain.PATHOLOGY, Domain.MOLECULAR, Domain.IMAGING, Domain.STAGE})


def first_opinion(record: Record, *, author: str = "First interpretation", specialty: str = "") -> Opinion:
    """What the record's sources concluded: their interpretations, and the treatments they propose or name as options.

    An earlier cancer is no part of it, nor is a treatment that the patient refused. One whose kind the words table does
    not know cannot be an option; the comment names it, so that it is not lost.
    """
    facts = tuple(fact for fact in record.facts if _is_judgement(fact))
    named = [t for t in known_treatments(record, *_OPTIONS) if t.status is not Status.REFUSED]
    options = tuple(dict.fromkeys(option for treatment in named for option in _options(treatment)))
    domains = frozenset(fact.spec.domain for fact in facts)
    addressed = domains | {Domain.PLAN} if options else domains
    return Opinion(author, specialty, facts, options, addressed=addressed, comment=_unplaced(named))


_OPTIONS = ("treatment_proposed", "treatment_discussed")


def _options(treatment: Treatment) -> Iterator[TreatmentOption]:
    """One for each way of treating. Recommended is only what a source proposes."""
    for modality in treatment.modalities:
        recommended = treatment.fact.field == "treatment_proposed"
        yield TreatmentOption(treatment.name, modality, treatment.intent, recommended=recommended)


def _is_judgement(fact: Fact) -> bool:
    """The side is a source fact, and still part of every diagnosis."""
    judged = fact.spec.nature is Nature.INTERPRETATION and fact.spec.domain in _JUDGED
    return (judged or fact.field == "laterality") and fact.about != "history"


def _unplaced(named: Iterable[Treatment]) -> str:
    names = dict.fromkeys(t.name for t in named if not t.modalities and t.fact.field == "treatment_proposed")
    return f"Also proposed, of a kind that was not recognised: {'; '.join(names)}" if names else ""
