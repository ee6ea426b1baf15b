"""Overread's own extension: a fact exactly as it stands in the record, beside its mCODE form."""

from __future__ import annotations

from typing import Any

from overread.clinical.record import (
    Code,
    CodeError,
    Fact,
    Icd10Cm,
    Icdo3Morphology,
    Icdo3Topography,
    Loinc,
    Npi,
    Nucc,
    OncoTree,
    SnomedCt,
    Value,
)

from .context import Context, Facts
from .elements import Node, extension, number, string

ADDRESS = "urn:overread:fact"
_CODES: dict[str, type[Code]] = {
    kind.__name__: kind for kind in (Icd10Cm, Icdo3Morphology, Icdo3Topography, Loinc, Npi, Nucc, OncoTree, SnomedCt)
}


def written(fact: Fact) -> Node:
    """The extension for one fact. A value is written with its type; numbers as text, so that none is rounded."""
    kind = type(fact.value).__name__
    parts: list[tuple[str, str | None]] = [
        ("field", fact.field),
        ("type", kind),
        ("value", repr(fact.value) if kind in ("int", "float", "bool") else str(fact.value)),
        ("about", fact.about),
        ("on", fact.on),
        ("author", fact.provenance.author),
        ("method", fact.provenance.method),
    ]
    return {"url": ADDRESS, "extension": [{"url": name, "valueString": text} for name, text in parts if text]}


def is_own(node: Node) -> bool:
    return bool(extension(node, ADDRESS))


def read_own(ctx: Context) -> Facts:
    """The facts of our own extension. What does not fit the vocabulary is left out."""
    for node in extension(ctx.resource, ADDRESS):
        parts = {string(e, "url"): e.get("valueString") for e in node.get("extension") or [] if isinstance(e, dict)}
        text = {k: v for k, v in parts.items() if isinstance(v, str)}
        value = _value(text.get("type", ""), text.get("value", ""))
        if value is not None:
            yield from _with(ctx, text).fact(text.get("field", ""), value, "extension(fact)", about=text.get("about"))


def _with(ctx: Context, text: dict[str | None, str]) -> Context:
    return Context(ctx.document, ctx.label, ctx.resource, ctx.index, text.get("on"), text.get("author"))


def _value(kind: str, text: str) -> Value | None:
    simple: dict[str, Any] = {"str": str, "bool": {"True": True, "False": False}.get, "int": _integer, "float": _real}
    if kind in simple:
        found: Value | None = simple[kind](text)
        return found
    try:
        return _CODES[kind](text) if kind in _CODES else None
    except CodeError:
        return None


def _integer(text: str) -> int | None:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else None


def _real(text: str) -> float | None:
    try:
        return number({"v": float(text)}, "v")
    except ValueError:
        return None
