"""Whether the lesions that a record measures more than once grew, and what guidelines say about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ..growth import REFERENCES, DoublingTime, FollowUp, Measurement, Nodule, Reference, bts, doubling_time, fleischner
from ..record import Fact, Record
from .lesions import Lesion, Sighting, sightings

_DECIMAL = re.compile(r"\d+(?:\.(\d+))?")
_PER_UNIT = {"cm": 10.0, "mm": 1.0}
_LUNG = re.compile(r"\b(?:(?:upper|middle|lower) (?:lobe|lung)|lingula|lung)\b(?! of)")
_REFERENCE = {"solid": "solid", "part-solid": "part_solid", "ground-glass": "pGGN"}
_ROUNDED = (
    "The range comes from the rounding of the printed sizes alone. By how much a measurement on these scans can be off "
    "besides is not stated, so the true range is wider."
)


@dataclass(frozen=True, slots=True)
class Point:
    """One size of the lesion on one day: mm of diameter or mm3 of volume, and how far rounding alone puts it off."""

    on: date
    size: float
    unit: str
    error: float
    fact: Fact


@dataclass(frozen=True, slots=True)
class LesionGrowth:
    """One lesion with sizes on at least two days, earliest first.

    matched: why the sizes are taken for the same lesion's. growth: from the first day to the last, with the range that
    rounding leaves open; caution: what that range leaves out. follow_up: sourced rules for a nodule of the lung, each
    with its advice or why it is not applied. references: how fast malignant nodules of this kind doubled, in one study.
    """

    lesion: str
    matched: str
    points: tuple[Point, ...]
    growth: DoublingTime
    caution: str
    follow_up: tuple[FollowUp, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """Every lesion that can be followed; cannot: what was measured and cannot be compared, each with the reason."""

    lesions: tuple[LesionGrowth, ...]
    cannot: tuple[str, ...]
    sentence: str


def growth_of(record: Record) -> Growth:
    """Doubling times of the record's lesions. Never raises for what a record can hold; abstains with a reason."""
    lesions, cannot = sightings(record)
    results = [_followed(record, lesion) for lesion in lesions]
    grown = tuple(result for result in results if isinstance(result, LesionGrowth))
    reasons = tuple(dict.fromkeys((*cannot, *(result for result in results if isinstance(result, str)))))
    return Growth(grown, reasons, _sentence(len(grown), bool(reasons)))


def _sentence(followed: int, reasons: bool) -> str:
    if followed:
        return (
            f"{followed} lesions were measured on two or more days."
            if followed > 1
            else "One lesion was measured on two or more days."
        )
    if reasons:
        return "Lesions are measured, but none can be followed from one day to another."
    return "The record gives no size of a lesion on an image."


def _followed(record: Record, lesion: Lesion) -> LesionGrowth | str:
    """Volumes where two days have one, else diameters."""
    if len(lesion.modalities) > 1:
        kinds = " and ".join(sorted(lesion.modalities))
        return f"{lesion.name}: measured by {kinds}; sizes from different kinds of images are not compared."
    clashes: list[str] = []
    for field in ("lesion_volume", "lesion_size"):
        points = _points([s for s in lesion.sightings if s.size.field == field])
        if isinstance(points, str):
            clashes.append(f"{lesion.name}: {points}")
        elif len(points) > 1:
            return _grown(record, lesion, points)
    return clashes[-1] if clashes else f"{lesion.name}: only one day has a size, so nothing can be compared."


def _points(found: list[Sighting]) -> tuple[Point, ...] | str:
    by_day: dict[date, list[Fact]] = {}
    for sighting in found:
        by_day.setdefault(sighting.on, []).append(sighting.size)
    for day, facts in sorted(by_day.items()):
        if len({fact.value for fact in facts}) > 1:
            return f"several sizes are given for {day.isoformat()}, and nothing says which is this lesion's."
    return tuple(_point(day, facts[0]) for day, facts in sorted(by_day.items()))


def _point(on: date, fact: Fact) -> Point:
    return Point(on, float(str(fact.value)), fact.spec.unit or "", _rounding(fact), fact)


def _rounding(fact: Fact) -> float:
    """Half of the last printed digit: 9 mm may be anything from 8.5 to 9.5 mm, 1.2 cm from 11.5 to 12.5 mm."""
    size, quote = float(str(fact.value)), (fact.provenance.quote or "").lower()
    factor = next((_PER_UNIT[unit] for unit in _PER_UNIT if unit in quote), 1.0)
    for match in _DECIMAL.finditer(quote):
        if abs(float(match[0]) * factor - size) < 1e-6:
            return _half(match[1] or "", factor)
    return _half(f"{size:.6f}".rstrip("0").partition(".")[2], 1.0)


def _half(decimals: str, factor: float) -> float:
    return factor * 0.5 * 10.0 ** -len(decimals)


def _grown(record: Record, lesion: Lesion, points: tuple[Point, ...]) -> LesionGrowth:
    growth = doubling_time(_measured(points[0]), _measured(points[-1]))
    kind = _texture(lesion)
    return LesionGrowth(
        lesion.name,
        lesion.matched,
        points,
        growth,
        _ROUNDED,
        _follow_up(record, lesion, points[-1], growth, kind) if _is_lung_nodule(lesion) else (),
        tuple(r for r in REFERENCES if r.nodule == _REFERENCE.get(kind or "")) if _is_lung_nodule(lesion) else (),
    )


def _measured(point: Point) -> Measurement:
    if point.unit == "mm":
        return Measurement(point.on, diameter_mm=point.size, error=point.error)
    return Measurement(point.on, volume_mm3=point.size, error=point.error)


# --- what guidelines say


def _is_lung_nodule(lesion: Lesion) -> bool:
    return "nodule" in " ".join(lesion.words) and bool(_LUNG.search(lesion.place))


def _texture(lesion: Lesion) -> str | None:
    """solid, part-solid or ground-glass, where the reports say it and agree."""
    said = {_kind(words) for words in lesion.words} - {None}
    return said.pop() if len(said) == 1 else None


def _kind(words: str) -> str | None:
    if re.search(r"\b(?:part|semi|sub)-?\s?solid\b", words):
        return "part-solid" if "sub" not in words else None
    if re.search(r"\bground[ -]glass\b", words):
        return "ground-glass"
    return "solid" if re.search(r"(?<!non-)(?<!non)\bsolid\b", words) else None


def _follow_up(
    record: Record, lesion: Lesion, last: Point, growth: DoublingTime, kind: str | None
) -> tuple[FollowUp, ...]:
    name = {"solid": "solid_single", "part-solid": "part_solid_single", "ground-glass": "ground_glass_single"}.get(
        kind or ""
    )
    if name is None:
        return (
            FollowUp(
                "Fleischner 2017 and British Thoracic Society",
                (),
                "Whether the nodule is solid is not stated, and the rules hang on it.",
                None,
            ),
        )
    diameter = last.size if last.unit == "mm" else None
    volume = last.size if last.unit == "mm3" else None
    nodule = Nodule(name, diameter_mm=diameter, volume_mm3=volume, age=_age(record))
    return tuple(_unless_reassuring(rule, growth) for rule in (fleischner(nodule), bts(nodule)))


def _age(record: Record) -> float | None:
    fact = record.one("age")
    return float(str(fact.value)) if fact else None


def _unless_reassuring(rule: FollowUp, growth: DoublingTime) -> FollowUp:
    """A rule that goes by size alone must not send home somebody whose nodule may have grown."""
    if growth.grew is False or not any(advice.startswith("no ") for _, advice in rule.advice):
        return rule
    sentence = (
        f"{rule.guideline} goes by the size alone; this nodule may have grown, so its rule for small ones is not given."
    )
    return FollowUp(rule.guideline, (), sentence, rule.source)
