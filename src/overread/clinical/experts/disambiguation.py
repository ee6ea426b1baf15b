"""Which printed authors are one person. ORCID decides; else a name needs support; a bare surname and initial never do.

Two authors are joined when their ORCID is the same, or when their names agree and support is found:
- fore names written out: a shared institution (and no contradicting field of work), or a shared co-author;
- one of them an initial: a shared institution and a shared co-author, or two shared co-authors.
They are never joined, whatever the support, when their ORCIDs differ, their names cannot be one person's, or both stand
on the same article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from .affiliations import read_affiliation
from .articles import Article, Author
from .names import block, compatible, fold, full_name, is_full


class Confidence(StrEnum):
    """Why these articles are held to be one person's."""

    ORCID = "one ORCID on every article"
    ORCID_AND_SUPPORT = "ORCID on some articles, name with shared institution or co-authors on the others"
    SUPPORT = "name with shared institution or co-authors"
    SINGLE = "one article only: nothing was joined"


@dataclass(frozen=True, slots=True)
class Signature:
    """One author on one article: index is the place in the printed order, from 0."""

    article: Article
    index: int
    author: Author
    institutions: frozenset[str]
    specialties: frozenset[str]
    coauthors: frozenset[str]

    @property
    def key(self) -> tuple[str, int]:
        return self.article.pmid, self.index


@dataclass(frozen=True, slots=True)
class Person:
    """Printed authors held to be one person. key: stable for the same articles. namesakes: other persons here with the
    same surname and initial, whom nothing joins to this one."""

    key: str
    name: str
    orcid: str | None
    signatures: tuple[Signature, ...]
    confidence: Confidence
    namesakes: int

    @property
    def institutions(self) -> tuple[str, ...]:
        """Newest first."""
        newest = sorted(self.signatures, key=lambda s: (-(s.article.year or 0), s.key))
        return tuple(
            dict.fromkeys(i for s in newest for a in s.author.affiliations for i in read_affiliation(a).institutions)
        )

    @property
    def countries(self) -> tuple[str, ...]:
        newest = sorted(self.signatures, key=lambda s: (-(s.article.year or 0), s.key))
        found = (read_affiliation(a).country for s in newest for a in s.author.affiliations)
        return tuple(dict.fromkeys(country for country in found if country))

    @property
    def specialties(self) -> tuple[str, ...]:
        return tuple(sorted({name for s in self.signatures for name in s.specialties}))


def people(articles: Iterable[Article]) -> tuple[Person, ...]:
    """Every person among the authors of the articles, in the order of their keys."""
    unique = {article.pmid: article for article in articles}
    signatures = [s for pmid in sorted(unique) for s in _signatures(unique[pmid])]
    clusters = _by_orcid(signatures)
    blocks: dict[tuple[str, str], list[list[Signature]]] = defaultdict(list)
    for cluster in clusters:
        blocks[block(cluster[0].author)].append(cluster)
    persons = [p for group in blocks.values() for p in _persons(_join(group))]
    return tuple(sorted(persons, key=lambda p: p.key))


def _signatures(article: Article) -> list[Signature]:
    named = [(i, a) for i, a in enumerate(article.authors) if not a.group and fold(a.last)]
    full = {i: name for i, a in named if (name := full_name(a))}
    orcids = [a.orcid for _, a in named if a.orcid]
    return [_signature(article, i, a, full, orcids) for i, a in named]


def _signature(article: Article, index: int, author: Author, full: dict[int, str], orcids: list[str]) -> Signature:
    places = [read_affiliation(text) for text in author.affiliations]
    # An ORCID printed for two authors of one article is an error of entry: believe neither.
    clean = author if orcids.count(author.orcid or "") < 2 else Author(
        author.last, author.fore, author.initials, author.suffix, None, author.affiliations
    )  # fmt: skip
    return Signature(
        article=article,
        index=index,
        author=clean,
        institutions=frozenset(name for place in places for name in place.institutions),
        specialties=frozenset(name for place in places for name in place.specialties),
        coauthors=frozenset(name for i, name in full.items() if i != index),
    )


def _by_orcid(signatures: list[Signature]) -> list[list[Signature]]:
    """Signatures of one ORCID whose surnames agree stand together; all others alone."""
    groups: dict[tuple[str, ...], list[Signature]] = defaultdict(list)
    for s in signatures:
        groups[(s.author.orcid, fold(s.author.last)) if s.author.orcid else (s.article.pmid, str(s.index))].append(s)
    return list(groups.values())


def _join(clusters: list[list[Signature]]) -> list[list[Signature]]:
    """The best supported pairs first; a pair that anything forbids is left apart."""
    home = dict(enumerate(clusters))
    where = {s.key: n for n, cluster in home.items() for s in cluster}
    for _, a, b in _supported_pairs(clusters):
        left, right = where[a.key], where[b.key]
        if left != right and _may_join(home[left], home[right]):
            home[left] = home[left] + home.pop(right)
            where.update({s.key: left for s in home[left]})
    return list(home.values())


def _supported_pairs(clusters: list[list[Signature]]) -> list[tuple[int, Signature, Signature]]:
    pairs = [
        (support, a, b)
        for left, right in combinations(clusters, 2)
        for a in left
        for b in right
        if (support := _support(a, b))
    ]
    return sorted(pairs, key=lambda p: (-p[0], p[1].key, p[2].key))


def _support(a: Signature, b: Signature) -> int:
    """How much speaks for one person; 0 when it is not enough."""
    if not compatible(a.author, b.author):
        return 0
    places, people_ = len(a.institutions & b.institutions), len(a.coauthors & b.coauthors)
    if not (is_full(a.author) and is_full(b.author)):
        return places + 2 * people_ if people_ > 1 or (places and people_) else 0
    contradicting = a.specialties and b.specialties and a.specialties.isdisjoint(b.specialties)
    if people_ or (places and not contradicting):
        return places + 2 * people_
    return 0


def _may_join(left: Sequence[Signature], right: Sequence[Signature]) -> bool:
    orcids = {s.author.orcid for s in (*left, *right) if s.author.orcid}
    apart = {s.article.pmid for s in left}.isdisjoint(s.article.pmid for s in right)
    return apart and len(orcids) < 2 and all(compatible(a.author, b.author) for a in left for b in right)


def _persons(clusters: list[list[Signature]]) -> list[Person]:
    return [_person(cluster, len(clusters) - 1) for cluster in clusters]


def _person(cluster: list[Signature], namesakes: int) -> Person:
    ordered = sorted(cluster, key=lambda s: s.key)
    orcid = next((s.author.orcid for s in ordered if s.author.orcid), None)
    longest = max(ordered, key=lambda s: (len(s.author.name), s.author.name))
    first = ordered[0]
    # Surname with ORCID: one ORCID misprinted under two surnames stays two persons with two keys.
    key = (
        f"{fold(first.author.last)}:{orcid}"
        if orcid
        else f"{fold(first.author.last)}:{first.article.pmid}:{first.index}"
    )
    return Person(key, longest.author.name, orcid, tuple(ordered), _confidence(ordered), namesakes)


def _confidence(cluster: list[Signature]) -> Confidence:
    with_orcid = sum(bool(s.author.orcid) for s in cluster)
    if with_orcid == len(cluster):
        return Confidence.ORCID
    if len(cluster) == 1:
        return Confidence.SINGLE
    return Confidence.ORCID_AND_SUPPORT if with_orcid else Confidence.SUPPORT
