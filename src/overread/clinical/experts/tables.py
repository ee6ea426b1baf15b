"""The knowledge files of this room, read once at import."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from overread.clinical.knowledge import load

from .names import fold

WEIGHTS = load("experts", "weights")
_TOPICS = load("experts", "topics")
_COUNTRIES = load("experts", "countries")

WINDOW_YEARS: int = WEIGHTS["window_years"]["value"]
INDEPENDENCE_YEARS: int = WEIGHTS["independence_years"]["value"]
POSITION = {name: Decimal(str(row["value"])) for name, row in WEIGHTS["position"].items()}
TYPE = {name: Decimal(row["value"]) for name, row in WEIGHTS["type"].items()}
LOWERING = frozenset(WEIGHTS["lowering"])
SIGNAL = {name: Decimal(row["value"]) for name, row in WEIGHTS["signal"].items()}
HISTOLOGY_FACTOR = Decimal(WEIGHTS["histology_factor"]["value"])

_SPECIALTIES = load("experts", "specialties")
SPECIALTIES: dict[str, tuple[str, ...]] = {k: tuple(v) for k, v in _SPECIALTIES["specialties"].items()}
# What remains of an institution's name without these says which one it is.
GENERIC_WORDS = frozenset(_SPECIALTIES["generic_institution_words"])
US_STATES = frozenset(_COUNTRIES["us_states"])
COUNTRIES: dict[str, str] = {fold(n): n for n in _COUNTRIES["names"]} | {
    fold(form): name for name, forms in _COUNTRIES["same"].items() for form in forms
}


@dataclass(frozen=True, slots=True)
class Site:
    """Where a cancer begins, and the words by which articles on it are known."""

    name: str
    icd_o_3: tuple[str, ...]
    words: tuple[str, ...]
    alone: tuple[str, ...]
    mesh: frozenset[str]


SITES: tuple[Site, ...] = tuple(
    Site(s["name"], tuple(s["icd_o_3"]), tuple(s["words"]), tuple(s["alone"]), frozenset(s["mesh"]))
    for s in _TOPICS["sites"]
)
CANCER_WORDS = frozenset(_TOPICS["cancer_words"])
# Words of a histology that would fit nearly every cancer.
VAGUE_WORDS = frozenset(_TOPICS["vague_histology_words"])
