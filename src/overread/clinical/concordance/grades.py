"""The words of a comparison: grades, directions, causes, and the rules with their sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ..knowledge import load


class Grade(StrEnum):
    """How far two opinions differ. Major = changes treatment or prognosis (Manion 2008)."""

    CONCORDANT = "concordant"
    MINOR = "minor"
    MAJOR = "major"
    NOT_ADDRESSED = "not addressed"


class Topic(StrEnum):
    """What is compared."""

    DIAGNOSIS = "diagnosis"
    STAGE = "stage"
    TREATMENT = "treatment"
    FINDING = "finding"
    BIOMARKER = "biomarker"


class Direction(StrEnum):
    """Which way the second opinion moved from the first."""

    UPSTAGED = "up-staged"
    DOWNSTAGED = "down-staged"
    BENIGN_TO_MALIGNANT = "benign to malignant"
    MALIGNANT_TO_BENIGN = "malignant to benign"
    TO_INVASIVE = "in situ to invasive"
    TO_IN_SITU = "invasive to in situ"
    HIGHER_GRADE = "higher grade"
    LOWER_GRADE = "lower grade"
    TO_POSITIVE = "negative to positive"
    TO_NEGATIVE = "positive to negative"


class Cause(StrEnum):
    """Why two opinions differ, where somebody said so or the record shows it."""

    PERCEPTION = "perception"
    INTERPRETATION = "interpretation"
    NEW_INFORMATION = "new information"
    DIFFERENT_CRITERIA = "different criteria"
    SAMPLING = "sampling"
    CLERICAL = "clerical"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """Whether a rule follows from the definition of major, or is the project's choice that a physician may regrade."""

    DEFINITION = "definition"
    CONVENTION = "convention"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the rules table: what it grades, and the sentence a reader sees."""

    id: str
    grade: Grade
    basis: Basis
    source: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule said about one pair of values."""

    rule: Rule
    direction: Direction | None = None
    cause: Cause = Cause.UNKNOWN


def verdict(rule: str, direction: Direction | None = None) -> Verdict:
    """The verdict of the rule with this id."""
    return Verdict(RULES[rule], direction)


def worst(grades: Iterable[Grade]) -> Grade:
    """The gravest of the grades; not addressed only where nothing was addressed by both."""
    return max(grades, key=_GRAVITY.index, default=Grade.NOT_ADDRESSED)


_GRAVITY = (Grade.NOT_ADDRESSED, Grade.CONCORDANT, Grade.MINOR, Grade.MAJOR)


def _rule(row: dict[str, str]) -> Rule:
    return Rule(row["id"], Grade(row["grade"]), Basis(row["basis"]), row["source"], row["sentence"])


RULES: dict[str, Rule] = {row["id"]: _rule(row) for row in load("concordance", "rules").rows}
