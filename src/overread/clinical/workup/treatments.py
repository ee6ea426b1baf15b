"""Which kind of treatment a name speaks of, by the words table; nothing where no row fits."""

from __future__ import annotations

import re
from typing import Any

from ..knowledge import load
from ..record import Fact, Modality, Record

_FILE = load("workup", "treatments")
LONGEST = 500


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _row(row: dict[str, Any]) -> tuple[re.Pattern[str], Modality]:
    return _any(row["patterns"]), Modality(row["modality"])


_ROWS: tuple[tuple[re.Pattern[str], Modality], ...] = tuple(map(_row, _FILE.rows))
_NOT_TREATMENT = _any(_FILE["not_treatment"])


def modality_of(name: str) -> Modality | None:
    """The kind of treatment that a name speaks of; None where no row of the table fits, or it is no treatment."""
    text = name[:LONGEST]
    if _NOT_TREATMENT.search(text):
        return None
    return next((modality for pattern, modality in _ROWS if pattern.search(text)), None)


def treatments(record: Record, *names: str) -> tuple[tuple[Modality, Fact], ...]:
    """The facts of these fields whose kind of treatment is known, in the order of the fields."""
    facts = (fact for name in names for fact in record.all(name))
    return tuple((modality, fact) for fact in facts if (modality := modality_of(str(fact.value))))
