"""Quantiles of Student's t distribution, for intervals of agreement, without a statistics package."""

from __future__ import annotations

from math import exp, lgamma, log, log1p, sqrt


def quantile(p: float, df: int) -> float:
    """The t with P(T <= t) = p, for 0.5 <= p < 1 and df >= 1 degrees of freedom, by bisection to 1e-12."""
    low, high = 0.0, 1.0
    while cdf(high, df) < p:
        high *= 2
    while high - low > 1e-12 * max(1.0, high):
        middle = (low + high) / 2
        low, high = (middle, high) if cdf(middle, df) < p else (low, middle)
    return (low + high) / 2


def cdf(t: float, df: int) -> float:
    """P(T <= t) for t >= 0."""
    return 1 - _incomplete_beta(df / (df + t * t), df / 2, 0.5) / 2


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction on the side where it converges fast."""
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _incomplete_beta(1 - x, b, a) if x < 1 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return front * _continued_fraction(x, a, b)


def _continued_fraction(x: float, a: float, b: float) -> float:
    """Lentz's evaluation from the tail; a hundred terms are far more than double precision needs here."""
    value = 1.0
    for m in range(200, 0, -1):
        odd = -(a + m - 1) * (a + b + m - 1) * x / ((a + 2 * m - 2) * (a + 2 * m - 1))
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        value = 1 + odd / (1 + even / value)
    return 1 / value


def half_width(standard_error: float, df: int, level: float) -> float:
    """Half the width of the interval around an estimate with this standard error."""
    return quantile((1 + level) / 2, df) * standard_error


def standard_error(variance: float) -> float:
    """The root of a variance, which rounding may have left a hair below zero."""
    return sqrt(max(0.0, variance))
