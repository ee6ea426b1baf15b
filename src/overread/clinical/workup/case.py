"""What the rules of contradiction look at, and the few readings that they share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..record import Fact, Record
from .answer import Tumour

Found = Iterator[tuple[str, tuple[Fact, ...]]]
NOT_THIS = ("history", "other")  # an earlier cancer, or one named in passing
_DENIED = re.compile(
    r"\b(?:no|not|without|negative for|absence of|free of|denies|excluded|resolved|never|rule out|possibl[ey])(?!\w)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;:\n]|,(?!\d)|\bbut\b")


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules look at."""

    record: Record
    tumour: Tumour | None
    as_of: date


def bare(text: str) -> str:
    """Without the words and prefixes around the category: ``pT2a`` and ``cT2A`` are both T2A."""
    return re.sub(r"^(?:STAGE|AJCC|UICC|YC|YP|RP|[CPRA](?=[TNM]))*|[^0-9A-Z]|(?:TH|ST|ND|RD)$", "", text[:80].upper())


def category(record: Record, name: str) -> tuple[str, Fact] | None:
    """The one T, N or M that the record states of this cancer, bare, with its fact; None where it states none or several."""
    facts = current(record, name)
    return (bare(str(facts[0].value)), facts[0]) if len({fact.value for fact in facts}) == 1 else None


def words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text[:500].casefold())) - {"the", "of", "and", "nos", "in", "a"}


def number(fact: Fact) -> float:
    return float(fact.value) if isinstance(fact.value, int | float) else 0.0


def current(record: Record, *names: str) -> tuple[Fact, ...]:
    """The facts of these fields that speak of this cancer."""
    return tuple(fact for name in names for fact in record.all(name) if fact.about not in NOT_THIS)


def affirmed(text: str, pattern: re.Pattern[str]) -> bool:
    """Somewhere in the text the words stand in a clause that neither denies nor doubts them."""
    return any(pattern.search(clause) and not _DENIED.search(clause) for clause in _CLAUSE.split(text[:1000]))
