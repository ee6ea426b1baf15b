"""Reads the knowledge files that the package carries: once each, at the import of the room that needs them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from .addresses import address, in_words

_ROOT = files(__package__)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HEADER = {"about", "author", "checked", "next_review", "sources", "licence", "attribution", "rows"}


class KnowledgeError(LookupError):
    """The package carries no such knowledge file, or it cannot be read."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where content comes from, as the file names it. url: an address that a browser opens, or None."""

    id: str
    title: str
    url: str | None = None
    licence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class KnowledgeFile:
    """One file: its header, its rows, and whatever else it holds (``file["key"]``)."""

    folder: str
    name: str
    about: str
    author: str
    checked: date
    next_review: date
    sources: tuple[Source, ...]
    licence: str | None
    attribution: str | None
    rows: tuple[Any, ...]
    other: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.other[key]


@cache
def load(folder: str, name: str) -> KnowledgeFile:
    """The file ``<folder>/<name>.yaml`` (or ``.json``, for large machine-made tables)."""
    content = raw(folder, name)
    try:
        return _parsed(folder, name, content)
    except (KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(f"{folder}/{name}: the header lacks or misstates {error}") from error


def raw(folder: str, name: str) -> dict[str, Any]:
    """The file's content as plain data, dates as the YAML reader gives them."""
    for suffix in (".yaml", ".json"):
        path = _ROOT / folder / (name + suffix)
        if path.is_file():
            return _content(path, suffix)
    raise KnowledgeError(f"no knowledge file {folder}/{name}")


def _content(path: Traversable, suffix: str) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    try:
        content = json.loads(text) if suffix == ".json" else yaml.load(text, Loader=_LOADER)  # noqa: S506
    except (yaml.YAMLError, ValueError) as error:
        raise KnowledgeError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise KnowledgeError(f"{path.name} is not a mapping")
    return content


def folders() -> tuple[str, ...]:
    """The folders of the knowledge room, in alphabetical order."""
    return tuple(sorted(entry.name for entry in _ROOT.iterdir() if entry.is_dir() and not entry.name.startswith("_")))


def names(folder: str) -> tuple[str, ...]:
    """The files of one folder, without their suffix and without its schema, in alphabetical order."""
    entries = (entry.name for entry in (_ROOT / folder).iterdir())
    return tuple(sorted(name.rsplit(".", 1)[0] for name in entries if _is_content(name)))


def schemas(folder: str) -> tuple[dict[str, Any], ...]:
    """The JSON schemas that every file of the folder passes: the header's, and the folder's own if it has one."""
    paths = (_ROOT / "header.schema.json", _ROOT / folder / "schema.json")
    return tuple(json.loads(path.read_text(encoding="utf-8")) for path in paths if path.is_file())


def _is_content(name: str) -> bool:
    return name.endswith((".yaml", ".json")) and name != "schema.json"


def _parsed(folder: str, name: str, content: dict[str, Any]) -> KnowledgeFile:
    return KnowledgeFile(
        folder=folder,
        name=name,
        about=content["about"],
        author=content["author"],
        checked=_day(content["checked"]),
        next_review=_day(content["next_review"]),
        sources=tuple(_source(entry) for entry in content.get("sources", ())),
        licence=content.get("licence"),
        attribution=content.get("attribution"),
        rows=tuple(content.get("rows", ())),
        other={key: value for key, value in content.items() if key not in _HEADER},
    )


def _source(entry: Any) -> Source:
    """A source is a mapping; a bare text is an id and title in one."""
    if isinstance(entry, str):
        return Source(entry, entry)
    notes = (in_words(entry.get("url")), entry.get("note"))
    note = "; ".join(part for part in notes if part) or None
    return Source(entry["id"], entry["title"], address(entry.get("url")), entry.get("licence"), note)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
