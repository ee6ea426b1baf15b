"""RECIST 1.1 for target lesions: the sum of diameters against baseline and smallest sum, as far as sourced."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from overread.clinical.knowledge import Source, load
from overread.clinical.knowledge.citations import cite

_FILE = load("growth", "recist")
_RULES: dict[str, float] = {row["key"]: row["value"] for row in _FILE.rows}
SOURCE: Source | None = cite(_FILE.rows[0]["evidence"], _FILE.rows[0]["source"])
NOT_COVERED: tuple[str, ...] = tuple(_FILE["left_out"])
_ROUNDING = 1e-9  # a sum of decimals such as 0.1 + 0.2 must not miss its own threshold
_IMPOSSIBLE_MM = 1e6


class Response(StrEnum):
    COMPLETE = "complete response"
    PARTIAL = "partial response"
    STABLE = "stable disease"
    PROGRESSIVE = "progressive disease"


@dataclass(frozen=True, slots=True)
class Visit:
    """One scan: longest diameters in mm by lesion, 0 for a target that is gone. new_lesion: None where not stated.

    organs: the organ of each lesion, where known. nodes: the lesions that are lymph nodes.
    """

    on: date
    lesions: Mapping[str, float]
    new_lesion: bool | None = None
    organs: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    nodes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The latest scan against the first and against the smallest sum before it. Sums in mm, changes in percent.

    response: of the targets (and new lesions) only; None with the reason in ``sentence``. warnings: what else to know.
    """

    response: Response | None
    baseline_mm: float | None
    nadir_mm: float | None
    current_mm: float | None
    change_from_baseline_pct: float | None
    change_from_nadir_pct: float | None
    sentence: str
    warnings: tuple[str, ...]
    source: Source | None = SOURCE


def compare(visits: tuple[Visit, ...]) -> Comparison:
    """The response at the last visit; the first is the baseline. The smallest sum is looked for in all earlier ones."""
    if reason := _refusal(visits):
        return Comparison(None, None, None, None, None, None, reason, ())
    sums = [math.fsum(visit.lesions.values()) for visit in visits]
    baseline, nadir, current = sums[0], min(sums[:-1]), sums[-1]
    response, sentence = _category(visits[-1], baseline, nadir, current)
    return Comparison(
        response,
        baseline,
        nadir,
        current,
        _change(baseline, current),
        _change(nadir, current),
        sentence,
        _warnings(visits),
    )


def _category(last: Visit, baseline: float, nadir: float, current: float) -> tuple[Response | None, str]:
    if last.new_lesion:
        return Response.PROGRESSIVE, "A new lesion was found: this counts as growth (progressive disease)."
    if _progressed(nadir, current):
        return Response.PROGRESSIVE, _text("The sum grew from its smallest value", nadir, current)
    if last.nodes and _has_shrunk_to_normal_range(last):
        return None, "All other targets are gone; the rule for lymph nodes is not in our sources, so we cannot say."
    if current == 0:
        return Response.COMPLETE, "All target lesions are gone."
    if (baseline - current) * 100 >= _RULES["pr_pct"] * baseline - _ROUNDING:
        return Response.PARTIAL, _text("The sum shrank from the first scan", baseline, current)
    return Response.STABLE, _text("The sum changed too little to count as growth or shrinking", baseline, current)


def _progressed(nadir: float, current: float) -> bool:
    """Both rules at once: the share, and the absolute rise."""
    rise = current - nadir
    return rise * 100 >= _RULES["pd_pct"] * nadir - _ROUNDING and rise >= _RULES["pd_mm"] - _ROUNDING


def _has_shrunk_to_normal_range(last: Visit) -> bool:
    """Only nodes are left to measure, so that complete response hangs on the rule for nodes."""
    return all(size == 0 or key in last.nodes for key, size in last.lesions.items()) and any(last.lesions.values())


def _change(before: float, after: float) -> float | None:
    return (after - before) / before * 100 if before else None


def _text(what: str, before: float, after: float) -> str:
    return f"{what}: {before:g} mm, now {after:g} mm."


def _refusal(visits: tuple[Visit, ...]) -> str | None:
    if len(visits) < 2:
        return "Two scans are needed: a first one and a later one."
    if any(later.on <= earlier.on for earlier, later in pairwise(visits)):
        return "The scans are not in the order of their dates."
    if any(set(visit.lesions) != set(visits[0].lesions) for visit in visits) or not visits[0].lesions:
        return "The same target lesions must be measured on every scan; one is missing or was added."
    if any(not 0 <= size < _IMPOSSIBLE_MM for visit in visits for size in visit.lesions.values()):
        return "A size is not a number of millimetres."
    if not any(visits[0].lesions.values()):
        return "No target lesion has a size on the first scan."
    return None


def _warnings(visits: tuple[Visit, ...]) -> tuple[str, ...]:
    last, limit = visits[-1], int(_RULES["max_per_organ"])
    organs = [last.organs[key] for key in last.lesions if key in last.organs]
    crowded = sorted({organ for organ in organs if organs.count(organ) > limit})
    found = [
        f"More than {limit} targets in one organ ({organ}): RECIST 1.1 asks for at most {limit}." for organ in crowded
    ]
    if last.new_lesion is None:
        found.append("Whether there is a new lesion is not stated; a new lesion would count as growth.")
    return (*found, "Not covered, because not sourced: " + "; ".join(NOT_COVERED) + ".")
