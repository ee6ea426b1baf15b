"""Tumour types: OncoTree codes, names and parents (CC BY 4.0, see the file's attribution)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .loader import load


@dataclass(frozen=True, slots=True)
class TumourType:
    """One OncoTree type; parent is None for a tissue."""

    code: str
    name: str
    parent: str | None


TYPES: dict[str, TumourType] = {row[0]: TumourType(*row) for row in load("value_sets", "tumour_types").rows}
_BY_NAME = {kind.name.casefold(): kind for kind in TYPES.values()}


def tumour_type(text: str) -> TumourType | None:
    """The type with this code or this name; None if OncoTree has neither."""
    cleaned = text.strip()
    return TYPES.get(cleaned.upper()) or _BY_NAME.get(cleaned.casefold())


def lineage(code: str) -> Iterator[TumourType]:
    """The type itself, its parent, and so on up to the tissue; nothing for an unknown code."""
    kind = TYPES.get(code)
    while kind is not None:
        yield kind
        kind = TYPES.get(kind.parent) if kind.parent else None
