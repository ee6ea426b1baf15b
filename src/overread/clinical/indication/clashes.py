"""Which contradictions of a record are more than two ways of writing the same thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from overread.clinical.record import FIELDS, Domain, Fact, Kind, Record

from .timing import stage_number
from .tumours import text_of, tumour_in, unrelated

_CATEGORY = re.compile(r"(?P<basis>yp|yc|rp|r|c|p|a)?(?P<rest>[TNM]?(?:is|[0-4X]).*)", re.IGNORECASE | re.DOTALL)
_LEFT_OUT = frozenset({"edition", "sex", "birth_date", "histology_code"})
_NO_FINDING = frozenset({Domain.CLINICAL, Domain.PLAN})  # who the patient is, and what was planned: no finding differs
STAGE_FIELDS = frozenset({"t", "n", "m", "stage_group"})


@dataclass(frozen=True, slots=True)
class _Rule:
    """How a text is understood (once each; None where it says nothing), and when two readings contradict."""

    read: Callable[[str], Hashable | None]
    differ: Callable[[Any, Any], bool]


def clashes(record: Record) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Each field that two sources contradict each other on, with the facts that do."""
    for name, facts in record.contradictions():
        rule = _rule(name)
        comparable = _of_one_basis(record, facts) if name in STAGE_FIELDS else (facts,)
        if rule and (involved := tuple(fact for group in comparable for fact in _involved(rule, group))):
            yield name, involved


def _rule(name: str) -> _Rule | None:
    if name in _LEFT_OUT or FIELDS[name].domain in _NO_FINDING:
        return None
    return _RULES.get(name) or (_CHOICE if FIELDS[name].kind is Kind.CHOICE else None)


def _of_one_basis(record: Record, facts: tuple[Fact, ...]) -> tuple[tuple[Fact, ...], ...]:
    """A clinical and a pathological stage may differ, so only stages of one basis are compared.

    The basis is the document's; a document that states two, in a record that knows two, is not compared.
    """
    if len(record.values("tnm_prefix")) < 2:
        return (facts,)
    stated: dict[str, set[str]] = {}
    for fact in record.all("tnm_prefix"):
        stated.setdefault(fact.provenance.document, set()).add(str(fact.value))
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        bases = stated.get(fact.provenance.document, set())
        if len(bases) == 1:
            groups.setdefault(next(iter(bases)), []).append(fact)
    return tuple(tuple(group) for group in groups.values())


def _involved(rule: _Rule, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Each distinct text is read once, and each distinct reading compared once: long records stay quick."""
    texts = [text_of(fact) for fact in facts]
    readings = {text: rule.read(text) for text in dict.fromkeys(texts)}
    distinct = {reading for reading in readings.values() if reading is not None}
    clashing = {one for one, other in permutations(distinct, 2) if rule.differ(one, other)}
    return tuple(fact for fact, text in zip(facts, texts, strict=True) if readings[text] in clashing)


def _category(text: str) -> tuple[str, str] | None:
    """Basis and category: "pT1c" is p and 1C."""
    match = _CATEGORY.fullmatch(text)
    return match and ((match["basis"] or "").lower(), match["rest"].upper().lstrip("TNM"))


def _categories(a: tuple[str, str], b: tuple[str, str]) -> bool:
    """A clinical and a pathological category may differ; T1 and T1c do not contradict each other."""
    return a[0] == b[0] and not a[1].startswith(b[1]) and not b[1].startswith(a[1])


def _grade(text: str) -> tuple[str, ...] | None:
    return tuple(re.findall(r"\d", text)) or None


def _unlike(a: Hashable, b: Hashable) -> bool:
    return a != b


_CHOICE = _Rule(str, _unlike)
_RULES: dict[str, _Rule] = {
    **dict.fromkeys(("t", "n", "m"), _Rule(_category, _categories)),
    "stage_group": _Rule(lambda text: stage_number(text) or None, _unlike),
    **dict.fromkeys(("site", "histology"), _Rule(tumour_in, unrelated)),
    "grade": _Rule(_grade, _unlike),
    "site_code": _Rule(lambda text: text[:3], _unlike),  # another sub-site of one organ does not contradict
}
