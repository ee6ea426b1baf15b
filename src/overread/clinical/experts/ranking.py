"""Experts for a topic, best first, each with every article that counted and the sum that it makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from .articles import Article
from .disambiguation import Person, people
from .independence import FirstDoctor, Independence, Link, independence, search
from .points import Contribution, contribution, exclusion
from .tables import SPECIALTIES
from .topic import Relevance, Topic, relevance

OFF_TOPIC = "not about the topic"


@dataclass(frozen=True, slots=True)
class Expert:
    """rank: from 1. score: exactly the sum of the contributions' points. independence: None when nobody was named to
    stand away from. tie: how the place among equal scores was decided, or None."""

    rank: int
    person: Person
    score: Decimal
    contributions: tuple[Contribution, ...]
    independence: Independence | None
    tie: str | None = None

    @property
    def pmids(self) -> tuple[str, ...]:
        return tuple(c.pmid for c in self.contributions)


@dataclass(frozen=True, slots=True)
class Ranking:
    """considered: articles given, without repeats. counted: those that gave points. left_out: why, and how many.
    reason: why there are no experts, or None."""

    topic: Topic
    as_of: date
    experts: tuple[Expert, ...]
    considered: int
    counted: int
    left_out: Mapping[str, int]
    reason: str | None = None

    @property
    def independent(self) -> tuple[Expert, ...]:
        """Those for whom a link was looked for and none was found."""
        return tuple(e for e in self.experts if e.independence and e.independence.link is Link.NONE_FOUND)


def rank(
    articles: Iterable[Article],
    topic: Topic,
    as_of: date,
    away_from: Sequence[FirstDoctor | str] = (),
    *,
    specialty: str | None = None,
) -> Ranking:
    """Authors ranked by what they published on the topic in the window that the knowledge file states.

    away_from: the first doctors (``FirstDoctor``, or an ORCID, an institution, a name). They are not removed: each expert
    carries how far they stand. specialty: only authors whose department's name hints at it (``specialties.yaml``).
    The same input gives the same order. Nothing to rank gives an empty ranking with its reason, never an error.
    """
    unique = tuple({article.pmid: article for article in articles}.values())
    found, left_out = _sort(unique, topic, as_of.year)
    persons = people(unique)
    candidates = [p for p in persons if specialty is None or specialty in p.specialties]
    scored = [e for p in candidates if (e := _score(p, found, as_of.year))]
    first = search(away_from, persons)
    experts = tuple(replace(e, independence=independence(e.person, first, as_of.year)) for e in _placed(scored))
    reason = None if experts else _why_empty(unique, found, topic, specialty)
    return Ranking(topic, as_of, experts, len(unique), len(found), MappingProxyType(dict(left_out)), reason)


def _sort(articles: Sequence[Article], topic: Topic, year: int) -> tuple[dict[str, Relevance], Counter[str]]:
    found: dict[str, Relevance] = {}
    left_out: Counter[str] = Counter()
    for article in articles:
        why = exclusion(article, year)
        about = None if why else relevance(article, topic)
        if about:
            found[article.pmid] = about
        else:
            left_out[why or OFF_TOPIC] += 1
    return found, left_out


def _score(person: Person, found: Mapping[str, Relevance], year: int) -> Expert | None:
    shares = [
        contribution(s.article, s.index, found[s.article.pmid], year)
        for s in person.signatures
        if s.article.pmid in found
    ]
    shares.sort(key=lambda c: (-c.points, -c.year, c.pmid))
    total = sum((c.points for c in shares), Decimal(0))
    return Expert(0, person, total, tuple(shares), None) if total else None


def _placed(experts: list[Expert]) -> list[Expert]:
    """By score; equal scores by first or last places, then the newest article, then the name, then the key."""
    ordered = sorted(experts, key=lambda e: (-e.score, *_tie_break(e)))
    shared = Counter(e.score for e in ordered)
    why = "same score as {} others; ordered by first or last places, newest article, then name"
    return [
        replace(e, rank=i, tie=why.format(shared[e.score] - 1) if shared[e.score] > 1 else None)
        for i, e in enumerate(ordered, 1)
    ]


def _tie_break(expert: Expert) -> tuple[int, int, str, str]:
    leading = sum(c.place in ("first", "last") for c in expert.contributions)
    newest = max(c.year for c in expert.contributions)
    return -leading, -newest, expert.person.name.casefold(), expert.person.key


def _why_empty(articles: Sequence[Article], found: Mapping[str, Relevance], topic: Topic, specialty: str | None) -> str:
    if not articles:
        return "No articles were given."
    if topic == Topic():
        return "No topic was given: the record names no cancer."
    if not found:
        return f"None of the {len(articles)} articles counts for {topic.label}."
    if specialty is not None and specialty not in SPECIALTIES:
        return f"No such specialty: {specialty}. Known: {', '.join(SPECIALTIES)}."
    if specialty is not None:
        return f"No author of the {len(found)} articles on {topic.label} has a department that hints at {specialty}."
    return f"The {len(found)} articles on {topic.label} name no author."
