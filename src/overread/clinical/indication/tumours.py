"""Which tumour is meant: the groups that published figures speak of, and how a record's words and codes lead there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from overread.clinical.knowledge import load
from overread.clinical.knowledge.tumours import lineage as oncotree_lineage
from overread.clinical.record import Fact, Icdo3Topography, OncoTree, Record

LONGEST_TEXT = 5_000  # characters of one fact that are read
_MOST_TEXT = 100_000  # characters of all facts of one kind; a real record holds a few hundred


@dataclass(frozen=True, slots=True)
class Tumour:
    """A tumour or group of tumours.

    oncotree: the OncoTree types at the top of it; a type belongs to the tumour of its nearest listed parent.
    rare_because: the ground for calling it rare; None if it is not listed as rare.
    """

    key: str
    label: str
    parents: tuple[str, ...]
    oncotree: frozenset[str]
    site_codes: tuple[str, ...]
    site_words: re.Pattern[str] | None
    histology_words: re.Pattern[str] | None
    only_at: str | None  # what its histology words mean elsewhere is another tumour
    rare_because: str | None
    rare_evidence: str | None


def _site(words: list[str]) -> re.Pattern[str] | None:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")s?\b", re.IGNORECASE) if words else None


def _histology(words: list[str]) -> re.Pattern[str] | None:
    """Inside a word too (leiomyosarcoma), but not in what means something else (carcinosarcoma, non-Hodgkin)."""
    prefix = r"(?<!carcino)(?<!non-)(?<!non )(?:"
    return re.compile(prefix + "|".join(map(re.escape, words)) + ")", re.IGNORECASE) if words else None


def _tumour(row: dict[str, Any]) -> Tumour:
    rare = row.get("rare") or {}
    return Tumour(
        key=row["key"],
        label=row["label"],
        parents=tuple(row["parents"]),
        oncotree=frozenset(row["oncotree"]),
        site_codes=tuple(row["site_codes"]),
        site_words=_site(row["site_words"]),
        histology_words=_histology(row["histology_words"]),
        only_at=row.get("only_at"),
        rare_because=rare.get("because"),
        rare_evidence=rare.get("evidence"),
    )


TUMOURS: dict[str, Tumour] = {row["key"]: _tumour(row) for row in load("indication", "tumours").rows}
_BY_TYPE = {code: tumour.key for tumour in TUMOURS.values() for code in tumour.oncotree}


def lineage(key: str | None) -> tuple[str, ...]:
    """The tumour and every group it belongs to, nearest first; empty for an unknown key."""
    if key not in TUMOURS:
        return ()
    return tuple(dict.fromkeys((key, *(up for parent in TUMOURS[key].parents for up in lineage(parent)))))


def rare_group(key: str | None) -> Tumour | None:
    """The tumour itself, or the nearest group above it, that is listed as rare."""
    return next((TUMOURS[up] for up in lineage(key) if TUMOURS[up].rare_because), None)


def tumour_of(record: Record) -> str | None:
    """The tumour a record speaks of, or None when it is silent or speaks of two that do not belong together.

    A code weighs more than a word, and what a tumour is (histology) more than where it lies (site). Two parts of one
    group (colon, rectum) give the group.
    """
    place = _one(_by_site_code(record)) or _one(_by_site_words(record))
    return _one(_by_oncotree(record)) or _one(_by_histology(record, place)) or place


def _by_oncotree(record: Record) -> frozenset[str]:
    codes = [fact.value.value for fact in record.all("oncotree") if isinstance(fact.value, OncoTree)]
    nearest = (
        next((_BY_TYPE[kind.code] for kind in oncotree_lineage(c) if kind.code in _BY_TYPE), None) for c in codes
    )
    return frozenset(key for key in nearest if key)


def _by_site_code(record: Record) -> frozenset[str]:
    codes = [fact.value.value for fact in record.all("site_code") if isinstance(fact.value, Icdo3Topography)]
    return frozenset(t.key for t in TUMOURS.values() if any(code.startswith(t.site_codes) for code in codes))


def _by_histology(record: Record, place: str | None) -> frozenset[str]:
    found = _matching(TUMOURS.values(), "histology_words", _texts(record, "histology", "cancer"))
    return frozenset(t.key for t in found if place is None or t.only_at in (None, *lineage(place)))


def _by_site_words(record: Record) -> frozenset[str]:
    return frozenset(t.key for t in _matching(TUMOURS.values(), "site_words", _texts(record, "site", "cancer")))


def text_of(fact: Fact) -> str:
    """The beginning of a fact's value, without spaces around it: what is read of it, however long it is."""
    return str(fact.value)[:LONGEST_TEXT].strip()


def _texts(record: Record, *names: str) -> list[str]:
    """Each text once, up to a length that bounds the time."""
    distinct = dict.fromkeys(text_of(fact) for name in names for fact in record.all(name))
    so_far = accumulate(map(len, distinct))
    return [text for text, length in zip(distinct, so_far, strict=True) if length <= _MOST_TEXT]


def _matching(tumours: Iterable[Tumour], words: str, texts: list[str]) -> Iterator[Tumour]:
    for tumour in tumours:
        pattern: re.Pattern[str] | None = getattr(tumour, words)
        if pattern and any(pattern.search(text) for text in texts):
            yield tumour


def _one(found: frozenset[str]) -> str | None:
    """The most specific tumour found if the others are groups it belongs to, else the nearest group of them all."""
    specific = next((key for key in sorted(found) if found <= set(lineage(key))), None)
    lines = [lineage(key) for key in sorted(found)]
    shared = (key for key in (lines[0] if lines else ()) if all(key in line for line in lines))
    return specific or next(shared, None)


def tumour_in(text: str) -> str | None:
    """The tumour that one text names, by where it lies or by what it is."""
    found = {t.key for words in ("site_words", "histology_words") for t in _matching(TUMOURS.values(), words, [text])}
    return _one(frozenset(found))


def unrelated(a: str | None, b: str | None) -> bool:
    """Both are known, and no group holds them both."""
    return bool(a and b) and not set(lineage(a)) & set(lineage(b))
