"""Rare and hereditary tumours that people have who have the same signs: a list far weaker than any predictive value.

It comes from the Human Phenotype Ontology, which says how often a disease shows a sign and never how likely the disease
is in somebody with the sign. So it is ordered by how many signs agree, then by name, and holds no number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from overread.clinical.knowledge import Source, load

from .vocabulary import SYMPTOMS, with_broader

_FILE = load("symptoms", "rare")
_SIGN_ROWS = load("symptoms", "signs").rows
SIGNS: dict[str, str] = {row["key"]: row["label"] for row in _SIGN_ROWS}
SIGN_GROUPS: dict[str, str] = {row["key"]: row["group"] for row in _SIGN_ROWS}
_OWN_TERMS = {row["key"]: row.get("hpo", {}) for row in (*load("symptoms", "vocabulary").rows, *_SIGN_ROWS)}
ENOUGH = 2  # signs that must agree
_NAMED_AT_MOST = 8
_SHARED_BY_MANY = 0.1  # of the diseases on the list: such a sign tells none of them from the others


@dataclass(frozen=True, slots=True)
class Agreement:
    """A sign that was told, and what the source says of it: the term (``hpo``), its name and its frequency class.

    narrower: the source's term is a kind of the sign, such as migraine where headaches were told.
    """

    label: str
    hpo: str
    name: str
    frequency: str
    narrower: bool

    @property
    def stated(self) -> str:
        """How often, and as what where that is not the sign itself: "frequent", "stated as “Migraine”, frequent"."""
        return f"stated as “{self.name}”, {self.frequency}" if self.narrower else self.frequency


@dataclass(frozen=True, slots=True)
class RareTumour:
    """A disease on the list. signs: key of SYMPTOMS or SIGNS -> what the source says. inheritance: as stated, or empty."""

    id: str
    name: str
    inheritance: tuple[str, ...]
    signs: Mapping[str, Agreement]


@dataclass(frozen=True, slots=True)
class RareMatch:
    tumour: RareTumour
    agreeing: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class RareList:
    """matches: those that are named. more: how many were left off behind them.

    unspecific: how many agree in nothing but signs that many diseases share; they are never named.
    """

    matches: tuple[RareMatch, ...]
    more: int
    unspecific: int
    attribution: str
    sources: tuple[Source, ...]

    @property
    def total(self) -> int:
        return len(self.matches) + self.more

    @property
    def of_note(self) -> bool:
        """Whether there is anything to say at all: something agrees in two signs or more."""
        return bool(self.matches or self.unspecific)


def rare_tumours(told: frozenset[str]) -> RareList:
    """The diseases that show two or more of these signs (keys of SYMPTOMS and SIGNS), one of them particular to few.

    Never raises; a key that is not known agrees with nothing. Neither age nor sex counts: the source states neither.
    """
    wider = [(key, with_broader(frozenset({key}))) for key in told]
    found = [(tumour, _agreeing(tumour, wider)) for tumour in TUMOURS]
    enough = [(tumour, keys) for tumour, keys in found if _count(tumour, keys) >= ENOUGH]
    particular = [(tumour, keys) for tumour, keys in enough if keys - _SHARED]
    ordered = sorted(particular, key=lambda pair: (-_count(*pair), pair[0].name.casefold()))
    matches = tuple(_match(tumour, keys) for tumour, keys in ordered)
    return RareList(
        matches[:_NAMED_AT_MOST],
        len(matches[_NAMED_AT_MOST:]),
        len(enough) - len(particular),
        _FILE.attribution or "",
        _FILE.sources,
    )


def _agreeing(tumour: RareTumour, told: list[tuple[str, frozenset[str]]]) -> frozenset[str]:
    """The signs of the disease that were told: as themselves, or else as a case of the wider sign that it shows."""
    signs = tumour.signs.keys()
    return frozenset(key if key in signs else min(wider & signs) for key, wider in told if wider & signs)


def _count(tumour: RareTumour, keys: frozenset[str]) -> int:
    """How many signs agree; two names for one sign of the disease count once."""
    return len({tumour.signs[key].hpo for key in keys})


def _match(tumour: RareTumour, keys: frozenset[str]) -> RareMatch:
    once: dict[str, Agreement] = {}
    for agreement in sorted((tumour.signs[key] for key in keys), key=lambda sign: (sign.narrower, sign.label)):
        once.setdefault(agreement.hpo, agreement)
    return RareMatch(tumour, tuple(sorted(once.values(), key=lambda agreement: agreement.label)))


def _tumour(row: Mapping[str, Any]) -> RareTumour:
    signs = {key: _agreement(key, *stated) for sign in row["signs"] for key, stated in sign.items()}
    inheritance = tuple(name[:1].lower() + name[1:] for name in row["inheritance"].values())
    return RareTumour(row["id"], row["name"], inheritance, signs)


def _agreement(key: str, hpo: str, name: str, frequency: str) -> Agreement:
    label = SIGNS.get(key) or SYMPTOMS[key]
    return Agreement(label, hpo, name, frequency.lower(), hpo not in _OWN_TERMS[key])


TUMOURS: tuple[RareTumour, ...] = tuple(map(_tumour, _FILE.rows))
_HOW_MANY = Counter(key for tumour in TUMOURS for key in tumour.signs)
_SHARED = frozenset(key for key, times in _HOW_MANY.items() if times > _SHARED_BY_MANY * len(TUMOURS))
