"""The symptoms that published figures know, and the people that each figure was measured in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from overread.clinical.knowledge import load

_ROWS = load("symptoms", "vocabulary").rows
SYMPTOMS: dict[str, str] = {row["key"]: row["label"] for row in _ROWS}
_BROADER: dict[str, tuple[str, ...]] = {row["key"]: tuple(row["also"]) for row in _ROWS}


def with_broader(symptoms: frozenset[str]) -> frozenset[str]:
    """The symptoms, and the wider ones that they are cases of: anaemia from lack of iron is anaemia."""
    return symptoms | {wider for key in symptoms for wider in _BROADER.get(key, ())}


@dataclass(frozen=True, slots=True)
class People:
    """Whom a figure was measured in. over: only those older than min_age, not those of that very age. under: only those
    younger than that.

    ages_known: False where the study's ages are not carried over, so that nobody can be said to be one of them.
    """

    text: str
    sex: str | None
    min_age: int | None
    over: bool
    ages_known: bool = True
    under: int | None = None

    def includes(self, age: float | None, sex: str | None) -> bool | None:
        """Whether the figure speaks of this person; None where age or sex would decide and is not known."""
        known = [answer for answer in (self._right_sex(sex), self._right_age(age)) if answer is not True]
        if not known:
            return True
        return False if False in known else None

    def _right_sex(self, sex: str | None) -> bool | None:
        if self.sex is None:
            return True
        return None if sex is None else sex == self.sex

    def _right_age(self, age: float | None) -> bool | None:
        if self.min_age is None and self.ages_known:
            return True
        if age is None or self.min_age is None:
            return None
        old_enough = age > self.min_age if self.over else age >= self.min_age
        return old_enough and (self.under is None or age < self.under)


def people(row: dict[str, Any]) -> People:
    """As the files say it: max_age is the last year of age that counts, under the first that does not."""
    last = row.get("max_age")
    under = row.get("under") if last is None else last + 1
    return People(row["text"], row["sex"], row["min_age"], row["over"], row.get("ages_known", True), under)
