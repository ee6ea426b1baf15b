"""How far an expert stands from the first doctor: articles written together, institutions shared, people in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .affiliations import read_affiliation, same_institution
from .articles import Author
from .disambiguation import Person
from .names import compatible, fold
from .tables import INDEPENDENCE_YEARS

_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.IGNORECASE)


class Link(StrEnum):
    SAME_PERSON = "may be the first doctor"
    LINKED = "linked to the first doctor"
    NONE_FOUND = "no link found"
    NOT_MEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class FirstDoctor:
    """Whom the expert must be independent of: any of name (``Jane Q Doe`` or ``Doe, Jane``), ORCID, institution."""

    name: str | None = None
    orcid: str | None = None
    institution: str | None = None

    @classmethod
    def of(cls, text: str) -> FirstDoctor:
        """An ORCID, an institution (the text names a hospital, university, …) or else a person's name."""
        if match := _ORCID.fullmatch(text.strip()):
            return cls(orcid=match[1].upper())
        return cls(institution=text) if read_affiliation(text).institutions else cls(name=text)

    @property
    def label(self) -> str:
        return self.name or self.orcid or self.institution or "an unnamed doctor"


@dataclass(frozen=True, slots=True)
class Independence:
    """together: pmid and year of articles written together within the window; earlier: before it. window: first and last
    year looked at. institutions: shared, as printed for the expert. shared_coauthors: people both wrote with in the window.
    sentences: the same in plain words, with what could not be measured."""

    link: Link
    window: tuple[int, int]
    together: tuple[tuple[str, int], ...] = ()
    earlier: tuple[tuple[str, int], ...] = ()
    institutions: tuple[str, ...] = ()
    shared_coauthors: int = 0
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Searched:
    """A first doctor, the persons among the articles' authors who may be that doctor, and their institutions."""

    doctor: FirstDoctor
    persons: tuple[Person, ...]
    institutions: tuple[str, ...]


def search(doctors: Iterable[FirstDoctor | str], persons: Sequence[Person]) -> tuple[Searched, ...]:
    """Find each first doctor among the persons. A name that several carry finds them all: a link is rather seen twice."""
    return tuple(_search(FirstDoctor.of(d) if isinstance(d, str) else d, persons) for d in doctors)


def _search(doctor: FirstDoctor, persons: Sequence[Person]) -> Searched:
    found = tuple(p for p in persons if _is(doctor, p))
    stated = read_affiliation(doctor.institution).institutions if doctor.institution else ()
    seen = tuple(i for p in found for i in p.institutions)
    return Searched(doctor, found, tuple(dict.fromkeys((*(stated or _as_name(doctor)), *seen))))


def _as_name(doctor: FirstDoctor) -> tuple[str, ...]:
    return (fold(doctor.institution),) if doctor.institution and fold(doctor.institution) else ()


def _is(doctor: FirstDoctor, person: Person) -> bool:
    if doctor.orcid and person.orcid:
        return doctor.orcid == person.orcid
    names = _readings(doctor.name or "")
    return any(compatible(name, s.author) for name in names for s in person.signatures)


def _readings(name: str) -> list[Author]:
    """``Doe, Jane`` has one reading; ``Jane van Doe`` may break before any of its words."""
    bare = re.sub(r"\b(Dr|Prof|MD|PhD)\b\.?", "", name).strip(" ,.")
    if "," in bare:
        last, _, fore = bare.partition(",")
        return [Author(last=last.strip(), fore=fore.strip())]
    words = bare.split()
    return [Author(last=" ".join(words[i:]), fore=" ".join(words[:i])) for i in range(1, len(words))]


def independence(person: Person, first: Sequence[Searched], year_asked: int) -> Independence | None:
    """How far the person stands from all first doctors; None when there are none to stand away from."""
    if not first:
        return None
    window = (year_asked - INDEPENDENCE_YEARS, year_asked)
    shared = [(pmid, year) for s in first for pmid, year in _together(person, s)]
    together = tuple(sorted({x for x in shared if x[1] >= window[0]}))
    earlier = tuple(sorted({x for x in shared if x[1] < window[0]}))
    places = tuple(i for i in person.institutions if any(same_institution(i, j) for s in first for j in s.institutions))
    common = len({name for s in first for name in _common_coauthors(person, s, window[0])})
    result = Independence(_link(person, first, together, earlier, places), window, together, earlier, places, common)
    return Independence(
        result.link, window, together, earlier, places, common, tuple(_sentences(result, person, first))
    )


def _together(person: Person, first: Searched) -> Iterable[tuple[str, int]]:
    mine = {s.article.pmid: s.article.year or 0 for s in person.signatures}
    return ((s.article.pmid, mine[s.article.pmid]) for p in first.persons if p.key != person.key
            for s in p.signatures if s.article.pmid in mine)  # fmt: skip


def _common_coauthors(person: Person, first: Searched, since: int) -> set[str]:
    theirs = {
        name for p in first.persons for s in p.signatures if (s.article.year or 0) >= since for name in s.coauthors
    }
    mine = {name for s in person.signatures if (s.article.year or 0) >= since for name in s.coauthors}
    return mine & theirs


def _link(
    person: Person,
    first: Sequence[Searched],
    together: tuple[tuple[str, int], ...],
    earlier: tuple[tuple[str, int], ...],
    places: tuple[str, ...],
) -> Link:
    if any(p.key == person.key for s in first for p in s.persons):
        return Link.SAME_PERSON
    if together or places:
        return Link.LINKED
    measured = all(s.persons or s.institutions for s in first)
    return Link.NONE_FOUND if measured or earlier else Link.NOT_MEASURED


def _sentences(result: Independence, person: Person, first: Sequence[Searched]) -> Iterable[str]:
    start, end = result.window
    if result.link is Link.SAME_PERSON:
        yield "Carries the first doctor's name or ORCID: may be the same person."
    if result.together:
        years = ", ".join(sorted({str(year) for _, year in result.together}))
        yield f"Wrote {len(result.together)} of these articles with the first doctor between {start} and {end} ({years})."
    if result.earlier:
        yield f"Wrote {len(result.earlier)} of these articles with the first doctor before {start}."
    if result.institutions:
        yield "Shares an institution with the first doctor: " + "; ".join(result.institutions) + "."
    if result.shared_coauthors:
        yield f"Both wrote with the same {result.shared_coauthors} other people since {start}."
    for searched in first:
        if (searched.doctor.name or searched.doctor.orcid) and not searched.persons:
            yield f"{searched.doctor.label} is not an author of these articles, so writing together could not be measured."
    if not person.institutions:
        yield "No institution is printed for this expert, so a shared one could not be seen."
