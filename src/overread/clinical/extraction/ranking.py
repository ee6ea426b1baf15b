"""Probabilities of the classes of T, N and M, to sort reports by; never a source of facts.

A small trained model weighs the words of the report and what the rules read in it. Where the report states a class of the case,
the answer is the mean of the model's and of how often such readings were right, so that what is stated leads. There is always an answer, also where the report states no stage,
so it is not evidence of a stage: facts come only from words (see ``reading``).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from overread.clinical.record import Fact

from .ranking_model import CLASSES, Floats, Model, committed

_UNMEASURED = 0.9  # A rule too rare to measure counts less than every measured rule for T and N.
_SUREST = 0.99
_AGAIN = (
    0.25  # The model has weighed the stated class already; of the values tried on reports held back, this lost least.
)


def classes(text: str, facts: Iterable[Fact]) -> dict[str, dict[str, float]]:
    """``{"pT": {"T1": p, …}, "pN": {"N0": p, …}, "pM": {"M0": p, "M1": p}}``, each summing to 1 (within 1e-4).

    text: any text; its first 60,000 characters are looked at. facts: what ``read`` found in it. A text without words gets
    about the shares of the reports that the model was trained on.
    """
    return {
        name: {member: round(float(p), 6) for member, p in zip(CLASSES[name], found, strict=True)}
        for name, found in shares(committed(), text, tuple(facts)).items()
    }


def shares(model: Model, text: str, facts: tuple[Fact, ...]) -> dict[str, Floats]:
    """The classes' probabilities by a model, in the order of ``CLASSES``."""
    own = {fact.field: fact for fact in reversed(facts) if fact.about is None}
    found = model.probabilities(text, facts)
    return {name: _weighed(name, found[name], own.get(name[1].lower())) for name in CLASSES}


def _weighed(name: str, found: Floats, fact: Fact | None) -> Floats:
    members = CLASSES[name]
    stated = str(fact.value)[:2] if fact else ""
    if fact is None or stated not in members:
        return found
    right = min(fact.provenance.confidence or _UNMEASURED, _SUREST)
    measured = np.where(np.array(members) == stated, right, (1 - right) / (len(members) - 1))
    weighed = found * measured**_AGAIN
    return np.asarray((weighed / weighed.sum() + measured) / 2, np.float32)
