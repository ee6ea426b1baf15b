"""What a report says, as frozen data. The templates only lay it out; they decide nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

NO_EXAMINATION = "This opinion rests on records and images alone. No physical examination was done."
DRAFT = "DRAFT, not signed"


@dataclass(frozen=True, slots=True)
class PatientLine:
    """Who the report is about. ``identity``: for example "identity not confirmed"."""

    name: str
    birth_date: str | None = None
    sex: str | None = None
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and paragraphs. ``plain``: the same for the patient; empty when it is for clinicians alone."""

    title: str
    paragraphs: tuple[str, ...]
    plain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact with the source that it was read from. ``doubt``: a contradiction or an uncertain reading."""

    label: str
    value: str
    source: str
    on: str | None = None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class FactGroup:
    title: str
    rows: tuple[FactRow, ...]


@dataclass(frozen=True, slots=True)
class StageCheckLine:
    """Whether the stated stage follows from T, N and M. ``rows``: the table rows used, as (column, value) pairs."""

    statement: str
    stated: str | None = None
    computed: str | None = None
    table: str | None = None
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ConclusionRow:
    """One thing that was concluded. ``plain``: what it is called for the patient."""

    label: str
    plain: str
    value: str


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What one specialist concluded: the diagnosis, what is advised, further tests, and their own words."""

    author: str
    specialty: str = ""
    rows: tuple[ConclusionRow, ...] = ()
    advised: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the tumor board was asked and decided. ``on``: the day in words; empty where an older report lacks it."""

    question: str
    minutes: str
    on: str = ""
    by: str = ""
    votes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConcordanceRow:
    """One finding in both opinions. grade: "concordant", "minor", "major" or "not addressed". by: who gave the second."""

    finding: str
    first: str
    second: str
    grade: str
    comment: str = ""
    plain: str = ""
    by: str = ""

    @property
    def alone(self) -> bool:
        """Does only one opinion speak of it?"""
        return self.grade == "not addressed" and not (self.first and self.second)


@dataclass(frozen=True, slots=True)
class OptionRow:
    name: str
    modality: str
    benefits: str = ""
    harms: str = ""
    intent: str = ""
    recommended: bool = False


@dataclass(frozen=True, slots=True)
class QuestionRow:
    question: str
    answer: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field in the patient's language."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ReportContent:
    """One signed set of facts, from which both editions are laid out.

    signed_by, signed_at: both None while it is a draft; then every page says so. prepared_at: with its time zone; it is the
    only moment in the file, so that equal content gives equal bytes. amends: what a correction replaces, and why.
    """

    title: str
    case_reference: str
    patient: PatientLine
    prepared_at: datetime
    signed_by: str | None = None
    signed_at: datetime | None = None
    reviewer: str | None = None
    amends: str | None = None
    sections: tuple[Section, ...] = ()
    facts: tuple[FactGroup, ...] = ()
    stage: StageCheckLine | None = None
    concordance: tuple[ConcordanceRow, ...] = ()
    options: tuple[OptionRow, ...] = ()
    questions: tuple[QuestionRow, ...] = ()
    further_tests: tuple[str, ...] = ()
    limitations: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    glossary: tuple[Term, ...] = ()
    next_steps: tuple[str, ...] = ()
    examination: str = NO_EXAMINATION
    institution: str = ""
    notice: str = ""  # what every page says beside the signature: that the installation is a demo
    seal: tuple[str, ...] = ()  # for who wants to check that the signed content was not changed
    conclusions: tuple[Conclusion, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def __post_init__(self) -> None:
        if (self.signed_by is None) != (self.signed_at is None):
            raise ValueError("a signature has a name and a moment, or there is none")
        if self.prepared_at.tzinfo is None or (self.signed_at and self.signed_at.tzinfo is None):
            raise ValueError("moments carry their time zone")

    @property
    def differing(self) -> tuple[ConcordanceRow, ...]:
        """Where the opinions differ, or cannot be compared though both speak; the gravest first."""
        rows = (row for row in self.concordance if row.grade != "concordant" and not row.alone)
        return tuple(sorted(rows, key=lambda row: _GRAVITY.get(row.grade, len(_GRAVITY))))

    @property
    def agreeing(self) -> tuple[ConcordanceRow, ...]:
        return tuple(row for row in self.concordance if row.grade == "concordant")

    @property
    def of_one(self) -> tuple[ConcordanceRow, ...]:
        """What only one opinion speaks of."""
        return tuple(row for row in self.concordance if row.alone)

    @property
    def status(self) -> str:
        """What every page says about the signature."""
        if self.signed_by is None or self.signed_at is None:
            return DRAFT
        return f"Signed by {self.signed_by}, {moment(self.signed_at)}"


_GRAVITY = {"major": 0, "minor": 1}


def moment(at: datetime) -> str:
    """For example ``21 November 2026, 14:05 UTC``."""
    zone = at.strftime("%Z") or at.strftime("%z")
    return f"{at.day} {at.strftime('%B %Y, %H:%M')} {zone}"
