"""Agreement over many cases, corrected for chance: Cohen's kappa, Fleiss' kappa, Krippendorff's alpha.

Estimates and intervals follow Gwet's linearisation, the one that the PyPI package irrCAC uses, so that the figures can
be checked there; the tests hold them equal to irrCAC 0.4.4 and krippendorff 0.9.0, which they run beside them.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from .students_t import half_width, standard_error
from .weights import AgreementError, Floats, is_number, measured_as, weights_by

Rating = Hashable


@dataclass(frozen=True, slots=True)
class Agreement:
    """One coefficient. value, low and high are None, and reason says why, where they cannot be computed.

    cases: how many cases entered; observed, expected: agreement found, and expected by chance, as shares of 1.
    """

    coefficient: str
    value: float | None
    low: float | None
    high: float | None
    cases: int
    observed: float | None = None
    expected: float | None = None
    reason: str | None = None


def cohen_kappa(
    first: Sequence[Rating],
    second: Sequence[Rating],
    *,
    categories: Sequence[Rating] | None = None,
    weights: str = "identity",
    level: float = 0.95,
) -> Agreement:
    """Two raters over the same cases. Cases that either left unrated (None) are not counted.

    categories: all categories in their order (default: numbers by size, others as they appear). weights: ``identity``,
    ``linear``, ``quadratic``, ``ordinal``, ``radical``, ``ratio``, ``circular`` or ``bipolar``, as irrCAC defines them;
    a number counts with its value, any other category with its place. level: of the interval. Raises AgreementError.
    """
    if len(first) != len(second):
        raise AgreementError(f"{len(first)} ratings against {len(second)}")
    rows = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    order = _order(rows, categories)
    matrix = weights_by(weights, order)
    if len(rows) < 2 or len(order) < 2:
        return _impossible("Cohen's kappa", len(rows))
    return _cohen(_crossed(rows, order), matrix, level)


def _cohen(shares: Floats, weights: Floats, level: float) -> Agreement:
    n = int(shares.sum())
    p = shares / n
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, expected = float((weights * p).sum()), float((weights * np.outer(rows, columns)).sum())
    if expected >= 1 - 1e-12:
        return _impossible("Cohen's kappa", n)
    kappa = (observed - expected) / (1 - expected)
    pull = (weights @ columns)[:, None] + (weights.T @ rows)[None, :]
    inner = float((p * (weights - (1 - kappa) * pull) ** 2).sum())
    variance = (inner - (observed - 2 * (1 - kappa) * expected) ** 2) / (n * (1 - expected) ** 2)
    return _agreement("Cohen's kappa", kappa, variance, n, level, observed, expected)


def fleiss_kappa(
    ratings: Sequence[Sequence[Rating]],
    *,
    categories: Sequence[Rating] | None = None,
    weights: str = "identity",
    level: float = 0.95,
) -> Agreement:
    """Any number of raters. One row a case, one column a rater, None where a rater did not rate. Else as ``cohen_kappa``."""
    counts, order = _counted(ratings, categories)
    matrix = weights_by(weights, order)
    raters = counts.sum(axis=1)
    if (raters >= 2).sum() < 2 or len(order) < 2:
        return _impossible("Fleiss' kappa", int((raters >= 2).sum()))
    return _fleiss(counts, raters, matrix, level)


def _fleiss(counts: Floats, raters: Floats, weights: Floats, level: float) -> Agreement:
    n, paired = len(counts), raters >= 2
    agreeing = (counts * (counts @ weights.T - 1)).sum(axis=1)
    each = np.divide(agreeing, raters * (raters - 1), out=np.zeros(n), where=paired)
    share = (counts / raters[:, None]).mean(axis=0)
    observed, expected = float(each[paired].mean()), float(share @ weights @ share)
    if expected >= 1 - 1e-12:
        return _impossible("Fleiss' kappa", int(paired.sum()))
    kappa = (observed - expected) / (1 - expected)
    own = (n / paired.sum()) * (each - expected * paired) / (1 - expected)
    chance = counts @ (weights @ share) / raters
    linear = own - 2 * (1 - kappa) * (chance - expected) / (1 - expected)
    variance = float(((linear - kappa) ** 2).sum()) / (n * (n - 1))
    return _agreement("Fleiss' kappa", kappa, variance, n, level, observed, expected)


def krippendorff_alpha(
    ratings: Sequence[Sequence[Rating]],
    *,
    categories: Sequence[Rating] | None = None,
    weights: str = "identity",
    measurement: str | None = None,
    level: float = 0.95,
) -> Agreement:
    """Any number of raters and gaps; cases with fewer than two ratings are left out, as alpha is defined.

    weights: as ``cohen_kappa``, by which irrCAC computes alpha. measurement: instead of weights, Krippendorff's own
    level: ``nominal``, ``ordinal``, ``interval`` or ``ratio``; its ordinal metric depends on how often each category was
    given, and the interval takes it as fixed.
    """
    counts, order = _counted(ratings, categories)
    counts = counts[counts.sum(axis=1) >= 2]
    matrix = measured_as(measurement, order, counts.sum(axis=0)) if measurement else weights_by(weights, order)
    used = int((counts.sum(axis=0) > 0).sum())
    if len(counts) < 2 or used < 2:
        return _impossible("Krippendorff's alpha", len(counts))
    return _alpha(counts, counts.sum(axis=1), matrix, level)


def _alpha(counts: Floats, raters: Floats, weights: Floats, level: float) -> Agreement:
    n, mean, small = len(counts), float(raters.mean()), 1 / float(raters.sum())
    agreeing = (counts * (counts @ weights.T - 1)).sum(axis=1) / (mean * (raters - 1))
    observed = (1 - small) * float(agreeing.mean()) + small
    share = (counts / mean).mean(axis=0)
    expected = float(share @ weights @ share)
    alpha, prime = ((x - expected) / (1 - expected) for x in (observed, float(agreeing.mean())))
    surplus = (raters - mean) / mean
    own = (agreeing - observed * surplus - expected) / (1 - expected)
    chance = counts @ (weights @ share) / mean - expected * surplus
    linear = own - 2 * (1 - prime) * (chance - expected) / (1 - expected)
    variance = float(((linear - prime) ** 2).sum()) / (n * (n - 1))
    return _agreement("Krippendorff's alpha", alpha, variance, n, level, observed, expected)


def _agreement(
    name: str, value: float, variance: float, n: int, level: float, observed: float, expected: float
) -> Agreement:
    half = half_width(standard_error(variance), n - 1, level)
    return Agreement(name, value, value - half, min(1.0, value + half), n, observed, expected)


def _impossible(name: str, cases: int) -> Agreement:
    """Neither too few cases nor a single category lets chance be corrected for."""
    reason = "fewer than two cases with two ratings" if cases < 2 else "every rating is the same category"
    return Agreement(name, None, None, None, cases, reason=reason)


def _order(rows: Sequence[Sequence[Rating]], categories: Sequence[Rating] | None) -> tuple[Rating, ...]:
    seen = tuple(dict.fromkeys(value for row in rows for value in row if value is not None))
    if categories is None:
        return tuple(sorted(seen, key=_size)) if all(map(is_number, seen)) else seen
    if strangers := [value for value in seen if value not in categories]:
        raise AgreementError(f"not among the categories: {strangers[0]!r}")
    return tuple(categories)


def _size(value: Rating) -> float:
    return float(value)  # type: ignore[arg-type]


def _crossed(rows: Sequence[tuple[Rating, Rating]], order: tuple[Rating, ...]) -> Floats:
    place = {value: index for index, value in enumerate(order)}
    table = np.zeros((len(order), len(order)))
    for a, b in rows:
        table[place[a], place[b]] += 1
    return table


def _counted(
    ratings: Sequence[Sequence[Rating]], categories: Sequence[Rating] | None
) -> tuple[Floats, tuple[Rating, ...]]:
    """Cases by categories: how many raters chose each. Cases that nobody rated are left out."""
    rows = [row for row in ratings if any(value is not None for value in row)]
    order = _order(rows, categories)
    place = {value: index for index, value in enumerate(order)}
    table = np.zeros((len(rows), len(order)))
    for case, row in enumerate(rows):
        for value in row:
            if value is not None:
                table[case, place[value]] += 1
    return table, order
