"""What guidelines say about following a spot in the lung: Fleischner Society 2017 and British Thoracic Society."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from overread.clinical.knowledge import Source, load
from overread.clinical.knowledge.citations import cite

_FLEISCHNER, _BTS = load("growth", "fleischner"), load("growth", "bts")
_APPLIES: dict[str, Any] = _FLEISCHNER["applies"]
NODULES = tuple(dict.fromkeys(row["nodule"] for row in _FLEISCHNER.rows))
_BRITISH = "British Thoracic Society"
SMALL_MM, LARGE_MM = 6.0, 8.0  # the bounds of the sizes that fleischner.yaml names (under_6, 6_to_8, over_8)


@dataclass(frozen=True, slots=True)
class Nodule:
    """A nodule (one of NODULES) by mean diameter in mm and, for the British rules, volume in mm3.

    risk: ``low`` or ``high`` as a doctor judged it. The flags say whether the guideline speaks of this person; None is
    not known, and then the guideline is not applied.
    """

    kind: str
    diameter_mm: float | None = None
    volume_mm3: float | None = None
    risk: str | None = None
    age: float | None = None
    known_cancer: bool | None = None
    immunosuppressed: bool | None = None
    found_in_screening: bool | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """advice: one text per risk that remains possible, as (risk, advice); empty where the guideline cannot be applied."""

    guideline: str
    advice: tuple[tuple[str, str], ...]
    sentence: str
    source: Source | None


def fleischner(nodule: Nodule) -> FollowUp:
    """Follow-up by the Fleischner Society's rules of 2017, or the reason why they cannot be applied."""
    if reason := _outside(nodule):
        return FollowUp("Fleischner 2017", (), reason, None)
    rows = [row for row in _FLEISCHNER.rows if row["nodule"] == nodule.kind and _fits(row["size"], nodule.diameter_mm)]
    rows = [row for row in rows if nodule.risk is None or row["risk"] in ("any", nodule.risk)]
    if not rows:
        return FollowUp(
            "Fleischner 2017", (), "The rules that we carry do not speak of a nodule of this kind and size.", None
        )
    return _answer("Fleischner 2017", tuple((row["risk"], row["advice"]) for row in rows), rows[0])


def bts(nodule: Nodule) -> FollowUp:
    """Follow-up by the British Thoracic Society's rules; by volume where there is one, else by diameter."""
    solid = nodule.kind.startswith("solid")
    use_volume = solid and nodule.volume_mm3 is not None
    size, unit = (nodule.volume_mm3, "mm3") if use_volume else (nodule.diameter_mm, "mm")
    if nodule.kind not in NODULES or not _usable(size):
        return FollowUp(_BRITISH, (), "The kind of nodule and its size are needed.", None)
    rows = [row for row in _BTS.rows if row["nodule"] == ("solid" if solid else "subsolid")]
    steps = [row for row in rows if row[unit] is not None]
    row = next((row for row in steps if size is not None and size < row[unit]), rows[-1])
    return _answer(_BRITISH, (("any", row["advice"]),), row)


def _outside(nodule: Nodule) -> str | None:
    """Why the rules do not speak of this person or nodule, or None."""
    if nodule.kind not in NODULES or not _usable(nodule.diameter_mm):
        return "The kind of nodule and its diameter are needed."
    if nodule.risk not in (None, "low", "high"):
        return "The risk must be low or high, as a doctor judged it."
    flags = (nodule.known_cancer, nodule.immunosuppressed, nodule.found_in_screening)
    if nodule.age is None or None in flags:
        return f"{_APPLIES['sentence']} Not all of this is known, so we do not apply them."
    if not nodule.age >= _APPLIES["min_age"] or any(flags):
        return f"{_APPLIES['sentence']} That is not the case here, so they do not apply."
    return None


def _fits(size: str, diameter: float | None) -> bool:
    assert diameter is not None  # noqa: S101  # _outside has refused it
    return {
        "under_6": diameter < SMALL_MM,
        "6_or_more": diameter >= SMALL_MM,
        "6_to_8": SMALL_MM <= diameter <= LARGE_MM,
        "over_8": diameter > LARGE_MM,
    }[size]


def _usable(size: float | None) -> bool:
    return size is not None and math.isfinite(size) and size > 0


def _answer(guideline: str, advice: tuple[tuple[str, str], ...], row: dict[str, Any]) -> FollowUp:
    words = "; ".join(text if risk == "any" else f"at {risk} risk: {text}" for risk, text in advice)
    sentence = f"{guideline} says: {words}. The doctor and the patient decide together."
    return FollowUp(guideline, advice, sentence, cite(row["evidence"], row["source"]))
