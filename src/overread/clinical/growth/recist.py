"""RECIST 1.1: the sum of diameters against baseline and smallest sum, lymph nodes, other lesions, confirmation."""

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

_FILE, _LESIONS = load("growth", "recist"), load("growth", "recist_lesions")
_RULES: dict[str, float] = {row["key"]: row["value"] for file in (_FILE, _LESIONS) for row in file.rows}
_SENTENCES: dict[str, str] = {row["key"]: row["sentence"] for row in _LESIONS.rows}
SOURCE: Source | None = cite(_FILE.rows[0]["evidence"], _FILE.rows[0]["source"])
SOURCES: tuple[Source, ...] = _LESIONS.sources
NOT_COVERED: tuple[str, ...] = tuple(_LESIONS["left_out"])
_ROUNDING = 1e-9  # a sum of decimals such as 0.1 + 0.2 must not miss its own threshold
_IMPOSSIBLE_MM = 1e6


class Response(StrEnum):
    COMPLETE = "complete response"
    PARTIAL = "partial response"
    STABLE = "stable disease"
    PROGRESSIVE = "progressive disease"


_GOOD = (Response.COMPLETE, Response.PARTIAL)


class NonTarget(StrEnum):
    """The disease that is followed without being measured, as the radiologist judged it on one scan."""

    NONE = "none"  # there is no such disease
    GONE = "gone"
    PERSISTS = "persists"
    PROGRESSED = "progressed"  # unequivocally
    NOT_EVALUATED = "not evaluated"


@dataclass(frozen=True, slots=True)
class Visit:
    """One scan: longest diameters in mm by lesion (of a lymph node the short axis), 0 for a target that is gone.

    new_lesion, non_target: None where not stated. organs: the organ of each lesion, where known. nodes: the lesions
    that are lymph nodes. too_small: targets that are seen and cannot be measured; they count 5 mm whatever is given.
    """

    on: date
    lesions: Mapping[str, float]
    new_lesion: bool | None = None
    organs: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    nodes: frozenset[str] = frozenset()
    non_target: NonTarget | None = None
    too_small: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The latest scan against the first and against the smallest sum before it. Sums in mm, changes in percent.

    response: of the targets and new lesions; None with the reason in ``sentence``. overall: with the lesions that are no
    targets; None where they are not stated and it hangs on them. confirmed: whether a complete or partial response has
    lasted for four weeks; None for other responses. warnings: what else to know.
    """

    response: Response | None
    baseline_mm: float | None
    nadir_mm: float | None
    current_mm: float | None
    change_from_baseline_pct: float | None
    change_from_nadir_pct: float | None
    sentence: str
    warnings: tuple[str, ...]
    overall: Response | None = None
    confirmed: bool | None = None
    source: Source | None = SOURCE


def compare(visits: tuple[Visit, ...]) -> Comparison:
    """The response at the last visit; the first is the baseline. The smallest sum is looked for in all earlier ones."""
    if reason := _refusal(visits):
        return Comparison(None, None, None, None, None, None, reason, ())
    judged = [_category(visits[: end + 1]) for end in range(1, len(visits))]
    response, sentence = judged[-1]
    baseline, nadir, current = _sums(visits)
    return Comparison(
        response,
        baseline,
        nadir,
        current,
        _change(baseline, current),
        _change(nadir, current),
        sentence,
        _warnings(visits),
        _overall(response, visits[-1].non_target),
        _confirmed(visits[1:], [found for found, _ in judged]),
    )


def _sums(visits: tuple[Visit, ...]) -> tuple[float, float, float]:
    """Baseline, smallest before the last, last."""
    sums = [math.fsum(_sizes(visit).values()) for visit in visits]
    return sums[0], min(sums[:-1]), sums[-1]


def _sizes(visit: Visit) -> dict[str, float]:
    return {key: _RULES["too_small_mm"] if key in visit.too_small else mm for key, mm in visit.lesions.items()}


def _category(visits: tuple[Visit, ...]) -> tuple[Response, str]:
    baseline, nadir, current = _sums(visits)
    last = visits[-1]
    if last.new_lesion:
        return Response.PROGRESSIVE, "A new lesion was found: this counts as growth (progressive disease)."
    if _progressed(nadir, current):
        return Response.PROGRESSIVE, _text("The sum grew from its smallest value", nadir, current)
    if _gone(last):
        nodes = f" Lymph nodes below {_RULES['normal_node_below_mm']:g} mm are normal." if current else ""
        return Response.COMPLETE, f"All target lesions are gone.{nodes}"
    if _gone_for_weeks(visits[:-1]):
        return Response.PROGRESSIVE, "The targets had been gone for four weeks or more, and one is back."
    if (baseline - current) * 100 >= _RULES["pr_pct"] * baseline - _ROUNDING:
        return Response.PARTIAL, _text("The sum shrank from the first scan", baseline, current)
    return Response.STABLE, _text("The sum changed too little to count as growth or shrinking", baseline, current)


def _progressed(nadir: float, current: float) -> bool:
    """Both rules at once: the share, and the absolute rise."""
    rise = current - nadir
    return rise * 100 >= _RULES["pd_pct"] * nadir - _ROUNDING and rise >= _RULES["pd_mm"] - _ROUNDING


def _gone(visit: Visit) -> bool:
    """Every target is gone, and every node back to its normal size."""
    sizes = _sizes(visit)
    return all(mm < _RULES["normal_node_below_mm"] if key in visit.nodes else mm == 0 for key, mm in sizes.items())


def _gone_for_weeks(visits: tuple[Visit, ...]) -> bool:
    """Whether the scans end with a complete response that a second scan, four weeks after the first, confirms."""
    run = _ending(visits[1:], [_gone(visit) for visit in visits[1:]])
    return bool(run) and (run[-1].on - run[0].on).days >= _RULES["confirmed_after_days"]


def _ending(visits: tuple[Visit, ...], holds: list[bool]) -> tuple[Visit, ...]:
    """The visits at the end for which it holds without a break."""
    start = next((i + 1 for i in reversed(range(len(holds))) if not holds[i]), 0)
    return visits[start:]


def _confirmed(visits: tuple[Visit, ...], responses: list[Response]) -> bool | None:
    last = responses[-1]
    if last not in _GOOD:
        return None
    as_good = _GOOD[: _GOOD.index(last) + 1]
    run = _ending(visits, [response in as_good for response in responses])
    return (run[-1].on - run[0].on).days >= _RULES["confirmed_after_days"]


def _overall(response: Response, non_target: NonTarget | None) -> Response | None:
    if non_target is None and response is not Response.PROGRESSIVE:
        return None
    rows = (row for row in _LESIONS["overall"] if row["target"] in ("*", response))
    return next(Response(row["overall"]) for row in rows if row["non_target"] in ("*", non_target))


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
    if len({visit.nodes & set(visit.lesions) for visit in visits}) > 1:
        return "A lesion is called a lymph node on one scan and not on another."
    if any(not 0 <= size < _IMPOSSIBLE_MM for visit in visits for size in visit.lesions.values()):
        return "A size is not a number of millimetres."
    if not any(visits[0].lesions.values()):
        return "No target lesion has a size on the first scan."
    return None


# --- what else to know


def _warnings(visits: tuple[Visit, ...]) -> tuple[str, ...]:
    last = visits[-1]
    found = [*_unfit(visits[0]), *_crowded(last)]
    if last.new_lesion is None:
        found.append("Whether there is a new lesion is not stated; a new lesion would count as growth.")
    if last.non_target is None:
        found.append("How the lesions that are no targets have changed is not stated; the whole response hangs on it.")
    return (*found, "Not covered: " + "; ".join(NOT_COVERED) + ".")


def _unfit(first: Visit) -> list[str]:
    """Targets that the first scan shows to be too small to be one."""
    found = []
    for node, rule in ((False, "smallest_target_mm"), (True, "smallest_node_mm")):
        small = [key for key, mm in _sizes(first).items() if (key in first.nodes) is node and mm < _RULES[rule]]
        if small:
            found.append(f"Too small on the first scan to be a target: {', '.join(sorted(small))}. {_SENTENCES[rule]}")
    return found


def _crowded(last: Visit) -> list[str]:
    """Lymph nodes, wherever they are, count as one organ."""
    limit, most = int(_RULES["max_per_organ"]), int(_RULES["max_targets"])
    organs = ["lymph nodes" if key in last.nodes else last.organs.get(key, "") for key in last.lesions]
    crowded = sorted({organ for organ in organs if organ and organs.count(organ) > limit})
    found = [
        f"More than {limit} targets in one organ ({organ}): RECIST 1.1 asks for at most {limit}." for organ in crowded
    ]
    if len(last.lesions) > most:
        found.append(f"{len(last.lesions)} targets: RECIST 1.1 asks for at most {most} in all.")
    return found
