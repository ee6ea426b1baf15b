"""Probabilities of T, N and M classes for ranking reports, from what a report states; never a source of facts.

There is no trained model: where the report states no category of its own, there are no classes. Where it does, the stated
class gets the share of such readings that were right on development data, and the rest is spread evenly over the others.
"""

from __future__ import annotations

from collections.abc import Iterable

from overread.clinical.record import Fact

CLASSES = {"pT": ("T1", "T2", "T3", "T4"), "pN": ("N0", "N1", "N2", "N3"), "pM": ("M0", "M1")}
_UNMEASURED = 0.9  # A rule too rare to measure ranks below every measured rule for T and N.


def classes(facts: Iterable[Fact]) -> dict[str, dict[str, float]]:
    """``{"pT": {"T1": p, …}, …}`` with p summing to 1, only for the letters that the report states of the case."""
    own = {f.field: f for f in reversed(tuple(facts)) if f.about is None}
    answers = {}
    for name, members in CLASSES.items():
        fact = own.get(name[1].lower())
        if fact is not None and str(fact.value)[:2] in members:
            answers[name] = _spread(members, str(fact.value)[:2], fact.provenance.confidence or _UNMEASURED)
    return answers


def _spread(members: tuple[str, ...], stated: str, share: float) -> dict[str, float]:
    share = min(share, 0.99)
    rest = (1 - share) / (len(members) - 1)
    return {member: round(share if member == stated else rest, 4) for member in members}
