"""Facts to rows and back, without loss. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from overread.clinical import record as r

CODES: dict[str, type[r.Code]] = {
    c.__name__: c for c in (r.Icdo3Topography, r.Icdo3Morphology, r.Icd10Cm, r.OncoTree, r.SnomedCt, r.Loinc)
}


def value_to_json(value: r.Value) -> Any:
    return {"code": value.value, "system": type(value).__name__} if isinstance(value, r.Code) else value


def value_from_json(value: Any) -> r.Value:
    return CODES[value["system"]](value["code"]) if isinstance(value, dict) else value


def provenance_to_json(p: r.Provenance) -> dict[str, Any]:
    span = [p.span.start, p.span.end] if p.span else None
    plain = {n: getattr(p, n) for n in ("document", "page", "quote", "path", "confidence", "author", "rule")}
    return {k: v for k, v in {**plain, "method": str(p.method), "span": span}.items() if v is not None}


def provenance_from_json(data: dict[str, Any]) -> r.Provenance:
    span = r.Span(*data["span"]) if data.get("span") else None
    return r.Provenance(**{**data, "method": r.Method(data["method"]), "span": span})


def fact_to_json(fact: r.Fact) -> dict[str, Any]:
    return {
        "field": fact.field,
        "value": value_to_json(fact.value),
        "about": fact.about,
        "on": fact.on,
        "provenance": provenance_to_json(fact.provenance),
    }


def fact_from_json(data: Mapping[str, Any]) -> r.Fact:
    provenance = provenance_from_json(data["provenance"])
    return r.Fact(data["field"], value_from_json(data["value"]), provenance, data.get("about"), data.get("on"))


def without_words(provenance: dict[str, Any]) -> dict[str, Any]:
    """The provenance for eyes that may not read the document: neither its words nor where they stand."""
    return {k: v for k, v in provenance.items() if k in ("method", "confidence")} | {"document": "withheld"}


def without_author(provenance: dict[str, Any]) -> dict[str, Any]:
    """The provenance for eyes that may not know who read first, also where the document itself was cleared for them."""
    return {k: v for k, v in provenance.items() if k != "author"}
