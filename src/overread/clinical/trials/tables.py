"""The knowledge file of this room, read once at import."""

from __future__ import annotations

from overread.clinical.knowledge import load

_WORDS = load("trials", "words")

FILLER = frozenset(_WORDS["filler"])
CONDITIONAL = frozenset(_WORDS["conditional"])
MODIFIERS = frozenset(_WORDS["modifiers"])
NEGATORS = frozenset(_WORDS["negators"])
SITES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    name: (tuple(row["words"]), tuple(row["codes"])) for name, row in _WORDS["sites"].items()
}
LABS: dict[str, tuple[str, ...]] = {name: tuple(forms) for name, forms in _WORDS["labs"].items()}
UNITS: dict[str, tuple[str, float]] = {
    unit: (dimension, float(factor)) for dimension, row in _WORDS["units"].items() for unit, factor in row.items()
}
