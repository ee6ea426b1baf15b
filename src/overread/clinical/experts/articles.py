"""A scientific article as PubMed describes it. Frozen; what the source does not say is empty or None."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Retraction(StrEnum):
    NONE = "none known"
    CONCERN = "expression of concern"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class MeshHeading:
    """A subject that a librarian gave the article; major when it is a main one."""

    name: str
    major: bool = False


@dataclass(frozen=True, slots=True)
class Author:
    """One author of one article.

    last, fore, initials, suffix: as printed. orcid: ``0000-0002-1825-0097`` form, checked, or None.
    affiliations: as printed, without e-mail addresses. group: the name of a collective author, who has no other name.
    """

    last: str = ""
    fore: str = ""
    initials: str = ""
    suffix: str = ""
    orcid: str | None = None
    affiliations: tuple[str, ...] = ()
    group: str | None = None

    @property
    def name(self) -> str:
        return self.group or " ".join(part for part in (self.fore or self.initials, self.last, self.suffix) if part)


@dataclass(frozen=True, slots=True)
class Article:
    """pmid: PubMed number. year: of publication. authors: in printed order."""

    pmid: str
    title: str
    journal: str = ""
    year: int | None = None
    abstract: str | None = None
    mesh: tuple[MeshHeading, ...] = ()
    keywords: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    retraction: Retraction = Retraction.NONE
