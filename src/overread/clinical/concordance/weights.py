"""How far two categories agree, from 1 (the same) to 0: the schemes of irrCAC, and Krippendorff's levels of measurement.

A category that is a number counts with its value, any other with its place in the order, from 1. ``ordinal`` is two
things: Gwet's weights by places here, and Krippendorff's own metric, which looks at how often each category was given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rating = object


class AgreementError(ValueError):
    """The ratings are not a table of cases by raters, or a category or weight is not one that can be used."""


def weights_by(name: str, order: Sequence[Rating]) -> Floats:
    """Gwet's weights between the categories of the order. AgreementError: no such name, or a ratio to zero."""
    if name not in WEIGHTS:
        raise AgreementError(f"no such weights: {name!r}; there are {', '.join(WEIGHTS)}")
    if len(order) < 2:
        return np.eye(len(order))
    values = values_of(order)
    if name == "ratio" and 0 in values:
        raise AgreementError("ratio weights cannot be had with the category 0")
    disagreement = WEIGHTS[name](values)
    return np.asarray(1 - disagreement / disagreement.max())


def measured_as(name: str, order: Sequence[Rating], given: Floats) -> Floats:
    """Weights from Krippendorff's metric of a level of measurement. given: how often each category was given."""
    if name not in MEASUREMENTS:
        raise AgreementError(f"no such level of measurement: {name!r}; there are {', '.join(MEASUREMENTS)}")
    disagreement = MEASUREMENTS[name](values_of(order), given)
    most = disagreement.max(initial=0.0)
    return np.asarray(1 - disagreement / most) if most else np.ones_like(disagreement)


def is_number(value: Rating) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def values_of(order: Sequence[Rating]) -> Floats:
    if all(is_number(value) for value in order):
        return np.array(order, dtype=float)
    return np.arange(1, len(order) + 1, dtype=float)


def _apart(values: Floats) -> Floats:
    return np.abs(values[:, None] - values[None, :])


def _places(values: Floats) -> Floats:
    """Gwet's ordinal disagreement: the number of pairs of categories between two places, both included."""
    rank = np.argsort(np.argsort(values)).astype(float)
    return _apart(rank) * (_apart(rank) + 1) / 2


def _ratio(values: Floats) -> Floats:
    together = values[:, None] + values[None, :]
    share = np.divide(_apart(values), together, out=np.zeros_like(together), where=together != 0)
    return np.asarray(share**2)


def _circular(values: Floats) -> Floats:
    return np.asarray(np.sin(np.pi * _apart(values) / (values.max() - values.min() + 1)) ** 2)


def _bipolar(values: Floats) -> Floats:
    together = values[:, None] + values[None, :]
    room = (together - 2 * values.min()) * (2 * values.max() - together)
    return np.asarray(np.divide(_apart(values) ** 2, room, out=np.zeros_like(room), where=room != 0))


WEIGHTS: dict[str, Callable[[Floats], Floats]] = {
    "identity": lambda values: (_apart(values) != 0).astype(float),
    "linear": _apart,
    "quadratic": lambda values: _apart(values) ** 2,
    "ordinal": _places,
    "radical": lambda values: np.sqrt(_apart(values)),
    "ratio": _ratio,
    "circular": _circular,
    "bipolar": _bipolar,
}


def _ordinal(values: Floats, given: Floats) -> Floats:
    """The square of how many ratings lie between two categories, each end counted half."""
    rank = np.argsort(values)
    below = np.empty_like(given)
    below[rank] = np.cumsum(given[rank]) - given[rank] / 2
    return _apart(below) ** 2


MEASUREMENTS: dict[str, Callable[[Floats, Floats], Floats]] = {
    "nominal": lambda values, _given: WEIGHTS["identity"](values),
    "ordinal": _ordinal,
    "interval": lambda values, _given: WEIGHTS["quadratic"](values),
    "ratio": lambda values, _given: _ratio(values),
}
