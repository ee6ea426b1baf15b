"""MEDLINE/PubMed XML -> articles, streamed: memory stays flat whatever the file's size."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from overread.clinical.experts import Article, Author, MeshHeading, Retraction
from overread.clinical.experts.affiliations import without_email

from .streams import FILE_LIMIT, Source, opened, words
from .streams import elements as xml_elements

_ROOTS = frozenset({"PubmedArticleSet", "MedlineCitationSet", "PubmedArticle"})
_ORCID = re.compile(r"\d{4}-?\d{4}-?\d{4}-?\d{3}[\dXx]")
_YEAR = re.compile(r"\b(1[89]|20)\d\d\b")
Refused = Callable[[str], None]


def articles(source: Source, *, refused: Refused = lambda _: None, limit: int = FILE_LIMIT) -> Iterator[Article]:
    """Every article of a PubMed XML file (.xml or .xml.gz; a path, bytes, or an open binary file).

    refused: called with a sentence for each record that cannot be used (no PMID, no title); reading goes on.
    Raises a ``PublicDataError`` for an empty, truncated, too large or unsafe file, one that is not XML, or not PubMed's;
    what stands before a cut is yielded first.
    """
    with opened(source, limit) as reader:
        for number, element in enumerate(xml_elements(reader, "PubmedArticle", _ROOTS), 1):
            article = _article(element)
            if isinstance(article, Article):
                yield article
            else:
                refused(f"Record {number}: {article}")


def _article(element: Any) -> Article | str:
    pmid = words(element, "MedlineCitation/PMID")
    body = element.find("MedlineCitation/Article")
    if not pmid.isdigit() or body is None:
        return "it has no PubMed number or no article"
    title = words(body, "ArticleTitle") or words(body, "VernacularTitle")
    if not title:
        return f"article {pmid} has no title"
    types = _all(body, "PublicationTypeList/PublicationType")
    return Article(
        pmid=pmid,
        title=title,
        journal=words(body, "Journal/Title") or words(element, "MedlineCitation/MedlineJournalInfo/MedlineTA"),
        year=_year(body),
        abstract=_abstract(body),
        mesh=tuple(_mesh(h) for h in element.iterfind("MedlineCitation/MeshHeadingList/MeshHeading")),
        keywords=_all(element, "MedlineCitation/KeywordList/Keyword"),
        types=types,
        authors=tuple(_author(a) for a in body.iterfind("AuthorList/Author") if a.get("ValidYN") != "N"),
        retraction=_retraction(element, types),
    )


def _all(element: Any, path: str) -> tuple[str, ...]:
    return tuple(text for found in element.iterfind(path) if (text := words(found)))


def _year(body: Any) -> int | None:
    """The issue's year, else the first year in its free-form date, else the electronic date's."""
    paths = ("Journal/JournalIssue/PubDate/Year", "Journal/JournalIssue/PubDate/MedlineDate", "ArticleDate/Year")
    found = next((m for path in paths if (m := _YEAR.search(words(body, path)))), None)
    return int(found[0]) if found else None


def _abstract(body: Any) -> str | None:
    """Labelled parts keep their label: ``METHODS: ...``."""
    parts = ((part.get("Label"), words(part)) for part in body.iterfind("Abstract/AbstractText"))
    return "\n".join(f"{label}: {text}" if label else text for label, text in parts if text) or None


def _mesh(heading: Any) -> MeshHeading:
    """A heading is major when its descriptor or one of its qualifiers is."""
    return MeshHeading(words(heading, "DescriptorName"), any(c.get("MajorTopicYN") == "Y" for c in heading))


def _author(element: Any) -> Author:
    return Author(
        last=words(element, "LastName"),
        fore=words(element, "ForeName"),
        initials=words(element, "Initials"),
        suffix=words(element, "Suffix"),
        orcid=next((o for i in element.iterfind("Identifier[@Source='ORCID']") if (o := orcid(words(i)))), None),
        affiliations=tuple(t for a in _all(element, "AffiliationInfo/Affiliation") if (t := without_email(a))),
        group=words(element, "CollectiveName") or None,
    )


def orcid(text: str) -> str | None:
    """An ORCID in its usual form, or None when there is none or its check character (ISO 7064 MOD 11-2) is wrong."""
    found = _ORCID.search(text)
    if not found:
        return None
    digits = found[0].replace("-", "").upper()
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    right = "0123456789X"[(12 - total % 11) % 11] == digits[15]
    return "-".join(digits[i : i + 4] for i in range(0, 16, 4)) if right else None


def _retraction(element: Any, types: tuple[str, ...]) -> Retraction:
    notes = {c.get("RefType") for c in element.iterfind("MedlineCitation/CommentsCorrectionsList/CommentsCorrections")}
    if "Retracted Publication" in types or "RetractionIn" in notes:
        return Retraction.RETRACTED
    return Retraction.CONCERN if "ExpressionOfConcernIn" in notes else Retraction.NONE
