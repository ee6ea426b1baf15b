"""A treatment as a resource tells it: its name, and what mCODE's extensions and FHIR's elements say more of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from overread.clinical.knowledge.treatments import details_of
from overread.clinical.record import Intent, Modality, Status

from .context import Context, Facts
from .elements import Node, as_concept, concept, day, extension, first, has_profile, items, number, string
from .vocabulary import by_words
from .vocabulary.treatments import INTENT_CODES, INTENTS, REFUSED

_LONGEST = 100  # of what a fact can be about


def treatment(ctx: Context, field: str, status: Status | None, *, name: str, path: str) -> Facts:
    """The treatment and all that is said of it, tied together by the resource's own name."""
    told = replace(ctx, about=_tie(ctx))
    for fact in told.fact(field, name, path):
        yield fact
        yield from _said(told, status, path)
        stated = _modality(told.resource)
        if stated:
            yield from told.fact("treatment_modality", str(stated), "meta.profile")
        yield from (f for f in details_of(fact) if not (stated and f.field == "treatment_modality"))


def _tie(ctx: Context) -> str:
    """A patient with two cancers: which of them it treats stays said."""
    tumour = f" of {ctx.about}" if ctx.about else ""
    return f"treatment:{ctx.label}{tumour}"[:_LONGEST]


def _said(ctx: Context, status: Status | None, path: str) -> Facts:
    if status:
        yield from ctx.fact("treatment_status", str(status), "status")
    if intent := intent_of(ctx.resource):
        yield from ctx.fact("treatment_intent", str(intent), "extension(procedure-intent)")
    if amount := ", ".join(_amounts(ctx.resource)):
        yield from ctx.fact("treatment_amount", amount, path)
    if ended := day(first(ctx.resource, "performedPeriod") or first(ctx.resource, "effectivePeriod"), "end"):
        yield from ctx.fact("treatment_ended", ended, "period.end")


def intent_of(node: Node) -> Intent | None:
    """From mCODE's procedure intent (STU2 and later) or treatment intent (STU1), by code or by words."""
    found = [
        e for ending in ("procedure-intent", "treatment-intent", "TreatmentIntent") for e in extension(node, ending)
    ]
    for value in (concept(e, "valueCodeableConcept") for e in found):
        coded = next((INTENT_CODES[c] for c in sorted(value.codes) if c in INTENT_CODES), None)
        if named := coded or by_words(INTENTS, value.words):
            return Intent(named)
    return None


def _modality(node: Node) -> Modality | None:
    """What the profile alone says; else the name decides."""
    if has_profile(node, "radiotherapy", "radiation-procedure"):
        return Modality.RADIATION
    return Modality.SURGERY if has_profile(node, "surgical-procedure") else None


def _amounts(node: Node) -> Iterator[str]:
    """Sessions of radiotherapy, or how a medicine is given, in the sender's words."""
    for found in extension(node, "radiotherapy-sessions"):
        sessions = number(found, "valueUnsignedInt")
        if sessions is not None:
            yield f"{sessions:g} sessions"
    for dosage in [*items(node, "dosageInstruction")[:1], *items(node, "dosage")[:1]]:
        if text := string(dosage, "text") if isinstance(dosage.get("text"), str) else None:
            yield text


def was_refused(node: Node) -> bool:
    """Not done, because the patient did not want it."""
    reasons = [as_concept(n) for n in items(node, "statusReason")]
    return string(node, "status") in ("not-done", "not-taken") and any(
        REFUSED.search(r.words) or "105480006" in r.codes for r in reasons
    )
