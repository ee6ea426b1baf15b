"""Probabilities of the classes of T, N and M, to sort reports by; never a source of facts.

A small trained model weighs the words of the report and what the rules read in it. It always answers, also where the report
states no stage, so its answer is not evidence of a stage: facts come only from words (see ``reading``).
"""

from __future__ import annotations

from collections.abc import Iterable

from overread.clinical.record import Fact

from .ranking_model import CLASSES, committed


def classes(text: str, facts: Iterable[Fact]) -> dict[str, dict[str, float]]:
    """``{"pT": {"T1": p, …}, "pN": {"N0": p, …}, "pM": {"M0": p, "M1": p}}``, each summing to 1 (within 1e-4).

    text: any text; its first 60,000 characters are looked at. facts: what ``read`` found in it. A text without words gets
    about the shares of the reports that the model was trained on.
    """
    found = committed().probabilities(text, facts)
    return {
        name: {member: round(float(p), 6) for member, p in zip(members, found[name], strict=True)}
        for name, members in CLASSES.items()
    }
