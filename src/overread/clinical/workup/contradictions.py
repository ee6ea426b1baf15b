"""Facts that cannot all be right. One function a rule; ``RULES`` is the table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from ..knowledge import load
from ..record import (
    FIELDS,
    SINGLE,
    Fact,
    Icdo3Morphology,
    Icdo3Topography,
    Record,
    day_range,
    disagreements,
    strictest,
    treatments,
)
from . import extent, imaging, markers
from .answer import Contradiction, Tumour
from .case import Case, Found, bare, number, words
from .oncotree import unlisted
from .staleness import last_day
from .tumours import BY_SCHEMA

TABLE: dict[str, dict[str, str]] = {row["key"]: row for row in load("workup", "contradictions").rows}


def contradictions(record: Record, tumour: Tumour | None, as_of: date) -> tuple[Contradiction, ...]:
    """Everything that the rules find, in the order of the rules."""
    case = Case(record, tumour, as_of)
    return tuple(
        _contradiction(name, sentence, facts) for name, rule in RULES.items() for sentence, facts in rule(case)
    )


def _contradiction(name: str, sentence: str, facts: tuple[Fact, ...]) -> Contradiction:
    row, domain = TABLE[name], strictest(tuple(fact.spec.domain for fact in facts))
    return Contradiction(name, sentence, domain, facts, row["kind"] == "difference", row["definition"])


def _two_values(case: Case) -> Found:
    """Sources give different values where a case has one. Wording, and one value saying more, are no contradiction."""
    mixed = len(case.record.values("tnm_prefix")) > 1
    for name in sorted(SINGLE - _CATEGORIES if mixed else SINGLE):
        facts = tuple(fact for fact in case.record.all(name) if fact.about is None)
        distinct = _distinct(facts)
        if len(distinct) > 1:
            shown = " and ".join(f"“{fact.text[:80]}”" for fact in distinct[:4])
            when = " (at different dates, so it may have changed)" if _dated_apart(distinct) else ""
            yield f"{facts[0].spec.label}: sources give {shown}{when}.", facts


def _two_values_of_one_thing(case: Case) -> Found:
    """What has one value on a day, or in one treatment, and two values are given for the same one."""
    told = ((name, facts) for name, facts in case.record.contradictions() if name not in SINGLE)
    for name, facts in (*told, *disagreements(treatments(case.record))):
        distinct = _distinct(facts)
        if len(distinct) > 1:
            shown = " and ".join(f"“{fact.text[:80]}”" for fact in distinct[:4])
            yield f"{FIELDS[name].label}: sources give {shown}{_of_what(case.record, facts[0])}.", facts


def _of_what(record: Record, fact: Fact) -> str:
    """The treatment, or the day."""
    named = next((t.name for t in treatments(record) if fact in t.details), None)
    return f" for {named[:80]}" if named else f" on {fact.on}" if fact.on else ""


# A clinical and a pathological stage may rightly differ, and a fact does not say which of the two it is.
_CATEGORIES = frozenset({"t", "n", "m", "stage_group"})


def _distinct(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    kept: list[Fact] = []
    for fact in facts:
        if not any(_compatible(fact, other) for other in kept):
            kept.append(fact)
    return tuple(kept)


def _compatible(a: Fact, b: Fact) -> bool:
    """The two can both be right: the same, two ways of writing it, or one saying more than the other."""
    if isinstance(a.value, str) and isinstance(b.value, str):
        return _compatible_text(a.field, a.value, b.value)
    if isinstance(a.value, Icdo3Topography) and isinstance(b.value, Icdo3Topography):
        return str(a.value)[:3] == str(b.value)[:3]
    unlike = type(a.value) is not type(b.value) and not {type(a.value), type(b.value)} <= {int, float}
    return unlike or _broader(str(a.value), str(b.value))


def _compatible_text(field: str, a: str, b: str) -> bool:
    if field in _CATEGORIES or field == "edition":
        return _broader(bare(a), bare(b))
    if field == "grade" and (digits := [set(re.findall(r"\d", text[:80])) for text in (a, b)]) != [set(), set()]:
        return digits[0] == digits[1] or set() in digits
    first, second = words(a), words(b)
    return first <= second or second <= first or (field == "site" and bool(first & second))


def _broader(a: str, b: str) -> bool:
    """``T2`` says less than ``T2a`` and ``C50`` less than ``C50.4``. ``I`` against ``II`` is another stage."""
    short, long = sorted((a, b), key=len)
    rest = long.removeprefix(short)
    return (
        long.startswith(short) and not rest.startswith(("I", "V")) and not (short[-1:].isdigit() and rest[:1].isdigit())
    )


def _dated_apart(facts: tuple[Fact, ...]) -> bool:
    days = [fact.on for fact in facts]
    return None not in days and len(set(days)) == len(days)


def _more_nodes_than_examined(case: Case) -> Found:
    for about, positive, examined in _paired(case.record, "nodes_positive", "nodes_examined"):
        if number(positive) > number(examined):
            where = f" ({about})" if about else ""
            yield f"More lymph nodes are reported as involved than were examined{where}.", (positive, examined)


def _paired(record: Record, first: str, second: str) -> Iterator[tuple[str | None, Fact, Fact]]:
    """Facts of two fields about one thing in one document, where each stands once."""
    keys = dict.fromkeys((fact.about, fact.provenance.document) for fact in record.all(first))
    for about, document in keys:
        both = [
            [f for f in record.all(name) if (f.about, f.provenance.document) == (about, document)]
            for name in (first, second)
        ]
        if len(both[0]) == len(both[1]) == 1:
            yield about, both[0][0], both[1][0]


def _n_against_nodes(case: Case) -> Found:
    """Only where the N category is known to be pathological: a clinical N0 with involved nodes is no contradiction."""
    prefixes = case.record.values("tnm_prefix")
    n, nodes = case.record.one("n"), case.record.one("nodes_positive")
    if n is None or nodes is None or not (prefixes == ("p",) or str(n.value).startswith("p")):
        return
    category = bare(str(n.value))
    if category == "N0" and number(nodes) > 0:
        yield "The N category says no involved lymph nodes; the count says some.", (n, nodes)
    if re.match(r"N[123]", category) and number(nodes) == 0:
        yield "The N category says involved lymph nodes; the count says none.", (n, nodes)


def _in_situ_against_t(case: Case) -> Found:
    t, histology = case.record.one("t"), case.record.one("histology_code")
    if t is None or histology is None or not isinstance(histology.value, Icdo3Morphology):
        return
    behaviour, category = str(histology.value).partition("/")[2], bare(str(t.value))
    if category.startswith("TIS") and behaviour == "3":
        yield "The T category says in situ; the histology code says invasive.", (t, histology)
    if re.match(r"T[1-4]", category) and behaviour == "2":
        yield "The T category says invasive; the histology code says in situ.", (t, histology)


def _sex_against_site(case: Case) -> Found:
    tumour = case.tumour
    owner = BY_SCHEMA[tumour.schema].sex if tumour else None
    sex = case.record.values("sex") or (case.record.subject.sex,)
    if tumour and owner and sex in (("female",), ("male",)) and sex != (owner,):
        facts = tuple(f for name in ("sex", "site", "site_code", "cancer", "histology") for f in case.record.all(name))
        yield f"The tumour ({tumour.title}) does not fit the recorded sex ({sex[0]}).", facts


def _histology_against_site(case: Case) -> Found:
    """Only where all of the case's histology is unlisted: one that fits explains the record."""
    tumour = case.tumour
    organ = BY_SCHEMA[tumour.schema].oncotree if tumour else None
    facts = tuple(fact for fact in case.record.all("histology") if fact.about is None)
    unknown = [unlisted(str(fact.value), organ) for fact in facts] if organ else []
    if tumour and unknown and all(unknown):
        sites = tuple(f for name in ("site", "site_code") for f in case.record.all(name) if f.about is None)
        named = "”, “".join(unknown[0])
        yield f"OncoTree lists no “{named}” tumour under the recorded site ({tumour.title}).", (*facts, *sites)


def _side_against_words(case: Case) -> Found:
    side = case.record.one("laterality")
    other = {"left": "right", "right": "left"}.get(str(side.value)) if side else None
    for fact in (*case.record.all("site"), *case.record.all("cancer")):
        said = words(str(fact.value))
        if side and other in said and str(side.value) not in said:
            yield f"The recorded side ({side.value}) does not fit “{fact.text[:80]}”.", (side, fact)


def _impossible_dates(case: Case) -> Found:
    born = case.record.values("birth_date") or (case.record.subject.birth_date,)
    birth = day_range(str(born[0])) if len(born) == 1 else None
    for fact in case.record.facts:
        span = day_range(fact.on)
        if span and span[0] > case.as_of:
            yield f"{fact.spec.label} is dated {fact.on}, after the day of this check ({case.as_of}).", (fact,)
        if birth and (last := last_day(fact)) and last < birth[0]:
            yield f"{fact.spec.label} is dated before the date of birth.", (fact,)


RULES: dict[str, Callable[[Case], Iterable[tuple[str, tuple[Fact, ...]]]]] = {
    "two_values": _two_values,
    "two_values_of_one_thing": _two_values_of_one_thing,
    "more_nodes_than_examined": _more_nodes_than_examined,
    "n_against_nodes": _n_against_nodes,
    "in_situ_against_t": _in_situ_against_t,
    "sex_against_site": _sex_against_site,
    "histology_against_site": _histology_against_site,
    "side_against_words": _side_against_words,
    "impossible_dates": _impossible_dates,
    **extent.RULES,
    **markers.RULES,
    **imaging.RULES,
}
