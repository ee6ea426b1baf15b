"""The frozen answers of the clinical rooms as plain data, for files and for other programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import Any

from ..record import Code, Fact


def to_json(obj: object) -> str:
    """Indented JSON text; the same input gives the same text."""
    return json.dumps(to_plain(obj), ensure_ascii=False, indent=2, allow_nan=False)


def to_plain(obj: object) -> Any:
    """Dictionaries, lists, texts, numbers, true, false and None.

    A code becomes its system and value, a date ISO 8601, an enumeration its value, a set a sorted list, and a fact also
    carries its label, unit and domain, so that a reader needs no vocabulary beside it.
    """
    if isinstance(obj, Enum):
        return to_plain(obj.value)
    if obj is None or isinstance(obj, str | bool | int):
        return obj
    if isinstance(obj, float | Decimal):
        return float(obj) if isfinite(obj) else None
    return _structure(obj)


def _structure(obj: object) -> Any:
    if isinstance(obj, Code):
        return {"system": obj.system, "code": obj.value}
    if isinstance(obj, Fact):
        return _fact(obj)
    if is_dataclass(obj) and not isinstance(obj, type):
        return {f.name: to_plain(getattr(obj, f.name)) for f in fields(obj) if not f.name.startswith("_")}
    return _collection(obj)


def _collection(obj: object) -> Any:
    if isinstance(obj, date):
        return obj.isoformat()
    if isinstance(obj, Mapping):
        return {str(to_plain(key)): to_plain(value) for key, value in obj.items()}
    if isinstance(obj, set | frozenset):
        return sorted((to_plain(value) for value in obj), key=str)
    if isinstance(obj, Iterable) and not isinstance(obj, bytes):
        return [to_plain(value) for value in obj]
    return obj.pattern if isinstance(obj, re.Pattern) else str(obj)


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "field": fact.field,
        "label": fact.spec.label,
        "value": to_plain(fact.value),
        "unit": fact.spec.unit,
        "about": fact.about,
        "on": fact.on,
        "domain": str(fact.spec.domain),
        "nature": str(fact.spec.nature),
        "provenance": to_plain(fact.provenance),
    }
