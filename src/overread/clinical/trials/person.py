"""Conditions on the person: age, sex, menopause, pregnancy, performance status, laboratory values, treatment before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial

from overread.clinical.record import Fact, Record

from .atoms import Atom, Truth, asking, judged, silent

_BOUND = r"(?:≥|>=|=>|>|≤|<=|=<|<|at least|greater than or equal to|greater than|more than|less than or equal to|less than|no more than|not more than|up to)"
_AGE = re.compile(
    rf"\b(?:must be |is )?(?:aged?(?: of)?:?\s+)?(?P<op>{_BOUND})\s?(?P<n>\d{{1,3}})\s?(?:years?|yrs?)(?: of age| old)?\b"
    rf"|\b(?:age|aged):?\s+(?P<op2>{_BOUND})\s?(?P<n2>\d{{1,3}})\b"
    r"|\b(?:aged? )?(?P<n3>\d{1,3})\s?(?:years?|yrs?)(?: of age| old)? (?P<side>or|and|of age or|of age and) (?P<dir>older|over|above|younger)\b"
    r"|\b(?:aged?:?\s+)?(?:between )?(?P<lo>\d{1,3})\s?(?:years? )?(?:-|–|to|and)\s?(?P<hi>\d{1,3})\s?(?:years?|yrs?)(?: of age| old)?\b",
    re.IGNORECASE,
)
_SEX = re.compile(r"\b(women|woman|females?|men|man|males?)\b", re.IGNORECASE)
_MENOPAUSE = re.compile(r"\b(pre|peri|post)-?\s?menopausal\b", re.IGNORECASE)
_PREGNANT = re.compile(r"\b(?:pregnant|lactating|breast-?\s?feeding|nursing|pregnancy|lactation)\b", re.IGNORECASE)
_ECOG = re.compile(
    r"\b(?:(?:eastern cooperative oncology group(?: \(ecog\))?|ecog|who|zubrod)\b[\s,/-]{0,3}){1,3}"
    r"(?:\(ecog\) ?)?(?:performance )?(?:status|score|scale|ps)?\s?(?:\(ps\))?\s?(?:of|:|is|=(?![<>])|must be)?\s?"
    r"(?:(?P<op>≤|<=|=<|<|≥|>=|>|less than or equal to|equal to or less than|less than|greater than or equal to|greater than|at most|at least)\s?(?P<n>[0-5])\b"
    r"|(?P<list>[0-5](?:(?:\s?(?:-|–|,|/|to|or|and)\s?){1,2}[0-5]){0,5})\b(?!\.\d|%))",
    re.IGNORECASE,
)


def age(text: str) -> Iterator[Atom]:
    for m in _AGE.finditer(text):
        low, high = _age_bounds(m)
        yield Atom(m.start(), m.end(), _age_label(low, high), partial(aged, low=low, high=high))


def _age_bounds(m: re.Match[str]) -> tuple[int | None, int | None]:
    """Completed years, both ends included."""
    if m["lo"]:
        return int(m["lo"]), int(m["hi"])
    if m["n3"]:
        return (None, int(m["n3"])) if m["dir"].lower() == "younger" else (int(m["n3"]), None)
    number, op = int(m["n"] or m["n2"]), (m["op"] or m["op2"]).lower()
    if op in {">", "greater than", "more than"}:
        return number, None  # "older than 18" is written for those who have turned 18; the registered limit decides
    if op in {"<", "less than"}:
        return None, number - 1
    return (number, None) if op in {"≥", ">=", "=>", "at least", "greater than or equal to"} else (None, number)


def _age_label(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return f"age {low} to {high}"
    return f"age {low} or more" if low is not None else f"age {high} or less"


def aged(record: Record, as_of: date, *, low: int | None, high: int | None) -> Truth:
    """Age in completed years on the day asked, as far as the record's dates allow."""
    span = age_range(record, as_of)
    if span is None:
        return silent()
    youngest, oldest, facts = span
    said = f"the record gives an age of {youngest}" + (
        "" if oldest == youngest else f" to {oldest}" if oldest is not None else " or more"
    )
    above = low is None or youngest >= low
    under = high is None or (oldest is not None and oldest <= high)
    if above and under:
        return Truth(True, said, facts)
    if (low is not None and oldest is not None and oldest < low) or (high is not None and youngest > high):
        return Truth(False, said, facts)
    return silent(facts, said + ", which does not settle it")


def age_range(record: Record, as_of: date) -> tuple[int, int | None, tuple[Fact, ...]] | None:
    """The youngest and oldest that the person can be. An age that a report states is a lower end only."""
    birth = record.one("birth_date")
    text = str(birth.value) if birth else (None if record.all("birth_date") else record.subject.birth_date)
    facts: tuple[Fact, ...] = (birth,) if birth else ()
    if text:
        first = date.fromisoformat(text + "-01-01"[len(text) - 10 :] if len(text) < 10 else text)
        last = first if len(text) == 10 else date(first.year, 12 if len(text) == 4 else first.month, 28)
        oldest, youngest = _years(first, as_of), _years(last, as_of)
        return (max(youngest, 0), oldest, facts) if oldest >= 0 else None
    stated = record.all("age")
    return (int(max(float(str(f.value)) for f in stated)), None, stated) if stated else None


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def sex(text: str) -> Iterator[Atom]:
    """Both named: anybody. One named: that one."""
    found = list(_SEX.finditer(text))
    kinds = {"female" if m[1].lower() in {"women", "woman", "female", "females"} else "male" for m in found}
    for m in found:
        if len(kinds) == 2:
            yield Atom(m.start(), m.end(), "women or men", asking(lambda _: Truth(True, "both are taken")))
        else:
            wanted = next(iter(kinds))
            yield Atom(m.start(), m.end(), wanted, asking(of_sex, wanted))


def of_sex(record: Record, wanted: str) -> Truth:
    if not record.all("sex") and record.subject.sex in ("female", "male"):
        return Truth(record.subject.sex == wanted, f"the record's subject is {record.subject.sex}")
    return judged(record, "sex", lambda v: None if v == "other" else v == wanted)


def menopause(text: str) -> Iterator[Atom]:
    for m in _MENOPAUSE.finditer(text):
        wanted = m[1].lower()
        yield Atom(m.start(), m.end(), m[0].lower(), asking(judged, "menopausal_status", wanted.__eq__))


def pregnancy(text: str) -> Iterator[Atom]:
    """Ruled out for a man; of a woman only a person can ask."""
    for m in _PREGNANT.finditer(text):
        yield Atom(m.start(), m.end(), m[0].lower(), asking(_pregnant))


def _pregnant(record: Record) -> Truth:
    male = of_sex(record, "male")
    return Truth(False, male.said, male.facts) if male.value else silent(male.facts)


def ecog(text: str) -> Iterator[Atom]:
    for m in _ECOG.finditer(text):
        allowed = _grades(m)
        if not allowed:
            continue
        label = "ECOG performance status " + ", ".join(map(str, sorted(allowed)))
        yield Atom(m.start(), m.end(), label, asking(judged, "ecog", allowed.__contains__))


def _grades(m: re.Match[str]) -> frozenset[int]:
    scale = range(6)  # 0 (fully active) to 5 (dead)
    if m["list"]:
        numbers = [int(n) for n in re.findall(r"\d", m["list"])]
        if len(numbers) == 1 and numbers[0]:
            return frozenset()  # "performance status 2" often lost its sign on the way: at most, or exactly?
        through = re.search(r"-|–|to", m["list"]) and len(numbers) == 2
        return frozenset(range(numbers[0], numbers[1] + 1)) if through else frozenset(numbers)
    n, op = int(m["n"]), m["op"].lower()
    if op in {"<", "less than"}:
        return frozenset(g for g in scale if g < n)
    if op in {">", "greater than"}:
        return frozenset(g for g in scale if g > n)
    upward = op in {"≥", ">=", "greater than or equal to", "at least"}
    return frozenset(g for g in scale if (g >= n if upward else g <= n))
