"""Whom to hear: the four sources of an opinion compared, and every way to treat that must have been considered."""

from __future__ import annotations

from dataclasses import dataclass

from overread.clinical.knowledge import load
from overread.clinical.record import Modality

from .answers import Answers
from .tumours import lineage
from .yields import RATES, Rate

_FILE = load("indication", "modalities")
_HORMONE, _BLOOD = frozenset(_FILE["hormone_tumours"]), frozenset(_FILE["blood_tumours"])
_TRIAL_SITUATIONS = frozenset({"trials_may_apply", "metastatic", "molecular_unmatched", "poor_prognosis"})


@dataclass(frozen=True, slots=True)
class OpinionSource:
    """One of the four places an opinion can come from, and the published rates that speak of it."""

    key: str
    name: str
    sentence: str
    good_for: str
    weak_for: str
    figures: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class ModalityToHear:
    """A way to treat that must be heard, or set aside by a doctor who says why. A convention, not a recommendation."""

    modality: Modality
    specialty: str
    sentence: str


def _source(row: dict[str, str | list[str]]) -> OpinionSource:
    figures = tuple(rate for rate in RATES if rate.source.id in row["figures"] and rate.whose == "all")
    key, name, what, good, weak = (str(row[k]) for k in ("key", "name", "what", "good_for", "weak_for"))
    return OpinionSource(key, name, what, good, weak, figures)


OPINION_SOURCES: tuple[OpinionSource, ...] = tuple(_source(row) for row in load("indication", "opinion_sources").rows)


def modalities(answers: Answers) -> tuple[ModalityToHear, ...]:
    """Every way to treat that must be heard for this tumour; where the tumour is not known, all but the special ones."""
    groups = frozenset(lineage(answers.tumour))
    holds = {
        "any": True,
        "solid": not groups & _BLOOD,
        "hormone": bool(groups & _HORMONE),
        "trial": bool(answers.situations & _TRIAL_SITUATIONS) or bool(answers.metastatic),
    }
    rows = (row for row in _FILE.rows if holds[row["when"]])
    return tuple(ModalityToHear(Modality(row["modality"]), row["specialty"], row["sentence"]) for row in rows)
