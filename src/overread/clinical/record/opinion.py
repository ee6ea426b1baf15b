"""A structured opinion: what a physician made of the record, in the same coded facts as the record itself."""

from __future__ import annotations

from dataclasses import dataclass

from .facts import Fact
from .fields import Domain
from .kinds_of_treatment import Intent, Modality


@dataclass(frozen=True, slots=True)
class TreatmentOption:
    """One way to go on, with what it may give and what it may cost the patient, in the physician's words."""

    name: str
    modality: Modality
    intent: Intent | None = None
    benefits: str = ""
    harms: str = ""
    recommended: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A patient's question and the physician's answer to it."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one physician concluded.

    author: how the physician is named to readers; specialty: their field.
    facts: diagnosis, stage and findings. options: treatment options, recommended ones marked.
    addressed: the domains the physician was asked about and spoke to; the others are "not addressed".
    """

    author: str
    specialty: str
    facts: tuple[Fact, ...] = ()
    options: tuple[TreatmentOption, ...] = ()
    answers: tuple[Answer, ...] = ()
    further_tests: tuple[str, ...] = ()
    addressed: frozenset[Domain] = frozenset()
    comment: str = ""
