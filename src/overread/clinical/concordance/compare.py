"""Two opinions on one record, compared topic by topic, each difference with the rule that graded it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from ..record import Domain, Opinion
from .grades import Cause, Direction, Grade, Rule, Topic, worst
from .statements import Compared, compare_statements
from .treatments import TreatmentPair, compare_tests, compare_treatments


@dataclass(frozen=True, slots=True)
class Item:
    """One thing both opinions could speak to, what each said, and how that was graded.

    field: a name of ``record.FIELDS``, or ``treatment`` or ``further_tests``. about: as in ``Fact.about``.
    first, second: what each opinion said, as a reader sees it; empty where it said nothing.
    """

    topic: Topic
    field: str
    label: str
    domain: Domain
    first: tuple[str, ...]
    second: tuple[str, ...]
    rule: Rule
    about: str | None = None
    direction: Direction | None = None
    cause: Cause = Cause.UNKNOWN

    @property
    def grade(self) -> Grade:
        return self.rule.grade

    @property
    def sentence(self) -> str:
        """For clinicians: what was compared, what each said, and the rule's sentence."""
        said = f"{'; '.join(self.first) or 'not stated'} / {'; '.join(self.second) or 'not stated'}"
        moved = f" Direction: {self.direction}." if self.direction else ""
        return f"{self.label}: {said}. {self.rule.sentence}{moved}"

    @property
    def plain(self) -> str:
        """For patients: the same in everyday words, without scores."""
        return _PLAIN[self.grade].format(self.label)


_PLAIN = {
    Grade.CONCORDANT: "Both doctors agree about this: {}.",
    Grade.MINOR: "The doctors differ about this in a way that is not expected to change treatment or outlook: {}.",
    Grade.MAJOR: "The doctors differ about this in a way that can change treatment or outlook: {}.",
    Grade.NOT_ADDRESSED: "Only one of the doctors spoke about this, or the two cannot be compared: {}.",
}


@dataclass(frozen=True, slots=True)
class TopicResult:
    """All items of one topic and the gravest grade among them."""

    topic: Topic
    grade: Grade
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Concordance:
    """The comparison of two opinions: every topic, in the order of ``Topic``, also where nothing was addressed."""

    first: str
    second: str
    topics: tuple[TopicResult, ...]

    @property
    def grade(self) -> Grade:
        return worst(topic.grade for topic in self.topics)

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for topic in self.topics for item in topic.items)

    def topic(self, topic: Topic) -> TopicResult:
        return next(result for result in self.topics if result.topic is topic)


# The cause that a physician gave for a difference: by field name, or by field and what it is about.
Causes = Mapping[str | tuple[str, str | None], Cause]


def compare(first: Opinion, second: Opinion, *, causes: Causes | None = None) -> Concordance:
    """What the second opinion changes, against the first.

    causes: those that a physician gave; elsewhere the cause is unknown, unless the opinions show it (different staging
    editions are different criteria).
    """
    items = (*map(_item, compare_statements(first, second)), *_plan(first, second))
    placed = tuple(_with_cause(item, causes or {}) for item in items)
    return Concordance(first.author, second.author, tuple(_result(topic, placed) for topic in Topic))


def compare_all(opinions: Sequence[Opinion], *, causes: Causes | None = None) -> tuple[Concordance, ...]:
    """Every pair of the opinions, in their order."""
    return tuple(compare(a, b, causes=causes) for a, b in combinations(opinions, 2))


def _result(topic: Topic, items: tuple[Item, ...]) -> TopicResult:
    own = tuple(item for item in items if item.topic is topic)
    return TopicResult(topic, worst(item.grade for item in own), own)


def _item(compared: Compared) -> Item:
    return Item(
        topic=compared.topic,
        field=compared.spec.name,
        label=compared.spec.label,
        domain=compared.spec.domain,
        first=compared.first,
        second=compared.second,
        rule=compared.verdict.rule,
        about=compared.about,
        direction=compared.verdict.direction,
        cause=compared.verdict.cause,
    )


def _plan(first: Opinion, second: Opinion) -> tuple[Item, ...]:
    """Treatment always stands in the comparison; further tests only where somebody asked for one."""
    items = [_plan_item("treatment", "Treatment", compare_treatments(first, second))]
    if first.further_tests or second.further_tests:
        items.append(_plan_item("further_tests", "Further tests", compare_tests(first, second)))
    return tuple(items)


def _plan_item(field: str, label: str, pair: TreatmentPair) -> Item:
    return Item(Topic.TREATMENT, field, label, Domain.PLAN, pair.first, pair.second, pair.verdict.rule)


def _with_cause(item: Item, causes: Causes) -> Item:
    given = causes.get((item.field, item.about), causes.get(item.field))
    return replace(item, cause=given) if given and item.grade in (Grade.MINOR, Grade.MAJOR) else item
