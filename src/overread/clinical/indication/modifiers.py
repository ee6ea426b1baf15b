"""What makes a change after review more or less likely: with figures where a study gives them, else said plainly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from overread.clinical.knowledge import Source, load
from overread.clinical.knowledge.citations import cite

from .answers import Answers
from .tumours import lineage


@dataclass(frozen=True, slots=True)
class Modifier:
    """direction: ``higher`` or ``lower``. source: None where no figure is known; the sentence says so."""

    key: str
    direction: str
    sentence: str
    source: Source | None


_FILE = load("indication", "modifiers")
_PLAIN: tuple[dict[str, Any], ...] = tuple(_FILE["unsourced"])
# What a form asks beyond the triggers; the other situations of modifiers are triggers themselves.
MODIFIER_QUESTIONS: dict[str, str] = _FILE["questions"]
MODIFIER_SITUATIONS: frozenset[str] = frozenset(row["when"] for row in (*_FILE.rows, *_PLAIN))


def modifiers(answers: Answers) -> tuple[Modifier, ...]:
    """Those whose situation was stated; the ones with figures only for the tumour they were measured in."""
    groups = set(lineage(answers.tumour))
    measured = (row for row in _FILE.rows if row["when"] in answers.situations and groups & set(row["tumours"]))
    plain = (row for row in _PLAIN if row["when"] in answers.situations)
    return (*map(_measured, measured), *map(_plain, plain))


def _measured(row: dict[str, Any]) -> Modifier:
    sentence = row["sentence"].format(*(figure["percent"] for figure in row["figures"]))
    return Modifier(row["key"], row["direction"], sentence, cite(row["evidence"], row["source"]))


def _plain(row: dict[str, Any]) -> Modifier:
    return Modifier(row["key"], row["direction"], row["sentence"], None)
