"""Every knowledge file as a person reads it: tables of words, each row with its sources.

    from overread.clinical.knowledge.sheets import FOLDERS, sheet
    page = sheet("indication", "yield")
    page.tables[0].columns, page.tables[0].rows[0].cells, page.sources

A row that names no source of its own rests on those of its file. A row with neither is not shown: ``left_out`` names
it. The lists of what a file itself leaves out or calls unsourced are not shown either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from .cells import filled, label, lines
from .citations import cite, cite_all
from .loader import KnowledgeFile, Source, load, names
from .titles import TITLES

FOLDERS = {
    "concordance": "How differences between opinions are graded",
    "experts": "How experts are ranked",
    "growth": "Nodules and growth",
    "indication": "Whether a second opinion is indicated",
    "staging": "Stage groups",
    "symptoms": "Symptoms and their predictive values",
    "trials": "Words of trial criteria",
    "value_sets": "Sites, histologies and tumour types",
    "workup": "What a record should hold",
}
_PART = " part"  # beside the keys of an entry: the part of the file it stands in, where that is not its rows
_NO_COLUMN = {"source", "sources", "evidence", "also", "figure", "words_in_evidence", "noticed_source", _PART}
_NOT_SHOWN = {"left_out", "unsourced"}
# What a stage table's file says of itself, in words.
_OF_THE_FILE = {
    "table": "File",
    "title": "Cancer",
    "basis": "Clinical, pathological or any",
    "verification": "How it was verified",
    "label": "Result of it",
    "note": "Notes of the comparison",
}


@dataclass(frozen=True, slots=True)
class Row:
    """cells: each a tuple of lines. numbers: places in the sheet's sources, from 1; empty where the file's own count."""

    cells: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    aside: bool = False  # speaks of the file, not of medicine

    @property
    def cites(self) -> bool:
        """Some row names sources of its own."""
        return any(row.numbers for row in self.rows)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One knowledge file. general: how many of the sources, the first ones, stand behind the file as a whole.

    verified: how a stage table was checked; empty for every other file.
    """

    file: KnowledgeFile
    title: str
    tables: tuple[Table, ...]
    sources: tuple[Source, ...]
    general: int
    left_out: tuple[str, ...]
    verified: str = ""


def sheets(folder: str) -> tuple[Sheet, ...]:
    """Every file of a folder, in alphabetical order."""
    return tuple(sheet(folder, name) for name in names(folder))


@cache
def sheet(folder: str, name: str) -> Sheet:
    """One file. KnowledgeError where the package carries no such file."""
    return _Reader(load(folder, name)).sheet()


class _Reader:
    """Reads one file and numbers its sources on the way."""

    def __init__(self, file: KnowledgeFile) -> None:
        self.file = file
        self.sources: list[Source] = list(file.sources)
        self.left_out: list[str] = []

    def sheet(self) -> Sheet:
        tables = tuple(table for table in self._tables() if table.rows)
        left_out = tuple(dict.fromkeys(self.left_out))
        general, other = len(self.file.sources), self.file.other
        verified = str(other.get("label") or ", ".join(lines(other.get("verification"))))
        return Sheet(self.file, self._title(), tables, tuple(self.sources), general, left_out, verified)

    def _title(self) -> str:
        name, other = self.file.name, self.file.other
        if self.file.folder == "staging" and "table" not in other:
            return "UICC, 7th edition"
        if "table" in other:
            basis = "" if other["basis"] == "any" or other["basis"] in other["title"] else f", {other['basis']}"
            return label(f"{other['title']}, {other['edition']}th edition{basis}")
        return TITLES.get(f"{self.file.folder}/{name}", label(name))

    def _tables(self) -> Iterator[Table]:
        single = {key: value for key, value in self.file.other.items() if isinstance(value, str | int)}
        of_itself = self.file.folder == "staging"
        if not of_itself:
            yield self._table("In short", [{"key": label(key), "value": value} for key, value in single.items()])
        yield self._table("Content", [self._as_mapping(row) for row in self.file.rows])
        for key, value in self.file.other.items():
            if key not in single and key not in _NOT_SHOWN and key != "columns":
                yield self._table(label(key), [{**entry, _PART: key} for entry in _entries(value)])
        if of_itself:
            told: list[Mapping[str, Any]] = [
                {"what": _OF_THE_FILE.get(key, label(key)), "said": value} for key, value in single.items()
            ]
            yield replace(self._table("About this table", told), aside=True)

    def _as_mapping(self, row: Any) -> Mapping[str, Any]:
        return row if isinstance(row, Mapping) else dict(zip(self.file["columns"], row, strict=True))

    def _table(self, caption: str, entries: list[Mapping[str, Any]]) -> Table:
        kept = [(filled(entry), self._numbers(entry)) for entry in entries if self._sourced(entry)]
        keys = [key for key in _keys(row for row, _ in kept) if any(lines(row.get(key)) for row, _ in kept)]
        rows = (Row(tuple(lines(row.get(key)) for key in keys), numbers) for row, numbers in kept)
        return Table(caption, tuple(self._label(key) for key in keys), tuple(rows))

    def _label(self, key: str) -> str:
        return "N" if key == "n" and self.file.folder == "staging" else label(key)

    def _sourced(self, entry: Mapping[str, Any]) -> bool:
        known = bool(self.file.sources or self._own(entry))
        if not known:
            self.left_out.append(label(entry.get(_PART) or entry["key"]))
        return known

    def _numbers(self, entry: Mapping[str, Any]) -> tuple[int, ...]:
        return tuple(self._number(source) for source in self._own(entry))

    def _number(self, source: Source) -> int:
        if source not in self.sources:
            self.sources.append(source)
        return self.sources.index(source) + 1

    def _own(self, entry: Mapping[str, Any]) -> tuple[Source, ...]:
        """The row's own sources: written out in it, or the ids of some of the file's."""
        if own := entry.get("sources"):
            by_id = all(isinstance(source, str) for source in own)
            beside = filter(None, [cite(None, entry.get("noticed_source"))])
            return (
                tuple(known for known in self.file.sources if known.id in own) if by_id else (*cite_all(own), *beside)
            )
        source = entry.get("source")
        if isinstance(source, Mapping):
            return tuple(filter(None, [cite(entry["evidence"], source)]))
        wanted = source or entry.get("evidence")
        return tuple(known for known in self.file.sources if known.id == wanted)


def _keys(rows: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Every key of the rows once, in the order met."""
    return tuple(key for key in dict.fromkeys(key for row in rows for key in row) if key not in _NO_COLUMN)


def _entries(value: Any) -> Iterator[Mapping[str, Any]]:
    """Anything else that a file holds, as rows: a list of rows, a table of tables, named values or plain words."""
    if isinstance(value, list):
        plain = [part for part in value if not isinstance(part, Mapping)]
        yield from (part for part in value if isinstance(part, Mapping))
        yield from [{"words": plain}] if plain else []
    elif "evidence" in value:
        yield value
    elif not any(isinstance(part, Mapping) for part in value.values()):
        yield from ({"key": key, "value": part} for key, part in value.items())
    else:
        for key, part in value.items():
            yield from _part(key, part)


def _part(key: str, part: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(part, Mapping) and "rows" in part:
        names = ("group", "t", "n", "m", *part["factors"])
        yield from ({"table": key, **dict(zip(names, row, strict=True))} for row in part["rows"])
    else:
        yield {"key": key, **(part if isinstance(part, Mapping) else {"value": part})}
