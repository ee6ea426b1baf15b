"""Volume doubling time of a lesion, with the range that the measurement error leaves open."""

from __future__ import annotations

import math
from dataclasses import dataclass

from overread.clinical.knowledge import Source, load
from overread.clinical.knowledge.citations import cite

from .measurement import Measurement, refusal

_ROWS = {row["key"]: row for row in load("growth", "doubling").rows}
_SUSPICIOUS = _ROWS["suspicious_below_days"]
SUSPICIOUS_BELOW_DAYS: int = _SUSPICIOUS["days"]


@dataclass(frozen=True, slots=True)
class Reference:
    """How fast nodules of one kind that proved malignant doubled on average, in one study."""

    nodule: str
    days: int
    sentence: str
    n: int
    source: Source | None


def _reference(row: dict[str, object]) -> Reference:
    days, n, source = row["days"], row["n"], row["source"]
    assert isinstance(days, int) and isinstance(n, int) and isinstance(source, dict)  # noqa: S101
    sentence = str(row["sentence"]).format(days=days)
    return Reference(str(row["nodule"]), days, sentence, n, cite(str(row["evidence"]), source))


REFERENCES: tuple[Reference, ...] = tuple(_reference(row) for row in _ROWS.values() if "nodule" in row)


@dataclass(frozen=True, slots=True)
class DoublingTime:
    """days: None where it cannot be given or nothing grew; a lesion that shrank has its halving time in no field.

    low, high: the range in days that the measurement errors allow; high is None when no growth at all is possible too.
    error_known: False where a measurement error is missing, and then low and high are None.
    below_threshold: whether it is under SUSPICIOUS_BELOW_DAYS; None where the range lies on both sides or is unknown.
    """

    days: float | None
    low: float | None
    high: float | None
    error_known: bool
    grew: bool | None
    below_threshold: bool | None
    sentence: str
    source: Source | None = None


def doubling_time(first: Measurement, second: Measurement) -> DoublingTime:
    """dt x ln 2 / ln(V2/V1); from diameters, three times the logarithm of their ratio."""
    if reason := refusal(first, second):
        return DoublingTime(None, None, None, False, None, None, reason)
    days = _days(first, second, _log_ratio(first, second, 0.0, 0.0))
    if first.error is None or second.error is None:
        return _without_error(days, _worked_out(first))
    fastest = _days(first, second, _log_ratio(first, second, -first.error, second.error))
    slowest = _days(first, second, _log_ratio(first, second, first.error, -second.error))
    return _with_error(days, fastest, slowest, _worked_out(first))


def _worked_out(measured: Measurement) -> str:
    """Doubling is of the volume, also where diameters were measured: said, so that nobody reads it as the diameter's."""
    return ", worked out from the diameters" if measured.dimensions > 1 else ""


def _log_ratio(first: Measurement, second: Measurement, shift_first: float, shift_second: float) -> float:
    """Logarithm of the volume ratio; an error as large as the size itself leaves everything open (infinity)."""
    before, after = (first.size or 0.0) + shift_first, (second.size or 0.0) + shift_second
    if before <= 0:
        return math.inf
    return first.dimensions * (math.log(after) - math.log(before)) if after > 0 else -math.inf


def _days(first: Measurement, second: Measurement, log_ratio: float) -> float | None:
    """None when the ratio is not of growth."""
    return (second.on - first.on).days * math.log(2) / log_ratio if log_ratio > 0 else None


def _without_error(days: float | None, how: str) -> DoublingTime:
    if days is None:
        return DoublingTime(None, None, None, False, False, None, _NOT_GROWN + _NO_ERROR)
    said = f"Growing like this, its volume doubles in about {days:.0f} days{how}.{_NO_ERROR}"
    return DoublingTime(days, None, None, False, True, None, said)


def _with_error(days: float | None, fastest: float | None, slowest: float | None, how: str) -> DoublingTime:
    if fastest is None:
        return DoublingTime(None, None, None, True, False, False, _NOT_GROWN)
    if slowest is None:
        return DoublingTime(days, fastest, None, True, None, None, _WITHIN_ERROR.format(fastest))
    below = _side(fastest, slowest)
    told = f"Growing like this, its volume doubles in about {days:.0f} days ({fastest:.0f} to {slowest:.0f}){how}."
    sentence = f"{told} {_meaning(below)}"
    source = cite(_SUSPICIOUS["evidence"], _SUSPICIOUS["source"])
    return DoublingTime(days, fastest, slowest, True, True, below, sentence, source)


def _side(fastest: float, slowest: float) -> bool | None:
    if (fastest < SUSPICIOUS_BELOW_DAYS) != (slowest < SUSPICIOUS_BELOW_DAYS):
        return None
    return slowest < SUSPICIOUS_BELOW_DAYS


def _meaning(below: bool | None) -> str:
    rule = str(_SUSPICIOUS["sentence"]).format(days=SUSPICIOUS_BELOW_DAYS)
    return {
        True: f"{rule} This does not mean that it is cancer.",
        False: f"{rule} This one is slower.",
        None: f"{rule} The measurements are too close to say on which side this one lies.",
    }[below]


_NOT_GROWN = "It did not grow between the two scans."
_NO_ERROR = " How exact the measurements are is not stated, so we cannot say how far this can be trusted."
_WITHIN_ERROR = (
    "The difference is within what the measurements can be off by: it may not have grown at all. If it did, its volume "
    "did not double in fewer than {:.0f} days."
)
