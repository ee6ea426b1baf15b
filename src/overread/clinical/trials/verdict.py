"""What came of one criterion, and of a trial."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from overread.clinical.record import Fact

from .models import Criterion


class Verdict(StrEnum):
    """MET: the record satisfies it (for an exclusion: the record states that the excluding condition is absent)."""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """Why a verdict is unknown."""

    NOT_UNDERSTOOD = "not understood"
    PARTLY_UNDERSTOOD = "only partly understood"
    RECORD_SILENT = "record does not say"
    CONTRADICTORY = "record contradicts itself"
    IMPLAUSIBLE = "value needs a person's look"


@dataclass(frozen=True, slots=True)
class CriterionMatch:
    """criterion: the text's criterion, or None for a registered field, which ``name`` names. rule: how it was read.
    facts: what of the record was used, each with its provenance. why: for unknown. sentence: plain words."""

    name: str
    criterion: Criterion | None
    verdict: Verdict
    rule: str | None
    facts: tuple[Fact, ...]
    sentence: str
    why: Why | None = None

    @property
    def satisfied(self) -> bool:
        return self.verdict is Verdict.MET


@dataclass(frozen=True, slots=True)
class TrialMatch:
    """overall: not met if any is not met; met only if every one was checked and is met; else unknown."""

    nct: str
    title: str
    criteria: tuple[CriterionMatch, ...]
    overall: Verdict
    sentence: str

    def count(self, verdict: Verdict) -> int:
        return sum(c.verdict is verdict for c in self.criteria)
