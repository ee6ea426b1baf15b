"""The door: a report's text in, coded facts with the characters they stand on out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from overread.clinical.record import Fact, FactError, Method, Provenance, Span

from . import (
    confidence,
    context,
    doubt,
    extent,
    grades,
    histologies,
    imaging,
    invasion,
    labelled_days,
    margins,
    markers,
    nodes,
    person,
    sites,
    sizes,
    specimens,
    stage_groups,
    tnm,
    treatments,
)
from .found import Finds, Found
from .readability import language
from .sections import Layout, layout
from .signatures import Signatures

_READERS: tuple[Callable[[Layout], Finds], ...] = tuple(
    module.read
    for module in (
        tnm,
        stage_groups,
        histologies,
        sites,
        specimens,
        grades,
        sizes,
        nodes,
        margins,
        extent,
        invasion,
        markers,
        doubt,
        imaging,
        person,
        labelled_days,
        context,
        treatments,
    )
)
# Fields of which a case has one value: the first stands for the case, others keep what they are about.
_ONE = frozenset(
    (
        "site",
        "site_code",
        "laterality",
        "histology",
        "histology_code",
        "grade",
        "grade_group",
        "gleason",
        "tumor_size",
        "depth",
        "breslow",
        "ulceration",
        "lvi",
        "pni",
        "er",
        "pr",
        "her2",
        "her2_score",
        "msi",
        "mmr",
        "ki67",
        "edition",
        "stage_group",
        "nodes_positive",
        "nodes_examined",
        "age",
        "sex",
        "tnm_prefix",
        "pdl1",
        "pdl1_cps",
        "egfr",
        "alk",
        "ros1",
        "braf",
        "kras",
        "nras",
        "idh1",
        "p16",
        "hpv",
        "tp53",
    )
)

# Counts of lymph nodes: a station's count is not the case's.
_COUNTS = ("nodes_positive", "nodes_examined")
# A core's or a nodule's score is not the case's.
_SCORES = ("gleason", "grade_group")


def read(
    text: str, document: str, *, method: Method = Method.TEXT, page_starts: Sequence[int] = (0,)
) -> tuple[Fact, ...]:
    """Everything that the text states, as facts.

    text: a pathology, radiology or molecular report, or a note; any text is accepted, and one that says nothing gives ().
    document: the document's id in the record. page_starts: the offset at which each page begins.
    Every fact's ``provenance.quote`` is ``text[span.start:span.end]``. Within a field the main tumour's value comes first.
    ``about`` is None for the case, ``specimen:A`` or ``lesion:1`` for a part of it, ``history`` for what was so before,
    ``other`` for a further tumour that has no specimen of its own. T, N, M are as printed and never worked out.
    """
    if language(text) is not None:
        return ()  # English rules would misread it; ``shortcomings`` says so
    source = layout(text)
    finds = [found for reader in _READERS for found in reader(source)]
    ordered = _settled(sorted(_distinct(finds), key=lambda f: (f.field, f.rank, f.start)))
    signed = Signatures(source)
    facts = (_fact(found, text, document, method, page_starts, signed.of(found.start)) for found in ordered)
    return tuple(fact for fact in facts if fact is not None)


def _distinct(finds: list[Found]) -> list[Found]:
    """The same value of the same thing said twice is one fact, at its best place."""
    best: dict[tuple[str, object, str | None], Found] = {}
    for found in finds:
        key = (found.field, found.value, found.about)
        if key not in best or (found.rank, found.start) < (best[key].rank, best[key].start):
            best[key] = found
    return list(best.values())


def _settled(finds: list[Found]) -> list[Found]:
    """The first value of a single field is the case's; a different one of no named part is an "other"."""
    settled: list[Found] = []
    first: dict[str, Found] = {field: found for field in _COUNTS if (found := _total(field, finds))}
    stations = {f.field for f in finds if f.field in _COUNTS} - set(first)
    stations |= {field for field in _SCORES if _several(field, finds)}
    for found in finds:
        if found.field in stations and found.about != "history":
            found = _about(found, found.about or "other")
        if found.field not in _ONE or found.field in stations or found.about == "history":
            settled.append(found)
            continue
        leader = first.setdefault(found.field, found)
        if found is leader:
            settled.append(_about(found, None))
        elif found.value != leader.value:
            settled.append(_about(found, found.about or "other"))
    return settled


def _several(field: str, finds: list[Found]) -> bool:
    """Do the most telling places differ, so that none stands for the case?"""
    own = [f for f in finds if f.field == field and f.about != "history"]
    return len({f.value for f in own if f.rank == min(other.rank for other in own)}) > 1


def _total(field: str, finds: list[Found]) -> Found | None:
    """The count that stands for all nodes: the only one, or the largest of those called a total; else none does."""
    counts = [(int(str(f.value)), f) for f in finds if f.field == field]
    totals = [(n, f) for n, f in counts if f.rank == 0]
    groups = {(n, f.about) if n else n for n, f in counts}  # none involved in each group is none involved at all
    if not counts or (not totals and len(groups) > 1):
        return None
    most, found = max(totals or counts, key=lambda pair: pair[0])
    return found if most == max(n for n, _ in counts) else None


def _about(found: Found, about: str | None) -> Found:
    return Found(found.field, found.value, found.start, found.end, found.rule, about, found.rank, found.on)


def _fact(
    found: Found,
    text: str,
    document: str,
    method: Method,
    page_starts: Sequence[int],
    author: str | None = None,
) -> Fact | None:
    provenance = Provenance(
        document=document,
        method=method,
        page=max(1, bisect_right(page_starts, found.start)),
        span=Span(found.start, found.end),
        quote=text[found.start : found.end],
        confidence=confidence.of(found.rule),
        author=author,
        rule=found.rule,
    )
    try:
        return Fact(found.field, found.value, provenance, about=found.about, on=found.on)
    except FactError:
        return None
