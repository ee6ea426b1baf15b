"""The reviewer's blind opinion against the final one: what was kept, changed, added or withdrawn after the reveal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..record import Opinion
from .compare import Item, compare
from .grades import Grade


class Fate(StrEnum):
    """What became of a blind statement once the first interpretation was seen."""

    KEPT = "kept"
    CHANGED = "changed"
    ADDED = "added"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Change:
    """One statement's way from the blind to the final opinion.

    item: the comparison of both (first = blind, second = final).
    towards_first: True when the change ended in agreement with the first interpretation that the blind read did not
    have, False when not, None when nothing changed or no first interpretation was given.
    """

    fate: Fate
    item: Item
    towards_first: bool | None = None


def changes(blind: Opinion, final: Opinion, first: Opinion | None = None) -> tuple[Change, ...]:
    """Everything the reviewer said blind or finally, and whether it was kept.

    first: the first interpretation, to see which changes moved towards it.
    """
    agreed = _agreed(first, final) - _agreed(first, blind) if first else frozenset()
    items = compare(blind, final).items
    return tuple(_change(item, agreed, first is not None) for item in items if item.first or item.second)


def _agreed(first: Opinion, final: Opinion) -> frozenset[tuple[str, str | None]]:
    return frozenset((i.field, i.about) for i in compare(first, final).items if i.grade is Grade.CONCORDANT)


def _change(item: Item, agreed: frozenset[tuple[str, str | None]], compared: bool) -> Change:
    fate = _fate(item)
    moved = compared and fate is not Fate.KEPT
    return Change(fate, item, (item.field, item.about) in agreed if moved else None)


def _fate(item: Item) -> Fate:
    if not item.first:
        return Fate.ADDED
    if not item.second:
        return Fate.WITHDRAWN
    return Fate.KEPT if item.grade is Grade.CONCORDANT else Fate.CHANGED
