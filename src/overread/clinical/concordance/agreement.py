"""Agreement over many cases, corrected for chance: Cohen's kappa, Fleiss' kappa, Krippendorff's alpha.

Estimates and intervals follow Gwet's linearisation, the one that the PyPI package irrCAC uses, so that the figures can
be checked there; the tests hold them equal to irrCAC 0.4.4 and krippendorff 0.9.0.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .students_t import half_width, standard_error

Rating = Hashable
Floats = NDArray[np.float64]

# How far two categories agree, from 1 (the same) to 0, by their places in the order of categories.
WEIGHTS: dict[str, Callable[[Floats], Floats]] = {
    "identity": lambda distance: (distance == 0).astype(float),
    "linear": lambda distance: 1 - distance / distance.max(),
    "quadratic": lambda distance: 1 - (distance / distance.max()) ** 2,
}


class AgreementError(ValueError):
    """The ratings are not a table of cases by raters, or a category is not in the given order."""


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

    categories: all categories in their order (needed for weights other than identity; default: as they appear).
    """
    if len(first) != len(second):
        raise AgreementError(f"{len(first)} ratings against {len(second)}")
    rows = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    order = _order(rows, categories)
    if len(rows) < 2 or len(order) < 2:
        return _impossible("Cohen's kappa", len(rows))
    return _cohen(_crossed(rows, order), _weights(weights, len(order)), level)


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
    """Any number of raters. One row a case, one column a rater, None where a rater did not rate."""
    counts, order = _counted(ratings, categories)
    raters = counts.sum(axis=1)
    if (raters >= 2).sum() < 2 or len(order) < 2:
        return _impossible("Fleiss' kappa", int((raters >= 2).sum()))
    return _fleiss(counts, raters, _weights(weights, len(order)), level)


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
    level: float = 0.95,
) -> Agreement:
    """Any number of raters and gaps; cases with fewer than two ratings are left out, as alpha is defined.

    weights: ``identity`` is the nominal level of measurement, ``quadratic`` the interval level over equal steps.
    """
    counts, order = _counted(ratings, categories)
    counts = counts[counts.sum(axis=1) >= 2]
    used = int((counts.sum(axis=0) > 0).sum())
    if len(counts) < 2 or used < 2:
        return _impossible("Krippendorff's alpha", len(counts))
    return _alpha(counts, counts.sum(axis=1), _weights(weights, len(order)), level)


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


def _weights(name: str, size: int) -> Floats:
    places = np.arange(size, dtype=float)
    return WEIGHTS[name](np.abs(places[:, None] - places[None, :]))


def _order(rows: Sequence[Sequence[Rating]], categories: Sequence[Rating] | None) -> tuple[Rating, ...]:
    seen = tuple(dict.fromkeys(value for row in rows for value in row if value is not None))
    if categories is None:
        return seen
    if strangers := [value for value in seen if value not in categories]:
        raise AgreementError(f"not among the categories: {strangers[0]!r}")
    return tuple(categories)


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
