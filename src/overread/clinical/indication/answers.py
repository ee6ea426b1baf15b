"""What a person (or a record) says about the situation: the one input of the assessment. Unknown is None or absent."""

from __future__ import annotations

from dataclasses import dataclass

from overread.clinical.record import Fact, Intent


@dataclass(frozen=True, slots=True)
class UrgencyClaim:
    """Somebody says treatment cannot wait: who says it, and what in the cancer would get worse."""

    clinician: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Because:
    """The fact of the record that a situation was derived from."""

    situation: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a visitor, or what a record says of itself.

    situations: keys of TRIGGERS and of the modifiers (``read_at_teaching_hospital``, ``unambiguous_accredited``,
    ``subjective_criteria``, ``rare_marker``, ``first_read_benign``). tumour: a key of TUMOURS.
    disciplines: whose reading is in question (``pathology``, ``cytology``, ``radiology``, ``multidisciplinary``,
    ``oncology``, ``endoscopy``); empty means all. stage: a stage group such as ``IIA`` or ``2``.
    intent: what the treatment to come is for. emergencies: keys of EMERGENCIES. none_of_these: the person read the list and nothing applies.
    """

    situations: frozenset[str] = frozenset()
    tumour: str | None = None
    disciplines: frozenset[str] = frozenset()
    stage: str | None = None
    metastatic: bool | None = None
    treatment_started: bool | None = None
    emergencies: frozenset[str] = frozenset()
    urgency: UrgencyClaim | None = None
    none_of_these: bool = False
    because: tuple[Because, ...] = ()
    intent: Intent | None = None
