"""Which registry schema a record's tumour belongs to; none where the record is silent or speaks of two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ..knowledge import load
from ..record import Code, Domain, Fact, Icdo3Morphology, Icdo3Topography, Record
from .answer import Tumour

# A source that states one of these speaks of a tumour that somebody diagnosed, examined or treats.
STATED = (
    "cancer", "oncotree", "site", "site_code", "histology", "histology_code", "specimen", "specimen_site",
    "specimen_collected", "tumor_size", "grade", "t", "n", "stage_group", "treatment_given", "medication",
)  # fmt: skip
NO_DIAGNOSIS = "no diagnosis is recorded yet"
# Words are looked for at the beginning of each statement only; nobody names a tumour after a thousand characters.
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the tumours table, its patterns compiled."""

    schema: str
    group: str
    words: re.Pattern[str]
    not_words: re.Pattern[str] | None
    morphology: re.Pattern[str] | None
    site_codes: tuple[str, ...]
    both: bool
    own: bool
    staged: bool
    sex: str | None
    oncotree: str | None


def _any(patterns: list[str], boundary: str = r"\b") -> re.Pattern[str]:
    return re.compile(f"{boundary}(?:{'|'.join(patterns)}){boundary}", re.IGNORECASE)


def _row(row: dict[str, Any]) -> Row:
    return Row(
        schema=row["schema"],
        group=row["group"],
        words=_any(row["words"]),
        not_words=_any(row["not_words"]) if "not_words" in row else None,
        morphology=_any(row["morphology"], "") if "morphology" in row else None,
        site_codes=tuple(row["site_codes"]),
        both=row.get("both", False),
        own=row.get("own", False),
        staged=row["stage"] == "tnm",
        sex=row.get("sex"),
        oncotree=row.get("oncotree"),
    )


_FILE = load("workup", "tumours")
ROWS: tuple[Row, ...] = tuple(map(_row, _FILE.rows))
BY_SCHEMA: dict[str, Row] = {row.schema: row for row in ROWS}
TITLES: dict[str, str] = {row["schema"]: row["title"] for row in load("workup", "required_elements").rows}
_OTHER_WORDS = _any(_FILE["other_kinds"]["words"])
_OTHER_MORPHOLOGY = _any(_FILE["other_kinds"]["morphology"], "")


def find(record: Record) -> tuple[Tumour | None, str | None]:
    """The tumour, or None and the reason. Codes weigh more than words."""
    for name, rows in (("codes", _by_codes(record)), ("words", _by_words(record))):
        if len({row.group for row in rows}) > 1:
            return None, f"the record's {name} speak of more than one tumour: {_titles(rows)}"
        if rows:
            return _tumour(rows[0], name), None
    return None, _why_not(record)


def diagnosed(record: Record) -> bool:
    """Some source speaks of a diagnosed tumour. A spot on a scan alone is none: nobody took tissue or gave it a stage."""
    molecular = any(fact.spec.domain is Domain.MOLECULAR for fact in record.facts)
    return molecular or any(record.all(name) for name in STATED)


def _why_not(record: Record) -> str:
    if not diagnosed(record):
        return NO_DIAGNOSIS
    named = any(record.all(name) for name in ("cancer", "oncotree", "site", "site_code", "histology", "histology_code"))
    return (
        "Overread has no list for the tumour that the record names"
        if named
        else "the record does not say which tumour it is"
    )


def _tumour(row: Row, name: str) -> Tumour:
    because = f"by the record's {name} for histology and site"
    return Tumour(row.schema, TITLES[row.schema], row.group, row.staged, because)


def _titles(rows: tuple[Row, ...]) -> str:
    return ", ".join(dict.fromkeys(TITLES[row.schema] for row in rows))


def _by_codes(record: Record) -> tuple[Row, ...]:
    shapes = _codes(record, "histology_code", Icdo3Morphology)
    places = _codes(record, "site_code", Icdo3Topography)
    hits = tuple(row for row in ROWS if _code_hit(row, shapes, places))
    histological = tuple(row for row in hits if row.morphology)
    return histological or tuple(row for row in hits if not _is_other(row, shapes, _text(record)))


def _code_hit(row: Row, shapes: tuple[str, ...], places: tuple[str, ...]) -> bool:
    if row.morphology is None:
        return any(row is _nearest(place) for place in places)
    placed = any(_length(row, place) for place in places)
    return (placed or not row.both) and any(row.morphology.match(shape) for shape in shapes)


def _nearest(place: str) -> Row | None:
    """The row by site whose code says most of the place: C18.1 is the appendix, the rest of C18 the colon."""
    lengths = {row: _length(row, place) for row in ROWS if row.morphology is None and _length(row, place)}
    return max(lengths, key=lambda row: lengths[row], default=None)


def _length(row: Row, place: str) -> int:
    return max((len(code) for code in row.site_codes if place.startswith(code)), default=0)


def _by_words(record: Record) -> tuple[Row, ...]:
    text = _text(record)
    shapes = _codes(record, "histology_code", Icdo3Morphology)
    hits = tuple(row for row in ROWS if row.words.search(_without(row.not_words, text)))
    histological = tuple(row for row in hits if row.morphology)
    return histological or tuple(row for row in hits if not _is_other(row, shapes, text))


def _without(pattern: re.Pattern[str] | None, text: str) -> str:
    return pattern.sub(" ", text) if pattern else text


def _is_other(row: Row, shapes: tuple[str, ...], text: str) -> bool:
    """A lymphoma of the stomach owes what lymphomas owe, not what stomach cancers owe."""
    other = _OTHER_WORDS.search(text) or any(_OTHER_MORPHOLOGY.match(shape) for shape in shapes)
    return bool(other) and not row.own


def _text(record: Record) -> str:
    return " | ".join(text[:LONGEST] for name in ("histology", "cancer", "site") for text in _said(record, name)[:20])


def _codes(record: Record, name: str, system: type[Code]) -> tuple[str, ...]:
    return tuple(str(fact.value) for fact in _current(record, name) if isinstance(fact.value, system))


def _said(record: Record, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(fact.value) for fact in _current(record, name)))


def _current(record: Record, name: str) -> tuple[Fact, ...]:
    """What is said of the whole case; else of its specimens. An earlier cancer, or one named in passing, is not this one."""
    facts = record.all(name)
    whole = tuple(fact for fact in facts if fact.about is None)
    return whole or tuple(fact for fact in facts if fact.about not in ("history", "other"))
