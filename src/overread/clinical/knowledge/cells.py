"""Values of a knowledge file as lines of plain words, for a table that a clinician reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

# Sentences with places for figures: {0:g}, {1[0]:g}, {days}, {usd:.2f}. Patterns such as \w{3,40} are not places.
_PLACE = re.compile(r"\{([a-z]\w*|\d)(?:\[\d\])?(?::[.\d]*[gf])?\}")
_SENTENCES = ("sentence", "action", "plain", "advice", "note", "counts", "care")
_CODE_WORD = re.compile(r"[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+")  # under_6, solid_single
_LABELS = {"t": "T", "n": "n", "m": "M", "id": "Key", "oncotree": "OncoTree", "psa": "PSA", "naaccr": "NAACCR item"} | {
    "er": "ER", "pr": "PR", "her2": "HER2", "p16": "p16", "mm": "mm", "mm3": "mm³", "us_states": "US states"
}  # fmt: skip


def label(key: str) -> str:
    """A key as a heading: ``site_codes`` becomes "Site codes", ``above_pct`` "Above (%)"."""
    if key in _LABELS:
        return _LABELS[key]
    words = key.replace("_", " ")
    words = words.removesuffix(" pct") + " (%)" if words.endswith(" pct") else words
    return words[:1].upper() + words[1:]


def lines(value: Any) -> tuple[str, ...]:
    """One line a part of the value; none for what is empty."""
    if isinstance(value, Mapping):
        text = _mapping(value)
        return (text,) if text else ()
    if isinstance(value, list | tuple) and any(isinstance(part, Mapping) for part in value):
        return tuple(line for part in value for line in lines(part))
    text = _plain(value)
    return (text,) if text else ()


def filled(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with the figures put into its sentences."""
    figures = row.get("figures") or ()
    named = {**row, **figures} if isinstance(figures, Mapping) else dict(row)
    ordered = [] if isinstance(figures, Mapping) else [_amount(f) for f in figures if isinstance(f, Mapping)]
    sentences = {key: row[key] for key in _SENTENCES if _PLACE.search(str(row.get(key, "")))}
    return {**row, **{key: text.format(*ordered, **named) for key, text in sentences.items()}}


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_plain, value)))
    text = str(value)
    return _words(text) if _CODE_WORD.fullmatch(text) else _PLACE.sub(r"[\1]", text)


def _mapping(value: Mapping[str, Any]) -> str:
    """Known shapes in words; any other as ``name: value; name: value``."""
    if "figure" in value:
        return _figure(value)
    if "unit" in value:
        return f"{value['low']} to {value['high']} {_words(value['unit'])}"
    if "because" in value:
        return str(value["because"])
    if "min_age" in value:
        return str(value["text"])
    return "; ".join(f"{_words(key)}: {text}" for key, text in _parts(value.items()))


def _parts(items: Iterable[tuple[str, Any]]) -> Iterable[tuple[str, str]]:
    for key, value in items:
        text = ", ".join(lines(value))
        if text:
            yield key, text


def _figure(value: Mapping[str, Any]) -> str:
    """One figure: what it measures, how much, and whom it is for."""
    amount, percent = _amount(value), "value" not in value
    shown = " to ".join(map(_plain, amount)) if isinstance(amount, list) else _plain(amount)
    name = value.get("means") or _words(str(value["figure"]).removesuffix("_pct"))
    extras = (_plain(value.get("tumours")), f"n = {value['n']}" if value.get("n") else "")
    beside = ", ".join(filter(None, extras))
    return f"{name}: {shown}{' %' if percent else ''}{f' ({beside})' if beside else ''}"


def _amount(value: Mapping[str, Any]) -> Any:
    return next(value[key] for key in ("value", "percent", "between") if key in value)


def _words(key: str) -> str:
    return str(key).replace("_", " ")
