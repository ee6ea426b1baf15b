"""The published figures on symptoms: predictive values, combinations, odds ratios and bare links, each kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from overread.clinical.knowledge import Source, load
from overread.clinical.knowledge.citations import cite

from .vocabulary import SYMPTOMS, People, people


@dataclass(frozen=True, slots=True)
class PredictiveValue:
    """Of 100 such people with the symptom, ``percent`` had the condition.

    low, high: the published 95 % interval, None where none is. n: cases in the study. above: the value is published
    only as "above percent".
    """

    condition: str
    condition_label: str
    symptoms: frozenset[str]
    percent: float
    low: float | None
    high: float | None
    above: bool
    people: People
    n: int | None
    source: Source | None

    @property
    def sentence(self) -> str:
        told = " and ".join(sorted(SYMPTOMS.get(key, key.replace("_", " ")) for key in self.symptoms))
        interval = f" (between {self.low:g} and {self.high:g})" if self.low is not None else ""
        more = "more than" if self.above else "about"
        return (
            f"Of 100 {self.people.text} who spoke of {told}, {more} {self.percent:g}{interval} had {self.condition_label}. "
            "Most had something else."
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
        False,
        people(row["people"]),
        row["n"],
        cite(row["evidence"], row["source"]),
    )


def _combination(row: dict[str, Any]) -> PredictiveValue:
    return PredictiveValue(
        row["condition"],
        row["condition_label"],
        frozenset(row["symptoms"]),
        row["above_pct"],
        None,
        None,
        True,
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
        "How likely the cancer is with this symptom is not published for it here."
    )


VALUES: tuple[PredictiveValue, ...] = (
    *map(_value, load("symptoms", "predictive_values").rows),
    *map(_combination, load("symptoms", "combinations").rows),
)
LINKS: tuple[Link, ...] = (
    *map(_link, load("symptoms", "linked").rows),
    *map(_link, load("symptoms", "features").rows),
)
COVERED: tuple[str, ...] = tuple(
    sorted({value.condition_label for value in VALUES} | {link.condition_label for link in LINKS})
)
