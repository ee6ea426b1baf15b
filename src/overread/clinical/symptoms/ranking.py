"""Symptoms to conditions, ranked by published predictive values; emergency advice always first."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby

from overread.clinical.knowledge import Source, load
from overread.clinical.knowledge.citations import cite

from .figures import LINKS, VALUES, Link, PredictiveValue
from .rare import RareList, rare_tumours
from .vocabulary import SYMPTOMS, with_broader

_ADVICE = {row["key"]: row for row in load("symptoms", "advice").rows}
_KNOWN = frozenset(SYMPTOMS) | {key for value in VALUES for key in value.symptoms}
_SEXES = ("female", "male")
_NEVER_SMOKED = "never"


@dataclass(frozen=True, slots=True)
class Statement:
    """One plain sentence, and where it comes from; source is None for advice that rests on no figure."""

    sentence: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition with the published values that speak of this person, highest first. They are never combined."""

    condition: str
    label: str
    values: tuple[PredictiveValue, ...]

    @property
    def highest(self) -> float:
        """What it ranks by: 0 where all that is published is that the chance is below a bound."""
        return self.values[0].order


@dataclass(frozen=True, slots=True)
class SymptomRanking:
    """emergency comes first on every page. conditions: by their highest value.

    linked: named by studies without a chance that can be given, unranked. other_people: values that exist, but for
    another age or sex; undecided: values that hang on an age or sex that was not said, or whose ages are not carried
    over. without_figure: the symptoms, in words, that none of ``conditions`` speaks of. not_covered: symptoms that no
    figure here speaks of at all. rare: rare and hereditary tumours, a list apart and far weaker.
    """

    emergency: tuple[Statement, ...]
    conditions: tuple[Condition, ...]
    linked: tuple[Link, ...]
    other_people: tuple[PredictiveValue, ...]
    undecided: tuple[PredictiveValue, ...]
    without_figure: tuple[str, ...]
    not_covered: tuple[str, ...]
    notes: tuple[Statement, ...]
    sentence: str
    rare: RareList

    @property
    def values(self) -> tuple[PredictiveValue, ...]:
        """Every value that speaks of this person, the highest of all first."""
        return tuple(value for condition in self.conditions for value in condition.values)


def rank(
    symptoms: frozenset[str],
    age: float | None = None,
    sex: str | None = None,
    smoking: str | None = None,
    signs: frozenset[str] = frozenset(),
) -> SymptomRanking:
    """Published chances for these symptoms (keys of SYMPTOMS). sex: ``female`` or ``male``, and anything else is treated as
    not said; smoking as in the record.

    signs (keys of SIGNS) count for the list of rare tumours alone: no published chance speaks of them. Never raises; an
    impossible age is treated as not said. A combination counts only where it was published.
    """
    said = with_broader(symptoms)
    years = age if age is not None and math.isfinite(age) and 0 <= age <= 130 else None
    listed = sex if sex in _SEXES else None
    matching = [value for value in VALUES if value.symptoms <= said]
    answers = [(value, value.people.includes(years, listed)) for value in matching]
    conditions = _conditions([value for value, answer in answers if answer is True])
    return SymptomRanking(
        emergency=(_statement("emergency"), _statement("neutropenic_fever")),
        conditions=conditions,
        linked=_linked(said, years, listed, conditions),
        other_people=tuple(value for value, answer in answers if answer is False),
        undecided=tuple(value for value, answer in answers if answer is None),
        without_figure=_without_figure(symptoms, conditions),
        not_covered=tuple(sorted(symptoms - _KNOWN)),
        notes=_notes(smoking),
        sentence=_summary(symptoms, signs, bool(conditions)),
        rare=rare_tumours(symptoms | signs),
    )


def _linked(
    said: frozenset[str], years: float | None, sex: str | None, conditions: tuple[Condition, ...]
) -> tuple[Link, ...]:
    """What studies link to the symptoms, but for what a published value already tells of this person."""
    told = {(found.condition, key) for found in conditions for value in found.values for key in value.symptoms}
    speaking = (link for link in LINKS if link.symptom in said and link.people.includes(years, sex) is not False)
    return tuple(link for link in speaking if (link.condition, link.symptom) not in told)


def _conditions(values: list[PredictiveValue]) -> tuple[Condition, ...]:
    ordered = sorted(values, key=lambda value: (value.condition, -value.order))
    groups = (tuple(group) for _, group in groupby(ordered, key=lambda value: value.condition))
    conditions = (Condition(group[0].condition, group[0].condition_label, group) for group in groups)
    return tuple(sorted(conditions, key=lambda found: (-found.highest, found.condition)))


def _without_figure(symptoms: frozenset[str], conditions: tuple[Condition, ...]) -> tuple[str, ...]:
    told = {key for found in conditions for value in found.values for key in value.symptoms}
    silent = (key for key in symptoms if not with_broader(frozenset({key})) & told)
    return tuple(sorted(SYMPTOMS.get(key, key) for key in silent))


def _notes(smoking: str | None) -> tuple[Statement, ...]:
    return (_statement("threshold"), *((_statement("smoking"),) if smoking not in (None, _NEVER_SMOKED) else ()))


def _statement(key: str) -> Statement:
    row = _ADVICE[key]
    return Statement(row["sentence"].format(**row["figures"]), cite(row.get("evidence"), row["source"]))


def _summary(symptoms: frozenset[str], signs: frozenset[str], found: bool) -> str:
    if not symptoms and not signs:
        return "No symptom was given, so there is nothing to say yet. If something worries you, see your doctor."
    if not found:
        return (
            "We know no published chance for these symptoms at your age and sex. That says nothing about whether they "
            "matter: please see your doctor."
        )
    return (
        "These are chances found among people who told their family doctor of the same symptom. They are not a diagnosis; "
        "most people with such symptoms do not have cancer. Please see your doctor, who can find the cause."
    )
