"""Which elements the record of this tumour owes and lacks: the core, the registry items, the biomarkers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..knowledge import load
from ..record import FIELDS, Domain, Record
from .answer import Missing, NotChecked, Tumour
from .tumours import diagnosed

_CORE = load("workup", "core")
_ELEMENTS = load("workup", "required_elements")
_BIOMARKERS = load("workup", "biomarkers")
_ITEMS_OF: dict[str, tuple[str, ...]] = {row["schema"]: tuple(row["items"]) for row in _ELEMENTS.rows}
SUPPLIERS: dict[Domain, str] = {Domain(key): who for key, who in _CORE["suppliers"].items()}
REGISTRY = "cancer registries record it (SEER EOD 3.3)"
EVERY_RECORD = "needed in every record"
# Nothing of these exists before somebody took tissue.
_OF_TISSUE = (Domain.PATHOLOGY, Domain.MOLECULAR)
TITLES: dict[str, str] = {
    source.id: source.title for source in (*_BIOMARKERS.sources, *load("workup", "imaging").sources)
}


def core(record: Record, tumour: Tumour | None) -> Iterator[Missing]:
    """What every record must hold; T, N, M and edition only where the tumour is known to be staged so.

    What the tumour is and where it began is asked only where a source speaks of one.
    """
    named = diagnosed(record)
    owed = {"always": True, "tnm": tumour is not None and tumour.staged, "report": bool(record.all("histology"))}
    for row in _CORE.rows:
        of_tissue = FIELDS[row["fields"][0]].domain in _OF_TISSUE
        known = "birth_date" in row["fields"] and record.subject.birth_date is not None
        if owed[row["when"]] and (named or not of_tissue) and not known and not _says(record, row):
            why = row.get("why", "a reviewer cannot work without it")
            yield _missing(row["label"], tuple(row["fields"]), why, EVERY_RECORD)


def _says(record: Record, row: dict[str, Any]) -> bool:
    wanted = re.compile(row.get("says", ""), re.IGNORECASE)
    return any(wanted.search(str(value)[:200]) for field in row["fields"] for value in record.values(field))


def layers(record: Record) -> Iterator[Missing]:
    """A whole layer of the record that is empty; without a diagnosis, of the layers of tissue only a question."""
    named = diagnosed(record)
    for row in _CORE["layers"]:
        domain = Domain(row["domain"])
        if not named and domain in _OF_TISSUE:
            continue
        if not any(fact.spec.domain is domain for fact in record.facts):
            why = f"there is {row['sentence']}"
            yield Missing(row["label"], (), domain, SUPPLIERS[domain], why, EVERY_RECORD)
    if not named:
        yield _TISSUE


# Nobody may have taken tissue yet: whoever sent the patient knows.
_TISSUE = Missing(
    "pathology report", (), Domain.PATHOLOGY, SUPPLIERS[Domain.CLINICAL], "it says what the tissue is", EVERY_RECORD,
    "if tissue was taken (the record names none)",
)  # fmt: skip


def registry_items(record: Record, tumour: Tumour) -> Iterator[Missing | NotChecked]:
    """The registry's items for this tumour: lacking, or beyond what Overread can look for."""
    for key in _ITEMS_OF[tumour.schema]:
        item = _ELEMENTS["items"][key]
        fields = tuple(item["fields"])
        if not fields:
            yield NotChecked(item["name"], "the record has no coded field for this registry item")
        elif not item.get("if_done") and not _holds(record, fields):
            why = f"registries record it for {tumour.title} (item: {item['name']})"
            yield _missing(FIELDS[fields[0]].label, fields, why, REGISTRY)


def biomarkers(record: Record, tumour: Tumour) -> Iterator[Missing]:
    """The tests that published guidance expects, and those it expects in some situations."""
    spread = metastatic(record)
    for row in GUIDANCE:
        condition = _condition(row, record, tumour, spread)
        if condition is not None:
            yield from _tests(row, record, condition)


def metastatic(record: Record) -> bool | None:
    """Whether the record says that the cancer has spread to distant organs; None where it does not or contradicts."""
    for said in (
        {_spread_by_category(str(v)) for v in record.values("m")},
        {_spread_by_stage(str(v)) for v in record.values("stage_group")},
    ):
        if known := said - {None}:
            return known.pop() if len(known) == 1 else None
    return None


def _spread_by_category(text: str) -> bool | None:
    match = re.search(r"M([01])", text[:20].upper())
    return None if match is None else match[1] == "1"


def _spread_by_stage(text: str) -> bool | None:
    """Asked only where the M category is silent. Stage IV says nothing by itself: some tumours have one without distant
    spread."""
    return False if re.fullmatch(r"(?:STAGE )?(?:0|I{1,3}|[1-3])[A-E]?\d?", text[:20].strip().upper()) else None


@dataclass(frozen=True, slots=True)
class Guidance:
    """One row of the biomarkers table. when: always or metastatic; ask: the situation in which it is only a question."""

    groups: tuple[str, ...]
    when: str
    evidence: str
    tests: tuple[dict[str, Any], ...]
    ask: str | None = None
    histology_needs: tuple[str, ...] = ()
    histology_not: tuple[str, ...] = ()


def _guidance(row: dict[str, Any]) -> Guidance:
    cells: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Guidance(**cells)


GUIDANCE: tuple[Guidance, ...] = tuple(map(_guidance, _BIOMARKERS.rows))


def _condition(row: Guidance, record: Record, tumour: Tumour, spread: bool | None) -> str | None:
    """When the row's tests are owed: "" without condition, a condition in words, None where the row does not apply."""
    solid = "any_solid" in row.groups and tumour.staged
    if not (solid or tumour.group in row.groups) or (row.when == "metastatic" and spread is False):
        return None
    if (histology := _histology_condition(row, record)) is None:
        return None
    unsure = row.when == "metastatic" and spread is None
    parts = (row.ask, "if the cancer has spread (the record does not say)" if unsure else None, histology)
    return ", ".join(part for part in parts if part)


def _histology_condition(row: Guidance, record: Record) -> str | None:
    """ "" where the histology is one the guidance speaks of, a condition where it is unknown, None where it is not."""
    text = " | ".join(str(v)[:1000] for name in ("histology", "cancer") for v in record.values(name)[:20]).lower()
    text = re.sub(r"non[- ]small cell", "", text)
    if not row.histology_needs or any(word in text for word in row.histology_needs):
        return ""
    if any(word in text for word in row.histology_not):
        return None
    return f"if it is an {row.histology_needs[0]} (the record does not say)"


def _tests(row: Guidance, record: Record, condition: str) -> Iterator[Missing]:
    who = SUPPLIERS[Domain.MOLECULAR]
    why = "published guidance expects this test" + (f" {condition}" if condition else "")
    for test in row.tests:
        fields = tuple(test.get("fields", ()))
        if not _holds(record, fields) and not _variant_names(record, test.get("genes", ())):
            yield Missing(test["name"], fields, Domain.MOLECULAR, who, why, TITLES[row.evidence], condition or None)


def _holds(record: Record, fields: tuple[str, ...]) -> bool:
    return any(record.all(field) for field in fields)


def _variant_names(record: Record, genes: list[str]) -> bool:
    words = {word for value in record.values("variant") for word in re.findall(r"\w+", str(value).upper()[:1000])}
    return bool(words & set(genes))


def _missing(label: str, fields: tuple[str, ...], why: str, source: str) -> Missing:
    domain = FIELDS[fields[0]].domain
    return Missing(label, fields, domain, SUPPLIERS[domain], why, source)
