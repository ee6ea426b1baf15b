"""How often each rule was right on the development reports; None where the registry holds nothing to measure it by."""

from __future__ import annotations

# Rule -> share of its readings that agreed with the registry, from ``bench/quality/extraction.py --calibrate``.
MEASURED: dict[str, float] = {}


def of(rule: str) -> float | None:
    return MEASURED.get(rule)
