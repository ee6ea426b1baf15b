"""The cancer that expertise is asked for, and how strongly one article is about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from overread.clinical.record import Record

from .articles import Article
from .names import fold
from .tables import CANCER_WORDS, HISTOLOGY_FACTOR, SIGNAL, SITES, VAGUE_WORDS, Site


@dataclass(frozen=True, slots=True)
class Topic:
    """site: a cancer site in plain words or an ICD-O-3 topography code. histology, words: more words. mesh: descriptors."""

    site: str | None = None
    histology: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        parts = (part for part in (self.site, *self.histology, *self.mesh, *self.words) if part)
        once = {part.casefold(): part for part in reversed(list(parts))}  # the first way in which it is written stays
        return ", ".join(reversed(once.values())) or "no topic"


@dataclass(frozen=True, slots=True)
class Relevance:
    """signal: the strongest place where the cancer was found. weight: its value. histology: 1, or the factor for it."""

    signal: str
    weight: Decimal
    histology: Decimal


def topic_of(record: Record) -> Topic:
    """The topic that a record's cancer, site and histology make. Empty when the record says none of them."""
    code = next((str(v) for v in record.values("site_code")), None)
    words = tuple(str(v) for name in ("site", "cancer") for v in record.values(name))
    site = next((s.name for s in map(find_site, (code, *words)) if s), None) or next(iter(words), None)
    return Topic(site=site, histology=tuple(str(v) for v in record.values("histology")))


@cache
def find_site(text: str | None) -> Site | None:
    """The site that a code (``C50.4``), a name or a diagnosis in words names; None when unknown or several."""
    if not text:
        return None
    if re.fullmatch(r"C\d\d(\.\d)?", text.strip()):
        code = text.strip()
        hits = [s for s in SITES if code in s.icd_o_3] or [s for s in SITES if code[:3] in s.icd_o_3]
    else:
        hits = [s for s in SITES if has_word(fold(text), (s.name, *s.words, *s.alone, *s.mesh))]
    return hits[0] if len(hits) == 1 else None


def has_word(folded: str, terms: tuple[str, ...]) -> bool:
    """Does the folded text hold one of the terms as whole words?"""
    padded = f" {folded} "
    return any(f" {fold(term)} " in padded for term in terms if fold(term))


def relevance(article: Article, topic: Topic) -> Relevance | None:
    """How strongly the article is about the topic; None when nothing says that it is."""
    found = next(
        (name for name in ("mesh_major", "title", "keyword", "mesh", "abstract") if _found(name, article, topic)), None
    )
    if found is None:
        return None
    return Relevance(found, SIGNAL[found], HISTOLOGY_FACTOR if _same_histology(article, topic) else Decimal(1))


def _found(signal: str, article: Article, topic: Topic) -> bool:
    if signal == "mesh_major":
        return any(h.major and h.name in _mesh(topic) for h in article.mesh)
    if signal == "mesh":
        return any(h.name in _mesh(topic) for h in article.mesh)
    if signal == "keyword":
        return any(_speaks_of(fold(k), topic) for k in article.keywords)
    return _speaks_of(fold((article.title if signal == "title" else article.abstract) or ""), topic)


@cache
def _mesh(topic: Topic) -> frozenset[str]:
    site = find_site(topic.site)
    return frozenset(topic.mesh) | (site.mesh if site else frozenset())


def _speaks_of(text: str, topic: Topic) -> bool:
    """An organ counts only near the word cancer: within three words, so that ``liver fibrosis`` does not."""
    site = find_site(topic.site)
    alone = (*topic.words, *(site.alone if site else ()))
    if has_word(text, alone):
        return True
    organs = site.words if site else ((topic.site,) if topic.site else ())
    return _near_cancer(text, organs) or (not organs and not alone and _histology_in(text, topic))


def _near_cancer(text: str, organs: tuple[str, ...]) -> bool:
    """``liver metastases`` are another organ's cancer; a keyword that is the organ alone says nothing of cancer."""
    words = text.split()
    return any(_cancer_around(words, fold(organ).split()) for organ in organs)


def _cancer_around(words: list[str], organ: list[str]) -> bool:
    size = len(organ)
    starts = (i for i in range(len(words) - size + 1) if words[i : i + size] == organ)
    for i in starts:
        after = words[i + size : i + size + 3]
        spread = bool(after) and after[0].startswith("metasta")
        if not spread and CANCER_WORDS & {*words[max(0, i - 3) : i], *after}:
            return True
    return False


def _same_histology(article: Article, topic: Topic) -> bool:
    places = (article.title, *article.keywords, *(h.name for h in article.mesh))
    return any(_histology_in(fold(place), topic) for place in places)


def _histology_in(text: str, topic: Topic) -> bool:
    """Every telling word of one histology stands in the text."""
    present = set(text.split())
    return any(words <= present for words in _telling(topic) if words)


@cache
def _telling(topic: Topic) -> tuple[frozenset[str], ...]:
    """``Infiltrating duct carcinoma, NOS`` -> {duct}; what is only vague says nothing."""
    forms = {"duct": "ductal", "lobule": "lobular"}
    return tuple(
        frozenset(forms.get(w, w) for w in fold(h).split() if w not in VAGUE_WORDS and not w.isdigit())
        for h in topic.histology
    )
