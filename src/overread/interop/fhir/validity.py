"""Whether a resource is valid FHIR R4B by the models of fhir.resources. Reading goes on either way."""

from __future__ import annotations

from typing import Any

from fhir.resources.R4B import get_fhir_model_class
from pydantic import ValidationError

from .elements import Node, clean


def complaint(resource: Node, kind: str) -> str | None:
    """The first thing that is wrong with it, or None. Types that R4B does not know are wrong too."""
    try:
        model = get_fhir_model_class(kind)
    except (LookupError, ValueError):
        return f"FHIR R4 has no resource {kind}"
    try:
        return _fault(model, resource)
    except (ValueError, TypeError, AttributeError, ArithmeticError, LookupError, RecursionError) as error:
        # The models themselves stumble over some wrong types; to the sender that is one and the same.
        return f"not valid FHIR R4 ({type(error).__name__})"


def _fault(model: Any, resource: Node) -> str | None:
    try:
        model.model_validate(_without_texts(resource))
    except ValidationError as error:
        return _first(error)
    return None


def _first(error: ValidationError) -> str:
    detail: Any = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in detail["loc"])
    words = clean(str(detail["msg"])) or ""
    return f"{place}: {words}"[:300] if place else words[:300]


def _without_texts(resource: Node) -> Node:
    """The narrative is for people and never read here; leaving it out saves most of the time."""
    return {name: value for name, value in resource.items() if name != "text"}
