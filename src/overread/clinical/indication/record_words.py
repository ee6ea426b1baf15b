"""Situations that a record states in words: the table of words, and how it is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from overread.clinical.knowledge import load
from overread.clinical.record import Domain, Nature, Record

from .answers import Because
from .tumours import text_of

_FILE = load("indication", "record_words")
_CLAUSE = re.compile(r"[.;:,\n]")
_DENIED = re.compile(
    r"\b(?:no|not|without|negative|absence|denies|excluded|unlikely|resolved|history|never)\b", re.IGNORECASE
)
_READ = frozenset({Domain.IMAGING, Domain.PATHOLOGY, Domain.STAGE})
LOWEST_STAGES: frozenset[str] = frozenset(_FILE["aggressive_for_stage"])


@dataclass(frozen=True, slots=True)
class Row:
    """plain: the words count as they stand; otherwise only in a clause that does not deny them."""

    situation: str
    fields: tuple[str, ...]
    words: re.Pattern[str]
    plain: bool


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _row(row: dict[str, Any]) -> Row:
    return Row(row["situation"], tuple(row["fields"]), _any(row["patterns"]), row.get("plain", False))


ROWS: tuple[Row, ...] = tuple(map(_row, _FILE.rows))
_AUTHORS = {situation: _any(patterns) for situation, patterns in _FILE["authors"].items()}


def situations(record: Record) -> Iterator[Because]:
    """Each situation with the fact whose words, or whose author, tell it. A patient's earlier cancer is not this one."""
    for row in ROWS:
        facts = (fact for name in row.fields for fact in record.all(name) if fact.about != "history")
        yield from (Because(row.situation, fact) for fact in facts if _tells(row, text_of(fact)))
    for fact in record.facts:
        if fact.spec.domain in _READ and fact.spec.nature is Nature.INTERPRETATION:
            author = (fact.provenance.author or "")[:200]
            yield from (Because(key, fact) for key, words in _AUTHORS.items() if words.search(author))


def _tells(row: Row, text: str) -> bool:
    return bool(row.words.search(text)) if row.plain else affirmed(text, row.words)


def affirmed(text: str, words: re.Pattern[str]) -> bool:
    """Somewhere in the text the words stand in a clause that does not deny them."""
    return any(words.search(clause) and not _DENIED.search(clause) for clause in _CLAUSE.split(text))
