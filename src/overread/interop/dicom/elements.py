"""Single values out of a data set that anybody may have written: what cannot be read is absent."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from typing import Any, TypeVar

from pydicom.dataset import Dataset

LARGEST = 2**31 - 1
T = TypeVar("T")


def text(ds: Dataset, keyword: str) -> str | None:
    """The element's value as stripped, printable text of at most 1,024 characters; None when absent or unreadable."""
    value = _value(ds, keyword, str)
    clean = "".join(c if c.isprintable() else " " for c in (value or "")[:1024]).strip()
    return clean or None


def number(ds: Dataset, keyword: str) -> float | None:
    value = _value(ds, keyword, float)
    return value if value is not None and math.isfinite(value) else None


def integer(ds: Dataset, keyword: str) -> int | None:
    value = number(ds, keyword)
    return int(value) if value is not None and abs(value) <= LARGEST else None


def numbers(ds: Dataset, keyword: str) -> tuple[float, ...]:
    values = _value(ds, keyword, lambda v: tuple(float(x) for x in v)) or ()
    return values if all(math.isfinite(v) for v in values) else ()


def _value(ds: Dataset, keyword: str, convert: Callable[[Any], T]) -> T | None:
    """Elements are parsed when first asked for, so a malformed one shows itself only here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = ds.get(keyword)
            return None if value is None else convert(value)
    except Exception:  # noqa: BLE001 hostile values make the parser raise nearly anything; an unreadable value is an absent one
        return None
