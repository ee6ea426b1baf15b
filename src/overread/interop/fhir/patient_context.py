"""What the patient lives and lived with: Karnofsky status, alcohol, work, exposure. In the sender's words."""

from __future__ import annotations

from .context import Context, Facts, NotRead
from .elements import concept, items, number, quantity, string
from .vocabulary.patient import NO_EXPOSURE

_HAZARD = "87729-0"


def read_karnofsky(ctx: Context) -> Facts:
    """0 to 100 in steps of ten. It is kept as it is, and never made an ECOG status."""
    figure, amount = number(ctx.resource, "valueInteger"), quantity(ctx.resource, "valueQuantity")
    stated = figure if figure is not None else amount.value if amount else None
    if stated is None or stated not in range(0, 101, 10):
        raise NotRead("no Karnofsky status from 0 to 100 could be read from it")
    yield from ctx.fact("karnofsky", int(stated), "value")


def read_alcohol(ctx: Context) -> Facts:
    yield from _exposed(ctx, "alcohol", _answer(ctx), "value")


def read_occupation(ctx: Context) -> Facts:
    """A job, and the hazard of it where one is named (HL7's Occupational Data for Health)."""
    hazard = _HAZARD in concept(ctx.resource, "code").codes
    if not hazard and (job := _answer(ctx)):
        yield from ctx.fact("occupation", job, "value")
    if hazard and (named := _answer(ctx)):
        yield from ctx.fact("exposure", named, "value")
    for place, component in enumerate(items(ctx.resource, "component")):
        named = concept(component, "valueCodeableConcept").label or string(component, "valueString")
        if named and _HAZARD in concept(component, "code").codes:
            yield from ctx.fact("exposure", named, f"component[{place}]")


def read_exposure(ctx: Context) -> Facts:
    """Any other exposure: what it was is in the name of the question, what is known of it in the answer."""
    yield from _exposed(ctx, concept(ctx.resource, "code").label or "", _answer(ctx), "value")


def _answer(ctx: Context) -> str | None:
    return concept(ctx.resource, "valueCodeableConcept").label or string(ctx.resource, "valueString")


def _exposed(ctx: Context, what: str, answer: str | None, path: str) -> Facts:
    if ctx.resource.get("valueBoolean") is False or (answer and NO_EXPOSURE.search(answer)):
        yield from ctx.fact("denied", f"exposure: {what}", path)
    elif answer:
        yield from ctx.fact("exposure", f"{what}, {answer}", path)
    elif ctx.resource.get("valueBoolean") is True:
        yield from ctx.fact("exposure", what, path)
    else:
        raise NotRead("it does not say whether there was one")
