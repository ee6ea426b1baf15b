"""What the work-up says about a record. Frozen; every entry names its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..record import Domain, Fact


@dataclass(frozen=True, slots=True)
class Tumour:
    """The registry schema whose elements the tumour owes, and how the record led there.

    group: the family that the biomarker rows speak of. staged: whether it is staged by T, N and M.
    """

    schema: str
    title: str
    group: str
    staged: bool
    because: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the record of this tumour should hold and does not.

    fields: where it would stand. who: who can supply it. source: what asks for it.
    condition: the circumstance under which it is owed, where the record does not say whether it applies; else None.
    """

    label: str
    fields: tuple[str, ...]
    domain: Domain
    who: str
    why: str
    source: str
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Something that could not be looked for, and why."""

    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Stale:
    """Something newer events may have overtaken. days: its age at most, on the day of the check."""

    label: str
    domain: Domain
    why: str
    days: int
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts that do not fit together. rule: the id of the rule that found it; definition: why they do not fit.

    to_explain: both can be right (two tests, two days), so somebody should say how; else they cannot all be right.
    """

    rule: str
    sentence: str
    domain: Domain
    facts: tuple[Fact, ...]
    to_explain: bool
    definition: str


class Quality(StrEnum):
    """How far a document can be relied on as it was received."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class DocumentQuality:
    """One document: how far it can be relied on, and why not further. facts: how many facts were read from it."""

    document: str
    title: str
    quality: Quality
    reasons: tuple[str, ...]
    facts: int


@dataclass(frozen=True, slots=True)
class Layer:
    """Imaging, pathology, molecular or clinical: how many facts, and the day of the newest dated one."""

    domain: Domain
    label: str
    facts: int
    newest: date | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question that would close a gap, and whom to ask."""

    text: str
    to: str


@dataclass(frozen=True, slots=True)
class WorkUp:
    """Everything the check found. tumour is None, and no_tumour says why, where the tumour could not be told."""

    as_of: date
    tumour: Tumour | None
    no_tumour: str | None
    missing: tuple[Missing, ...]
    not_checked: tuple[NotChecked, ...]
    stale: tuple[Stale, ...]
    contradictory: tuple[Contradiction, ...]
    layers: tuple[Layer, ...]
    documents: tuple[DocumentQuality, ...]
    limitations: str
    questions: tuple[Question, ...]
