"""What a record says of itself, with what the work-up and the trials found in it: situations that no single fact tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..indication import Answers, Because, answers_from_record
from ..record import Domain, Record
from ..trials import TrialMatch, Verdict
from ..workup import Contradiction

# Told elsewhere with more care (two values), or no reason by themselves: something may merely be missing, or be rounded.
_NO_REASON = frozenset(
    {"two_values", "impossible_dates", "imaging_size", "m_one_without_metastasis", "n_zero_without_nodes"}
)


def answers_of(record: Record, found: Iterable[Contradiction], matches: Iterable[TrialMatch]) -> Answers:
    """The record's answers, those from its contradictions with the facts that do not fit."""
    said = answers_from_record(record)
    because = (*said.because, *_contradicted(found))
    trial = {"trials_may_apply"} if any(map(_may_apply, matches)) else set()
    return replace(said, because=because, situations=said.situations | {b.situation for b in because} | trial)


def _contradicted(found: Iterable[Contradiction]) -> Iterator[Because]:
    for contradiction in found:
        if contradiction.rule not in _NO_REASON:
            situation = "unclear_staging" if contradiction.domain is Domain.STAGE else "discordant_findings"
            yield from (Because(situation, fact) for fact in contradiction.facts)


def _may_apply(match: TrialMatch) -> bool:
    """Nothing excludes it, and the record meets at least one of its criteria."""
    return match.overall is not Verdict.NOT_MET and match.count(Verdict.MET) > 0
