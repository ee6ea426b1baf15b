"""One criterion's text -> the conditions in it and how they hang together; and the verdict on a record.

A criterion counts as understood only when every word of it is used by a condition or says nothing by itself. What is
left over keeps the verdict unknown; an inclusion may still fail on one of its conditions when all must hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from overread.clinical.record import Record

from . import care, person, tumour
from .atoms import Atom, Reader, Truth
from .models import Criterion, CriterionKind
from .tables import CONDITIONAL, FILLER, MODIFIERS, NEGATORS
from .verdict import CriterionMatch, Verdict, Why

_READERS: tuple[Reader, ...] = (
    care.treated,
    person.ecog,
    care.laboratory,
    person.age,
    tumour.stage,
    tumour.receptors,
    tumour.genes,
    tumour.proof,
    tumour.nodes,
    tumour.spread,
    tumour.invasive,
    tumour.site,
    person.menopause,
    person.pregnancy,
    person.sex,
)
_REFUSING = re.compile(r"\b(?:(?:is|are|will be) )?(?:not (?:be )?eligible|ineligible|excluded)\b", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s,;:()\[\].*]+(?:\.\d+)?")
_LONGEST = 2000  # characters; a longer criterion is a paragraph for a person to read


class Joined(StrEnum):
    ALL = "all of"
    ANY = "any of"
    MIXED = "unclear between"


@dataclass(frozen=True, slots=True)
class Rule:
    """atoms: (condition, negated). unread: words that nothing used. kind: after ``… are not eligible`` was heeded."""

    atoms: tuple[tuple[Atom, bool], ...]
    joined: Joined
    kind: CriterionKind
    unread: tuple[str, ...]
    unsafe: bool  # conditional or negating words that nothing used: no verdict at all

    @property
    def words(self) -> str:
        labels = [("not " if negated else "") + atom.label for atom, negated in self.atoms]
        asked = labels[0] if len(labels) == 1 else f"{self.joined}: " + "; ".join(labels)
        return ("excluded when " if self.kind is CriterionKind.EXCLUSION else "") + asked


@lru_cache(maxsize=20_000)
def parse(text: str, kind: CriterionKind) -> Rule | None:
    """The rule that a criterion's text makes; None when no condition in it is known."""
    if len(text) > _LONGEST:
        return None
    refusing = _REFUSING.search(text)
    plain = _REFUSING.sub(lambda m: " " * len(m[0]), text)
    atoms = _atoms(plain)
    if not atoms:
        return None
    gaps = _gaps(plain, atoms)
    negated = tuple(_negates(gap) for gap in gaps[:-1])
    unread, unsafe = _left_over(gaps, negated)
    kind = CriterionKind.EXCLUSION if refusing else kind
    # "No distant metastasis" among the exclusions is as often a requirement that strayed there.
    several = any(negated) and (len(atoms) > 1 or kind is CriterionKind.EXCLUSION)
    pairs = tuple(zip(atoms, negated, strict=True))
    return Rule(pairs, _joined(gaps[1:-1], kind), kind, unread, unsafe or several)


def judge(criterion: Criterion, record: Record, as_of: date) -> CriterionMatch:
    """The verdict on one criterion of the text."""
    name = criterion.kind.value
    rule = parse(criterion.text, criterion.kind)
    if rule is None:
        return CriterionMatch(
            name, criterion, Verdict.UNKNOWN, None, (), "Not understood: a person must read it.", Why.NOT_UNDERSTOOD
        )
    truths = [(atom, _turned(atom.ask(record, as_of), negated)) for atom, negated in rule.atoms]
    facts = tuple(dict.fromkeys(f for _, t in truths for f in t.facts))
    said = "; ".join(f"{atom.label}: {truth.said}" for atom, truth in truths)
    verdict, why = _verdict(rule, [t for _, t in truths])
    if criterion.under and verdict is not Verdict.UNKNOWN:
        verdict, why, said = Verdict.UNKNOWN, Why.PARTLY_UNDERSTOOD, f"{said}; listed under “{criterion.under}”"
    return CriterionMatch(name, criterion, verdict, rule.words, facts, _sentence(rule, verdict, said), why)


def _verdict(rule: Rule, truths: list[Truth]) -> tuple[Verdict, Why | None]:
    partly = (Verdict.UNKNOWN, Why.PARTLY_UNDERSTOOD)
    if rule.unsafe:
        return partly
    value = _combined(rule.joined, [t.value for t in truths])
    if rule.unread:
        narrowed = (
            rule.kind is CriterionKind.INCLUSION and rule.joined is Joined.ALL and MODIFIERS.issuperset(rule.unread)
        )
        fails = narrowed and value is False
        return (Verdict.NOT_MET, None) if fails else partly
    if value is None:
        return Verdict.UNKNOWN, next((t.why for t in truths if t.why), Why.NOT_UNDERSTOOD)
    wanted = rule.kind is CriterionKind.INCLUSION
    return (Verdict.MET if value is wanted else Verdict.NOT_MET), None


def _combined(joined: Joined, values: list[bool | None]) -> bool | None:
    """However conditions hang together, all true is true and all false is false."""
    if all(v is True for v in values):
        return True
    if all(v is False for v in values):
        return False
    if joined is Joined.ALL and False in values:
        return False
    return True if joined is Joined.ANY and True in values else None


def _atoms(text: str) -> tuple[Atom, ...]:
    """Conditions in their order in the text; an earlier reader's words are not read again."""
    taken: list[Atom] = []
    for reader in _READERS:
        for atom in reader(text):
            if all(atom.end <= a.start or a.end <= atom.start for a in taken):
                taken.append(atom)
    return tuple(sorted(taken, key=lambda a: a.start))


def _gaps(text: str, atoms: tuple[Atom, ...]) -> tuple[tuple[str, ...], ...]:
    """The words before, between and after the atoms."""
    edges = [0, *(edge for a in atoms for edge in (a.start, a.end)), len(text)]
    parts = (text[edges[i] : edges[i + 1]] for i in range(0, len(edges), 2))
    return tuple(
        tuple(t.lower().strip("'\"“”") for t in _TOKEN.findall(part)) + ((",",) if "," in part else ())
        for part in parts
    )


def _negates(gap: tuple[str, ...]) -> bool:
    """One negating word with nothing but filler after it."""
    words = [w for w in gap if w != ","]
    places = [i for i, word in enumerate(words) if word in NEGATORS]
    return len(places) == 1 and all(word in FILLER for word in words[places[0] + 1 :])


def _left_over(gaps: tuple[tuple[str, ...], ...], negated: tuple[bool, ...]) -> tuple[tuple[str, ...], bool]:
    unread: list[str] = []
    unsafe = False
    for i, gap in enumerate(gaps):
        used = i < len(negated) and negated[i]
        words = [w for w in gap if not (used and w in NEGATORS)]
        unsafe = unsafe or any(w in CONDITIONAL or w in NEGATORS for w in words)
        unread += [w for w in words if w not in FILLER and any(c.isalnum() or c in "≥≤<>=" for c in w)]
        # An "or" outside the conditions offers a way that nobody checked.
        unsafe = unsafe or (i in (0, len(gaps) - 1) and bool({"or", "and/or"} & set(gap)))
    return tuple(unread), unsafe or ("or" in {w for g in gaps for w in g} and bool(unread))


def _joined(inner: tuple[tuple[str, ...], ...], kind: CriterionKind) -> Joined:
    """By the words between the conditions. A comma, and in an exclusion an "and", may list either way."""
    alternatives = [bool({"or", "and/or"} & set(gap)) for gap in inner]
    if alternatives and all(alternatives):
        return Joined.ANY
    loose = {"and", ","} if kind is CriterionKind.EXCLUSION else {","}
    if any(alternatives) or any(loose & set(gap) for gap in inner):
        return Joined.MIXED
    return Joined.ALL


def _turned(truth: Truth, negated: bool) -> Truth:
    return Truth(not truth.value, truth.said, truth.facts) if negated and truth.value is not None else truth


def _sentence(rule: Rule, verdict: Verdict, said: str) -> str:
    lead = {
        (Verdict.MET, CriterionKind.INCLUSION): "Satisfied",
        (Verdict.MET, CriterionKind.EXCLUSION): "Satisfied: the record states that the excluding condition is absent",
        (Verdict.NOT_MET, CriterionKind.INCLUSION): "Not satisfied",
        (Verdict.NOT_MET, CriterionKind.EXCLUSION): "Not satisfied: the record states the excluding condition",
    }.get((verdict, rule.kind), "Cannot be told")
    rest = f" Not checked: {' '.join(rule.unread)}." if rule.unread else ""
    unsafe = " Its wording (a condition, permission, alternative or negation) needs a person." if rule.unsafe else ""
    return f"{lead}. {said[:1].upper()}{said[1:]}.{rest}{unsafe}"
