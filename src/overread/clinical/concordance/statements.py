"""The coded statements of two opinions, paired by field and by what they are about, and graded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..record import FIELDS, Domain, Fact, FieldSpec, Nature, Opinion, Value
from .grades import Cause, Grade, Topic, Verdict, verdict
from .pairs import COMPARED_DOMAINS, CONTEXT, DIAGNOSIS, grade_pair
from .readings import Behaviour, behaviour, same
from .sayings import shown, specific


@dataclass(frozen=True, slots=True)
class Compared:
    """What both opinions said in one field about one thing, and the verdict."""

    topic: Topic
    spec: FieldSpec
    about: str | None
    first: tuple[str, ...]
    second: tuple[str, ...]
    verdict: Verdict


def compare_statements(first: Opinion, second: Opinion) -> tuple[Compared, ...]:
    """Every field that at least one opinion states, in the order of the vocabulary."""
    specs = (spec for spec in FIELDS.values() if _is_compared(spec))
    return tuple(compared for spec in specs for compared in _field(spec, first, second))


def topic_of(spec: FieldSpec) -> Topic:
    """The topic that a field belongs to."""
    if spec.name in DIAGNOSIS:
        return Topic.DIAGNOSIS
    return {Domain.STAGE: Topic.STAGE, Domain.MOLECULAR: Topic.BIOMARKER}.get(spec.domain, Topic.FINDING)


def _is_compared(spec: FieldSpec) -> bool:
    """What somebody made of the case is compared; the side is a source fact that both must agree on all the same."""
    judged = spec.nature is Nature.INTERPRETATION and spec.domain in COMPARED_DOMAINS and spec.name not in CONTEXT
    return judged or spec.name in DIAGNOSIS


def _field(spec: FieldSpec, first: Opinion, second: Opinion) -> Iterator[Compared]:
    ours, theirs = _by_about(spec.name, first), _by_about(spec.name, second)
    if spec.name == "finding" and ours and theirs and (None in ours or None in theirs):
        ours, theirs = _unnumbered(ours), _unnumbered(theirs)
    if len(ours) == len(theirs) == 1:  # one each: they mean the same thing, however they label it
        theirs = dict(zip(ours, theirs.values(), strict=True))
    for about in dict.fromkeys((*ours, *theirs)):
        a, b = ours.get(about, ()), theirs.get(about, ())
        found = _with_criteria(spec, _verdict(spec, a, b, first, second), first, second)
        yield Compared(topic_of(spec), spec, about, shown(a, first), shown(b, second), found)


def _by_about(field: str, opinion: Opinion) -> dict[str | None, tuple[Fact, ...]]:
    found: dict[str | None, tuple[Fact, ...]] = {}
    for fact in opinion.facts:
        if fact.field == field:
            found[fact.about] = (*found.get(fact.about, ()), fact)
    return found


def _unnumbered(found: Mapping[str | None, tuple[Fact, ...]]) -> dict[str | None, tuple[Fact, ...]]:
    """A finding without a number may be any of those that the other opinion numbers: what is said counts, not of which."""
    return {None: tuple(fact for facts in found.values() for fact in facts)}


def _verdict(spec: FieldSpec, a: tuple[Fact, ...], b: tuple[Fact, ...], first: Opinion, second: Opinion) -> Verdict:
    if not a or not b:
        return _one_sided(spec, a or b, first if b else second)
    if spec.domain is Domain.STAGE and _disjoint("tnm_prefix", first, second):
        return verdict("stage_basis")
    return _sets(spec.name, _values(specific(a)), _values(specific(b)))


def _one_sided(spec: FieldSpec, stated: tuple[Fact, ...], silent: Opinion) -> Verdict:
    """Silence is disagreement only about an imaging finding, by a reader who read the imaging."""
    if spec.name != "finding" or not _spoke_to(Domain.IMAGING, silent):
        return verdict("not_addressed")
    alarming = any((behaviour(fact.value) or Behaviour.BENIGN) > Behaviour.BENIGN for fact in stated)
    return verdict("finding_malignant" if alarming else "finding_extra")


def _spoke_to(domain: Domain, opinion: Opinion) -> bool:
    return domain in opinion.addressed or any(fact.spec.domain is domain for fact in opinion.facts)


def _values(facts: tuple[Fact, ...]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(fact.value for fact in facts))


def _sets(field: str, a: tuple[Value, ...], b: tuple[Value, ...]) -> Verdict:
    """Several values on a side: each one that the other side lacks is graded against the nearest of the other side."""
    left = tuple(v for v in a if not any(same(v, w) for w in b))
    right = tuple(w for w in b if not any(same(v, w) for v in a))
    if not left and not right:
        return verdict("same")
    nearest = [_mildest(grade_pair(field, v, w) for w in b) for v in left]
    nearest += [_mildest(grade_pair(field, v, w) for v in a) for w in right]
    return _gravest(nearest)


def _mildest(verdicts: Iterable[Verdict]) -> Verdict:
    return min(verdicts, key=lambda v: _weight(v.rule.grade))


def _gravest(verdicts: Iterable[Verdict]) -> Verdict:
    return max(verdicts, key=lambda v: _weight(v.rule.grade))


def _weight(grade: Grade) -> int:
    """What cannot be compared weighs more than agreement: it must not be shown as agreement."""
    return (Grade.CONCORDANT, Grade.NOT_ADDRESSED, Grade.MINOR, Grade.MAJOR).index(grade)


def _with_criteria(spec: FieldSpec, found: Verdict, first: Opinion, second: Opinion) -> Verdict:
    """Stages that differ under different editions differ by their criteria, as far as the opinions show."""
    differs = found.rule.grade in (Grade.MINOR, Grade.MAJOR)
    if differs and spec.domain is Domain.STAGE and _disjoint("edition", first, second):
        return replace(found, cause=Cause.DIFFERENT_CRITERIA)
    return found


def _disjoint(field: str, first: Opinion, second: Opinion) -> bool:
    a, b = ({fact.value for fact in opinion.facts if fact.field == field} for opinion in (first, second))
    return bool(a) and bool(b) and not a & b
