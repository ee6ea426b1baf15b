"""The imaging that public guidance asks for in this tumour, and imaging that studies found to be soon overtaken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..knowledge import load
from ..record import Domain, Fact, Record
from .answer import Missing, Stale, Tumour
from .elements import SUPPLIERS, TITLES, metastatic
from .staleness import last_day

_FILE = load("workup", "imaging")


@dataclass(frozen=True, slots=True)
class Row:
    """groups: the tumours it is for. region: words of the part of the body; None where the kind of study says it."""

    groups: frozenset[str]
    study: str
    modalities: frozenset[str]
    region: re.Pattern[str] | None
    when: str
    site_needs: re.Pattern[str] | None
    ask: str | None
    source: str


def _words(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text, re.IGNORECASE) if text else None


def _row(row: dict[str, Any]) -> Row:
    return Row(
        frozenset(row["groups"]),
        row["study"],
        frozenset(name.upper() for name in row["modalities"]),
        _words(row.get("region")),
        row["when"],
        _words(row.get("site_needs")),
        row.get("ask"),
        TITLES[row["evidence"]],
    )


ROWS: tuple[Row, ...] = tuple(map(_row, _FILE.rows))
_REGIONS = re.compile(
    "|".join(sorted({row.region.pattern for row in ROWS if row.region} | {"head|brain|neck|spine"})), re.IGNORECASE
)


def known(tumour: Tumour) -> bool:
    """Some row speaks of this tumour."""
    return any(tumour.group in row.groups for row in ROWS)


def missing(record: Record, tumour: Tumour) -> Iterator[Missing]:
    """The studies of the rows that apply and that the record does not hold."""
    spread = metastatic(record)
    for row in ROWS:
        if tumour.group in row.groups and _applies(row, record, spread) and not _holds(record, row):
            condition = ", ".join(filter(None, (row.ask, _if_local(row, spread)))) or None
            why = "public guidance asks for it" + (f" {condition}" if condition else "")
            yield Missing(row.study, (), Domain.IMAGING, SUPPLIERS[Domain.IMAGING], why, row.source, condition)


def _applies(row: Row, record: Record, spread: bool | None) -> bool:
    places = " | ".join(str(v)[:200] for name in ("site", "cancer") for v in record.values(name))
    here = row.site_needs is None or bool(row.site_needs.search(places))
    return here and not (row.when == "local" and spread)


def _if_local(row: Row, spread: bool | None) -> str | None:
    return "if it has not spread (the record does not say)" if row.when == "local" and spread is None else None


def _holds(record: Record, row: Row) -> bool:
    """A study of the kind, of the part of the body or of none that its source names."""
    return any(_fits(record, fact, row.region) for fact in _of_kind(record, row.modalities))


def _of_kind(record: Record, modalities: frozenset[str]) -> Iterator[Fact]:
    yield from (fact for fact in record.all("modality") if str(fact.value).upper() in modalities)
    words = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(modalities)))})\b", re.IGNORECASE)
    yield from (fact for fact in record.all("study") if words.search(str(fact.value)[:200]))


def _fits(record: Record, fact: Fact, region: re.Pattern[str] | None) -> bool:
    beside = (o for name in ("study", "lesion_location", "finding") for o in record.all(name))
    text = " | ".join(str(o.value)[:200] for o in beside if o.provenance.document == fact.provenance.document)
    return region is None or bool(region.search(text)) or not _REGIONS.search(text)


def overtaken(record: Record, tumour: Tumour | None, as_of: date) -> Iterator[Stale]:
    """Studies older than a published finding speaks of. The finding is quoted: it is no limit."""
    for row in _FILE["overtaken"]:
        if tumour is None or tumour.group not in row["groups"]:
            continue
        facts = tuple(_of_kind(record, frozenset(row["modalities"])))
        days = [(as_of - day).days for fact in facts if (day := _day(record, fact))]
        if days and min(days) >= row["days"]:
            yield Stale(row["study"], Domain.IMAGING, f"{row['finding']} ({TITLES[row['evidence']]})", min(days), facts)


def _day(record: Record, fact: Fact) -> date | None:
    """The last day that the study can be of: the fact's own, else that of its source."""
    same = (other for other in record.all("study_date") if other.provenance.document == fact.provenance.document)
    return last_day(fact) or next(filter(None, map(last_day, same)), None)
