"""The tables as dictionaries of cells, built once at import from the knowledge files."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, product
from typing import Any

from ..knowledge import load, names
from . import reading

AXES = ("t", "n", "m")
Cell = tuple[str, ...]
EDITIONS = ("7", "8")  # those that have tables


@dataclass(eq=False)
class Table:
    """One stage-group table.

    cells: (t, n, m, factor values…) -> (group, row number); the group is None where the cell is not verified.
    values: for each axis and factor, every value that the table knows.
    """

    id: str
    title: str
    edition: str
    basis: str
    label: str
    factors: tuple[str, ...]
    cells: dict[Cell, tuple[str | None, int]]
    values: tuple[tuple[str, ...], ...] = field(init=False)
    _leaves: dict[tuple[int, str, bool], tuple[str, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        columns = zip(*self.cells, strict=True)
        self.values = tuple(tuple(sorted(set(column))) for column in columns)

    def of(self, factor: str) -> tuple[str, ...]:
        """The values of a factor that the table knows: bands such as ``<10``, numbers, words."""
        return self.values[3 + self.factors.index(factor)]

    def leaves(self, axis: int, code: str, clinical: bool) -> tuple[str, ...]:
        """The table's categories that a stated category can mean.

        X: all of them; not stated (``?``): X too, where it has rows. A category that the table divides: its parts. One that it does not divide: its parent.
        A category that stands in the table both whole and divided (T2 of the prostate) is whole unless the stage is
        clinical, where the undivided category does not exist. Empty: the table has no such category.
        """
        key = (axis, code, clinical)
        if key not in self._leaves:
            self._leaves[key] = self._find_leaves(axis, code, clinical)
        return self._leaves[key]

    def _find_leaves(self, axis: int, code: str, clinical: bool) -> tuple[str, ...]:
        known = self.values[axis]
        if code in "X?":
            return tuple(v for v in known if v != "X" or code == "?")
        parts = tuple(v for v in known if _divides(v, code))
        if code in known:
            return (code, *parts) if parts and clinical else (code,)
        return parts or self._parent(axis, code)

    def _parent(self, axis: int, code: str) -> tuple[str, ...]:
        if (axis, code) == (1, "1MI"):  # micrometastasis is no ordinary N1: a table without it says nothing
            return ()
        for length in range(len(code) - 1, 0, -1):
            parent = code[:length]
            if parent in self.values[axis]:
                divided = any(_divides(v, parent) for v in self.values[axis])
                return () if divided else (parent,)
        return ()


def _divides(part: str, whole: str) -> bool:
    """1A divides 1, 1A1 divides 1A; 1MI is a category beside 1 (it is always written out)."""
    rest = part[len(whole) :]
    return whole[0] in "01234" and part.startswith(whole) and bool(rest) and rest[0] in "ABCDE1234"


@dataclass(frozen=True, slots=True)
class Found:
    """What a table gives for a set of candidate cells."""

    groups: tuple[str, ...]
    rows: tuple[tuple[int, str], ...]
    undecided: tuple[int, ...]  # positions of axes and factors whose value decides between the groups
    unverified: bool


@lru_cache(maxsize=200_000)
def find(table: Table, candidates: tuple[tuple[str, ...], ...]) -> Found:
    """The groups of all cells that the candidates span. Cells that the table does not have are left out."""
    hits = {cell: table.cells[cell] for cell in product(*candidates) if cell in table.cells}
    groups = {g for g, _ in hits.values() if g}
    return Found(
        groups=tuple(sorted(groups, key=order)),
        rows=tuple(sorted({(row, g) for g, row in hits.values() if g})),
        undecided=_undecided(hits, candidates),
        unverified=any(g is None for g, _ in hits.values()),
    )


def _undecided(hits: dict[Cell, tuple[str | None, int]], candidates: tuple[tuple[str, ...], ...]) -> tuple[int, ...]:
    open_positions = [i for i, values in enumerate(candidates) if len(values) > 1]
    return tuple(i for i in open_positions if _varies(hits, i))


def _varies(hits: dict[Cell, tuple[str | None, int]], position: int) -> bool:
    seen: dict[Cell, str | None] = {}
    for cell, (answer, _) in hits.items():
        if seen.setdefault((*cell[:position], *cell[position + 1 :]), answer) != answer:
            return True
    return False


def order(name: str) -> tuple[int, str]:
    """Sorts groups from the earliest to the latest: Occult, 0, I … IV."""
    for rank, roman in enumerate(("Occult", "0", "IV", "III", "II", "I")):
        if name.startswith(roman):
            return ((0, 1, 5, 4, 3, 2)[rank], name)
    return (6, name)


# --- building


def _cells(rows: Iterator[tuple[str | None, list[list[str]]]]) -> dict[Cell, tuple[str | None, int]]:
    cells: dict[Cell, tuple[str | None, int]] = {}
    for index, (answer, columns) in enumerate(rows, start=1):
        for cell in product(*columns):
            cells.setdefault(cell, (answer, index))
    return cells


def _eighth(name: str) -> Table:
    file = load("staging", name)
    factors = tuple(file["factors"])

    def rows() -> Iterator[tuple[str | None, list[list[str]]]]:
        for row in file.rows:
            axes = [[value[1:].upper() for value in row[axis]] for axis in AXES]
            yield row["group"], [*axes, *([str(v) for v in row[f]] for f in factors)]

    return Table(name, file["title"], file["edition"], file["basis"], file["label"], factors, _cells(rows()))


def _seventh(name: str, content: dict[str, Any]) -> Table:
    """A "*" in the file stands for every value that its column has elsewhere."""
    columns = [sorted({v for v in chain(*column) if v != "*"}) for column in zip(*content["rows"], strict=True)]
    rows = (
        (row[0], [columns[i] if values == ["*"] else values for i, values in enumerate(row[1:], start=1)])
        for row in content["rows"]
    )
    return Table(
        name, "", "7", "any", load("staging", "uicc_7")["verification"], tuple(content["factors"]), _cells(rows)
    )


EIGHTH = {name: _eighth(name) for name in names("staging") if name != "uicc_7"}
SEVENTH = {name: _seventh(name, content) for name, content in load("staging", "uicc_7")["tables"].items()}
TABLES = EIGHTH | SEVENTH


@lru_cache(maxsize=65536)
def value_for(factor: str, allowed: tuple[str, ...], raw: object) -> tuple[str, ...]:
    """The table's values that a stated factor can mean: one, or all of them when it is missing or cannot be read.

    ``2 or 3`` means both; ``< 20`` every band that it reaches into.
    """
    if factor == "topography":
        return tuple(v for v in allowed if str(raw) in v.split(",")) or allowed
    if raw is None:
        return allowed
    meant = [_meant(factor, allowed, part) for part in str(raw).split(" or ")]
    return tuple(v for v in allowed if any(v in one for one in meant)) if all(meant) else allowed


def _meant(factor: str, allowed: tuple[str, ...], stated: str) -> tuple[str, ...]:
    """None of them where it cannot be read."""
    word = reading.word(stated).upper()
    if exact := tuple(v for v in allowed if v.upper() == word):
        return exact
    if bound := reading.bound(stated):
        return tuple(v for v in allowed if _reaches(v, *bound))
    exactly = _READERS.get(factor, reading.number)(stated)
    return tuple(v for v in allowed if exactly is not None and _holds(v, exactly))


_READERS: dict[str, Callable[[str], float | None]] = {
    "gleason": reading.gleason,
    "grade": reading.grade,
    "grade_group": reading.grade,
}


def _reaches(band: str, sign: str, bound: float) -> bool:
    """Does a band hold a number on that side of the bound?"""
    low, high, _, high_itself = _bounds(band)
    if sign in ("<", "<="):
        return low < bound or (low == bound and sign == "<=")
    return high > bound or (high == bound and high_itself and sign == ">=")


def _holds(band: str, stated: float) -> bool:
    low, high, low_itself, high_itself = _bounds(band)
    return (low < stated or (low_itself and low == stated)) and (stated < high or (high_itself and stated == high))


@lru_cache(maxsize=1024)
def _bounds(band: str) -> tuple[float, float, bool, bool]:
    """``<10``, ``10-<20``, ``>=20``, ``<=6``, ``3``: from, to, and whether each belongs to it; words hold no number."""
    low, dash, high = band.partition("-<")
    if dash:
        return float(low), float(high), True, False
    digits = band.lstrip("<>=S")
    if not digits.replace(".", "").isdigit():
        return math.inf, -math.inf, False, False
    bound = float(digits)
    return {
        "<": (-math.inf, bound, True, False),
        "<=": (-math.inf, bound, True, True),
        ">=": (bound, math.inf, True, True),
    }.get(band.rstrip("0123456789."), (bound, bound, True, True))
