"""Tolerant access to FHIR elements. Whatever has the wrong type is absent; nothing here raises."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from overread.clinical.record.facts import is_iso_date

Node = dict[str, Any]

_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]+")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_TAG = re.compile(r" \([a-z][a-z ]{2,40}\)$")  # SNOMED CT's semantic tag: "(disorder)"
MAX_WORDS = 5_000  # of an element that rules look at; a report's text may be longer
_OIDS = {"urn:oid:2.16.840.1.113883.6.90": "http://hl7.org/fhir/sid/icd-10-cm"}


@dataclass(frozen=True, slots=True)
class Coding:
    system: str
    code: str
    display: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A CodeableConcept."""

    text: str
    codings: tuple[Coding, ...]

    @property
    def label(self) -> str | None:
        """How people call it: the first display, or the text, without SNOMED CT's semantic tag."""
        shown = next((c.display for c in self.codings if c.display), "") or self.text
        return _TAG.sub("", shown).strip() or None

    @property
    def words(self) -> str:
        """Everything a person could read in it, for rules that look at words."""
        return " | ".join(filter(None, [*(c.display for c in self.codings), self.text]))

    def code(self, system: str) -> str | None:
        """The first code of a system, named by a part of its address."""
        return next((c.code for c in self.codings if system in c.system and c.code), None)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(c.code for c in self.codings if c.code)

    def __bool__(self) -> bool:
        return bool(self.text or self.codings)


@dataclass(frozen=True, slots=True)
class Quantity:
    value: float
    unit: str
    comparator: str = ""

    @property
    def text(self) -> str:
        return f"{self.comparator}{self.value:.12g} {self.unit}".strip()


def items(node: Any, name: str) -> list[Node]:
    """The objects under a name, whether sent as a list or alone."""
    found = node.get(name) if isinstance(node, dict) else None
    return [n for n in (found if isinstance(found, list) else [found]) if isinstance(n, dict)]


def first(node: Any, name: str) -> Node:
    return next(iter(items(node, name)), {})


def string(node: Any, name: str, limit: int = MAX_WORDS) -> str | None:
    """Text without control characters and half characters, or None when absent or blank."""
    found = node.get(name) if isinstance(node, dict) else None
    return clean(found[:limit]) if isinstance(found, str) else None


def strings(node: Any, name: str) -> list[str]:
    found = node.get(name) if isinstance(node, dict) else None
    return (
        [t for t in map(clean, [x[:MAX_WORDS] for x in found if isinstance(x, str)]) if t]
        if isinstance(found, list)
        else []
    )


def clean(text: str) -> str | None:
    return _UNFIT.sub(" ", text).strip() or None


def number(node: Any, name: str) -> float | None:
    found = node.get(name) if isinstance(node, dict) else None
    if isinstance(found, bool) or not isinstance(found, int | float) or abs(found) > 1e15 or not math.isfinite(found):
        return None
    return float(found)


def quantity(node: Any, name: str) -> Quantity | None:
    inner = first(node, name)
    value = number(inner, "value")
    if value is None:
        return None
    unit = string(inner, "unit") or string(inner, "code") or ""
    return Quantity(value, "" if unit == "1" else unit, string(inner, "comparator") or "")


def day(node: Any, *names: str) -> str | None:
    """The first of the elements that holds a date: to the day at most, to the precision sent."""
    for name in names:
        text = string(node, name) or string(first(node, name), "start")
        if text and (found := _DAY.match(text)) and is_iso_date(found[0]):
            return found[0]
    return None


def concept(node: Any, name: str) -> Concept:
    return as_concept(first(node, name))


def concepts(node: Any, name: str) -> list[Concept]:
    return [as_concept(n) for n in items(node, name)]


def as_concept(node: Node) -> Concept:
    codings = (coding(c) for c in items(node, "coding"))
    return Concept(string(node, "text") or "", tuple(c for c in codings if c.code or c.display))


def coding(node: Node) -> Coding:
    system = string(node, "system") or ""
    return Coding(_OIDS.get(system, system), string(node, "code") or "", string(node, "display") or "")


def extension(node: Any, ending: str) -> list[Node]:
    """The extensions whose address ends so."""
    return [e for e in items(node, "extension") if (string(e, "url") or "").endswith(ending)]


def has_profile(node: Node, *parts: str) -> bool:
    return any(part in profile for profile in strings(first(node, "meta"), "profile") for part in parts)
