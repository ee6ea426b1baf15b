"""Conditions on laboratory values, with units, and on treatment given before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from overread.clinical.record import Fact, Record

from .atoms import Atom, Truth, silent
from .tables import LABS, UNITS
from .verdict import Why

_UNIT = r"(?:x ?10[\^*]?\d ?/ ?L|10[\^*]?\d ?/ ?(?:u|µ|μ)?L|K/ ?[uµμ]L|(?:cells ?)?/ ?(?:mm\^?3|mm³|cumm|mcL|[uµμ]L)|g(?:m)?/ ?dL|mg/ ?dL|mg/ ?L|g/ ?L)"
_NAMES = "|".join(sorted((re.escape(f) for forms in LABS.values() for f in forms), key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:,\d{3}){1,2}|\d{1,7}(?:\.\d{1,3})?"
_LIMIT = re.compile(
    rf"\b(?P<name>{_NAMES})\b(?: \((?:anc|wbc|hgb|hb|plt)\))?(?: count| level| concentration)?(?: of| must be| is|:)?\s?"
    r"(?P<op>≥|>=|=>|>|≤|<=|=<|<|at least|greater than or equal to|greater than|less than or equal to|less than)\s?"
    rf"(?P<n>{_NUMBER})\s?(?P<unit>{_UNIT})(?!\w)",
    re.IGNORECASE,
)
_VALUE = re.compile(rf"(?P<name>[^:]{{1,120}}): (?P<n>{_NUMBER})\s?(?P<unit>{_UNIT})(?!\w)", re.IGNORECASE)
_PRIOR = re.compile(
    r"^(?:any |has received |received |patients with )?(?:prior|previous|previously received)\s"
    r"(?:(?:treatment|therapy|exposure)\s(?:with|to)\s)?(?:any\s|an?\s)?(?P<what>[A-Za-z0-9/+-]{3,40}(?:\s[A-Za-z0-9/+-]{2,40}){0,2})\.?$",
    re.IGNORECASE,
)
_TREATMENT_FIELDS = ("medication", "treatment_given")
_SUSPICIOUS = 100  # our choice: a value this many times the limit more likely has a wrong unit


def laboratory(text: str) -> Iterator[Atom]:
    for m in _LIMIT.finditer(text):
        name = _lab_name(m["name"])
        limit, dimension = _measured(m["n"], m["unit"])
        if dimension:
            yield _limit_atom(m, name, limit, dimension)


def _limit_atom(m: re.Match[str], name: str | None, limit: float, dimension: str) -> Atom:
    upward, strict = m["op"].lower()[0] in "≥>ag" or m["op"] == "=>", "equal" not in m["op"].lower()
    strict = strict and m["op"].lower() in {"<", ">", "less than", "greater than"}
    return Atom(m.start(), m.end(), m[0], lambda r, _d: _compare(r, name, limit, dimension, upward, strict))


def _compare(record: Record, name: str | None, limit: float, dimension: str, upward: bool, strict: bool) -> Truth:
    found = [(f, v) for f in record.all("lab") if (v := _value(f, name, dimension)) is not None]
    if not found:
        return silent()
    newest = max(f.on or "" for f, _ in found)
    used = [(f, v) for f, v in found if (f.on or "") == newest]
    facts = tuple(f for f, _ in used)
    said = "the record says " + "; ".join(f.text for f in facts)
    if any(v >= limit * _SUSPICIOUS for _, v in used):
        return Truth(None, f"{said}, {_SUSPICIOUS} times the limit or more: is the unit right?", facts, Why.IMPLAUSIBLE)
    answers = {_holds(v, limit, upward, strict) for _, v in used}
    if len(answers) == 2:
        return Truth(None, said, facts, Why.CONTRADICTORY)
    return Truth(answers.pop(), said, facts)


def _holds(value: float, limit: float, upward: bool, strict: bool) -> bool:
    if value == limit:
        return not strict
    return value > limit if upward else value < limit


def _value(fact: Fact, name: str | None, dimension: str) -> float | None:
    """The value of a ``Name: number unit`` fact, when it is this test in units of this dimension."""
    m = _VALUE.match(str(fact.value))
    if not m or _lab_name(m["name"]) != name:
        return None
    value, found = _measured(m["n"], m["unit"])
    return value if found == dimension else None


def _lab_name(text: str) -> str | None:
    """Only one test's words, and whole ones: ``Neutrophils/100 leukocytes`` names two and so none."""
    folded = f" {' '.join(re.findall(r'[a-z]+', text.lower()))} "
    hits = [name for name, forms in LABS.items() if any(f" {form} " in folded for form in forms)]
    return hits[0] if len(hits) == 1 else None


def _measured(number: str, unit: str) -> tuple[float, str]:
    key = (
        re.sub(r"\s", "", unit.lower()).replace("µ", "u").replace("μ", "u").replace("mm^3", "mm3").replace("mm³", "mm3")
    )
    dimension, factor = UNITS.get(key, ("", 1.0))
    return float(number.replace(",", "")) * factor, dimension


def treated(text: str) -> Iterator[Atom]:
    """One treatment, named and nothing else: ``Prior palbociclib``."""
    if m := _PRIOR.match(text.strip()):
        what = m["what"]
        yield Atom(0, len(text), f"treated before with {what}", lambda r, _d: _given(r, what))


def _given(record: Record, what: str) -> Truth:
    """Given when the record names it. A list that does not name it is no proof that it was never given."""
    facts = tuple(f for name in _TREATMENT_FIELDS for f in record.all(name))
    named = tuple(f for f in facts if _named(what, str(f.value)))
    if named:
        return Truth(True, "the record names " + ", ".join(f.text for f in named), named)
    listed = f"the record lists {', '.join(f.text for f in facts)} and does not say that nothing else was given"
    return silent(facts, listed) if facts else silent()


def _named(what: str, treatment: str) -> bool:
    return bool(set(re.findall(r"\w{4,}", what.lower())) & set(re.findall(r"\w{4,}", treatment.lower())) - _COMMON)


_COMMON = frozenset({"therapy", "treatment", "surgery", "cancer", "breast", "with", "procedure", "based", "inhibitor"})
