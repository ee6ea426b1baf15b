"""The published figures on symptoms: predictive values, combinations, odds ratios and bare links, each kept apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from overread.clinical.knowledge import Source, load
from overread.clinical.knowledge.citations import cite

from .vocabulary import SYMPTOMS, People, people

_HOW = {None: "about", "above": "more than", "below": "fewer than"}
_SMALL = 0.1  # percent; what is smaller is told of 10,000 people, so that it can be pictured


@dataclass(frozen=True, slots=True)
class PredictiveValue:
    """Of 100 such people with the symptom, ``percent`` had the condition.

    low, high: the published 95 % interval, None where none is. bound: ``above`` or ``below`` where the value is published
    only as that. within: how long after they spoke of it, where the study says so. n: of what n_of says.
    """

    condition: str
    condition_label: str
    symptoms: frozenset[str]
    percent: float
    low: float | None
    high: float | None
    bound: str | None
    people: People
    n: int | None
    source: Source | None
    within: str | None = None
    n_of: str = "cases in the study"

    @property
    def order(self) -> float:
        """By what it ranks: the percentage, or nothing where all that is known is that it is smaller."""
        return 0.0 if self.bound == "below" else self.percent

    @property
    def sentence(self) -> str:
        told = " and ".join(sorted(SYMPTOMS.get(key, key.replace("_", " ")) for key in self.symptoms))
        of, times = (100, 1) if self.percent >= _SMALL else (10_000, 100)
        interval = f" (between {self.low:g} and {self.high:g})" if self.low is not None else ""
        within = f" within {self.within}" if self.within else ""
        return (
            f"Of {of:,} {self.people.text} who spoke of {told}, {_HOW[self.bound]} {self.percent * times:g}{interval} had "
            f"{self.condition_label}{within}. Most had something else."
        )


@dataclass(frozen=True, slots=True)
class Link:
    """A study linked symptom and condition without a chance that we can give.

    odds_ratio with its interval, or None; at_least_pct: a published lower bound in groups that are not carried over.
    """

    condition: str
    condition_label: str
    symptom: str
    odds_ratio: float | None
    low: float | None
    high: float | None
    at_least_pct: float | None
    people: People
    n: int | None
    sentence: str
    source: Source | None

    @property
    def symptom_label(self) -> str:
        return SYMPTOMS[self.symptom]


def _value(row: dict[str, Any]) -> PredictiveValue:
    return PredictiveValue(
        row["condition"],
        row["condition_label"],
        frozenset({row["symptom"]}),
        row["percent"],
        row["low"],
        row["high"],
        None,
        people(row["people"]),
        row["n"],
        cite(row["evidence"], row["source"]),
        row.get("within"),
        row.get("n_of", "cases in the study"),
    )


def _combination(row: dict[str, Any]) -> PredictiveValue:
    return _bounded(row, frozenset(row["symptoms"]), "above", row["above_pct"])


def _bounds(row: dict[str, Any]) -> Iterator[PredictiveValue]:
    """One value a symptom that the study's words speak of."""
    for symptom in row["symptoms"]:
        yield _bounded(row, frozenset({symptom}), row["bound"], row["percent"])


def _bounded(row: dict[str, Any], symptoms: frozenset[str], bound: str, percent: float) -> PredictiveValue:
    return PredictiveValue(
        row["condition"],
        row["condition_label"],
        symptoms,
        percent,
        None,
        None,
        bound,
        people(row["people"]),
        row["n"],
        cite(row["evidence"], row["source"]),
    )


def _link(row: dict[str, Any]) -> Link:
    return Link(
        row["condition"],
        row["condition_label"],
        row["symptom"],
        row.get("odds_ratio"),
        row.get("low"),
        row.get("high"),
        row.get("at_least_pct"),
        people(row["people"]),
        row["n"],
        _link_sentence(row),
        cite(row["evidence"], row["source"]),
    )


def _link_sentence(row: dict[str, Any]) -> str:
    if "note" in row:
        return str(row["note"]).format(at_least_pct=row.get("at_least_pct"))
    label = SYMPTOMS[row["symptom"]]
    return (
        f"In a study, people with {row['condition_label']} had spoken of {label} more often than people without. "
        "That does not say how likely it is."
    )


VALUES: tuple[PredictiveValue, ...] = (
    *map(_value, load("symptoms", "predictive_values").rows),
    *map(_combination, load("symptoms", "combinations").rows),
    *(value for row in load("symptoms", "bounds").rows for value in _bounds(row)),
)
LINKS: tuple[Link, ...] = (
    *map(_link, load("symptoms", "linked").rows),
    *map(_link, load("symptoms", "features").rows),
)
COVERED: tuple[str, ...] = tuple(
    sorted({value.condition_label for value in VALUES} | {link.condition_label for link in LINKS})
)
