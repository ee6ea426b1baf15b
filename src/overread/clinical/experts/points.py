"""How one article becomes points for one of its authors: five factors, multiplied and shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .articles import Article, Retraction
from .tables import LOWERING, POSITION, TYPE, WEIGHTS, WINDOW_YEARS
from .topic import Relevance

_STEP = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Contribution:
    """One article's share of an expert's score.

    points = topic × histology × recency × position × kind, rounded to four decimals; the score is the sum of the points.
    signal, place, type: the words behind topic, position and kind.
    """

    pmid: str
    title: str
    year: int
    signal: str
    topic: Decimal
    histology: Decimal
    recency: Decimal
    place: str
    position: Decimal
    type: str
    kind: Decimal
    points: Decimal

    @property
    def arithmetic(self) -> str:
        factors = (self.topic, self.histology, self.recency, self.position, self.kind)
        return " × ".join(f"{f.normalize():f}" for f in factors) + f" = {self.points}"


def contribution(article: Article, index: int, found: Relevance, year_asked: int) -> Contribution:
    """The share that the author at ``index`` (from 0, in printed order) has of the article."""
    recency = _recency(article, year_asked)
    place, position = _position(article, index)
    type_, kind = kind_of(article)
    exact = found.weight * found.histology * recency * position * kind
    return Contribution(
        pmid=article.pmid,
        title=article.title,
        year=article.year or 0,
        signal=found.signal,
        topic=found.weight,
        histology=found.histology,
        recency=recency,
        place=place,
        position=position,
        type=type_,
        kind=kind,
        points=exact.quantize(_STEP),
    )


def exclusion(article: Article, year_asked: int) -> str | None:
    """Why an article does not count whatever it is about, or None."""
    if article.year is None:
        return "no year"
    if article.year > year_asked:
        return "dated after the day asked"
    if year_asked - article.year >= WINDOW_YEARS:
        return f"older than {WINDOW_YEARS} years"
    if article.retraction is Retraction.RETRACTED:
        return "retracted"
    return None if kind_of(article)[1] else "notice or news, not the authors' own work"


def kind_of(article: Article) -> tuple[str, Decimal]:
    """The publication type that decides and its weight: a lowering one first, else the highest, else a plain article."""
    low = [t for t in article.types if t in LOWERING]
    if low:
        return min(((t, TYPE[t]) for t in low), key=lambda pair: (pair[1], pair[0]))
    known = [(t, TYPE[t]) for t in article.types if t in TYPE]
    return max(known, key=lambda pair: (pair[1], pair[0])) if known else ("Journal Article", TYPE["Journal Article"])


def explanation(name: str) -> str:
    """Why a weight is what it is, as the knowledge file says: ``signal.title``, ``type.Review``, ``position.first``."""
    group, _, key = name.partition(".")
    row = WEIGHTS[group][key] if key else WEIGHTS[group]
    return f"{row['why']} ({row['basis']})"


def _recency(article: Article, year_asked: int) -> Decimal:
    """1 in the year asked, falling evenly to one tenth at the window's end."""
    age = year_asked - (article.year or year_asked)
    return Decimal(WINDOW_YEARS - age) / Decimal(WINDOW_YEARS)


def _position(article: Article, index: int) -> tuple[str, Decimal]:
    """First, last or middle among the people, group authors apart."""
    persons = [i for i, author in enumerate(article.authors) if not author.group]
    if index == persons[0]:
        return "first", POSITION["first"]
    if index == persons[-1]:
        return "last", POSITION["last"]
    share = min(Fraction(1), Fraction(int(POSITION["crowd"]), len(persons)))
    weight = POSITION["middle"] * share.numerator / share.denominator
    return f"middle of {len(persons)}", weight.quantize(_STEP)
