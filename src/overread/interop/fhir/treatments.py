"""Procedures, medicines and orders: what was done, what is proposed, and what is neither."""

from __future__ import annotations

from dataclasses import replace

from overread.clinical.record import Status

from .conditions import cancer_facts, is_cancer
from .context import Context, Facts, NotRead
from .elements import Node, as_concept, concept, concepts, day, extension, has_profile, items, quantity, string, strings
from .treatment_details import treatment, was_refused
from .vocabulary.conditions import CANCER_WORDS
from .vocabulary.treatments import CANCER_MEDICINES, DRUGS, RADIOTHERAPY, SURGERY

_UNFIT = {"entered-in-error": "it was entered in error", "not-done": "it was not done", "not-taken": "it was not taken"}
_UNFIT |= {"cancelled": "it was cancelled", "revoked": "the order was revoked", "draft": "it is only a draft"}
_PLANS = frozenset({"proposal", "plan", "option"})
_DONE = {"completed": Status.GIVEN, "in-progress": Status.ONGOING, "active": Status.ONGOING, "stopped": Status.STOPPED}


def _checked_status(node: Node) -> str:
    status = string(node, "status") or ""
    if status in _UNFIT:
        raise NotRead(_UNFIT[status])
    return status


def read_procedure(ctx: Context) -> Facts:
    """Treatment done or planned; every other procedure (a biopsy, a scan) under its own name."""
    name = _procedure_name(ctx.resource)
    if name is None:
        raise NotRead("it does not say which procedure (no text and no display)")
    if was_refused(ctx.resource) and is_treatment(ctx.resource, name):
        yield from treatment(ctx, "treatment_discussed", Status.REFUSED, name=name, path="code")
        return
    status = _checked_status(ctx.resource)
    if not is_treatment(ctx.resource, name):
        yield from ctx.fact("procedure", name, "code")
    elif status == "preparation":
        yield from treatment(ctx, "treatment_proposed", Status.PLANNED, name=name, path="code")
    else:
        yield from treatment(ctx, "treatment_given", _DONE.get(status), name=name, path="code")


def is_treatment(node: Node, name: str) -> bool:
    if has_profile(node, "surgical-procedure", "radiotherapy", "radiation-procedure"):
        return True
    words = f"{name} | {concept(node, 'code').words}"
    if "biops" in words.lower():
        return False
    return any(pattern.search(words) for pattern in (SURGERY, RADIOTHERAPY, DRUGS))


def _procedure_name(node: Node) -> str | None:
    name = concept(node, "code").label
    if name is None and has_profile(node, "radiotherapy"):
        name = "Radiotherapy course"
    if name is None:
        return None
    places = [p.label for p in concepts(node, "bodySite") if p.label]
    return ", ".join([name, *places, *_radiotherapy(node)])


def _radiotherapy(node: Node) -> list[str]:
    """Modality, dose and number of fractions, as mCODE's extensions carry them."""
    said = []
    for course in extension(node, "modality-and-technique"):
        kinds = [concept(e, "valueCodeableConcept").label for e in extension(course, "modality")]
        said += [kind for kind in kinds if kind]
    for dose in extension(node, "dose-delivered-to-volume"):
        said += [q.text for e in extension(dose, "totalDoseDelivered") if (q := quantity(e, "valueQuantity"))]
    return said


def read_medication(ctx: Context) -> Facts:
    """A cancer medicine given, taken, ordered or proposed. Medicines not known to be for cancer are refused."""
    status, name = _checked_status(ctx.resource), medicine_name(ctx)
    if name is None:
        raise NotRead("it does not say which medicine (no text and no display)")
    if not _for_cancer(ctx, name):
        raise NotRead(f"nothing says that {name!r} is given for the cancer")
    intent = string(ctx.resource, "intent")
    if intent in _PLANS or status == "intended":
        ahead = ("treatment_proposed", Status.PLANNED) if status == "intended" else _ahead(intent)
        yield from treatment(ctx, *ahead, name=name, path="medication")
    elif intent is None:  # a statement or an administration, not an order
        yield from ctx.fact("medication", name, "medication")
        yield from treatment(ctx, "treatment_given", _DONE.get(status), name=name, path="medication")
    else:  # an order does not say whether it was taken
        yield from treatment(ctx, "medication", None, name=name, path="medication")


def medicine_name(ctx: Context) -> str | None:
    reference = next(iter(items(ctx.resource, "medicationReference")), {})
    medicine = ctx.find(reference)
    coded = concept(ctx.resource, "medicationCodeableConcept") or concept(medicine, "code")
    return coded.label or string(reference, "display")


def _for_cancer(ctx: Context, name: str) -> bool:
    if has_profile(ctx.resource, "cancer-related-medication") or CANCER_MEDICINES.search(name):
        return True
    reasons = [r for r in map(ctx.find, items(ctx.resource, "reasonReference")) if r]
    words = " | ".join(as_concept(n).words for n in items(ctx.resource, "reasonCode"))
    return any(is_cancer(r) for r in reasons) or bool(CANCER_WORDS.search(words))


def read_order(ctx: Context) -> Facts:
    """A ServiceRequest: the treatment it asks for, and the cancer that it names as the reason."""
    _checked_status(ctx.resource)
    name, completed = concept(ctx.resource, "code").label, string(ctx.resource, "status") == "completed"
    if name and not completed and is_treatment(ctx.resource, name):
        yield from treatment(ctx, *_ahead(string(ctx.resource, "intent")), name=name, path="code")
    for place, reason in enumerate(concepts(ctx.resource, "reasonCode")):
        if CANCER_WORDS.search(reason.words):
            yield from cancer_facts(ctx, reason, f"reasonCode[{place}]")


def _ahead(intent: str | None) -> tuple[str, Status]:
    """An option is named and no more; a proposal or a plan is proposed; an order is planned."""
    if intent == "option":
        return "treatment_discussed", Status.DISCUSSED
    return "treatment_proposed", Status.PROPOSED if intent in _PLANS else Status.PLANNED


def read_plan(ctx: Context) -> Facts:
    """A CarePlan's activities that are treatment."""
    _checked_status(ctx.resource)
    for place, activity in enumerate(items(ctx.resource, "activity")):
        for detail in items(activity, "detail"):
            name = concept(detail, "code").label or string(detail, "description")
            if name and is_treatment(detail, name):
                one = replace(ctx, label=f"{ctx.label}.activity[{place}]")
                yield from treatment(one, "treatment_proposed", Status.PROPOSED, name=name, path="detail")


def read_specimen(ctx: Context) -> Facts:
    kind = concept(ctx.resource, "type").label
    collection = next(iter(items(ctx.resource, "collection")), {})
    place, taken = concept(collection, "bodySite").label, day(collection, "collectedDateTime", "collectedPeriod")
    said = ", ".join(part for part in (kind, place, *strings(ctx.resource, "note")) if part)
    if not said:
        raise NotRead("it does not say what was taken")
    part = replace(ctx, about=f"specimen:{string(ctx.resource, 'id') or ctx.label}"[:100], on=taken or ctx.on)
    yield from part.fact("specimen", said, "type")
    if place:
        yield from part.fact("specimen_site", place, "collection.bodySite")
    if taken:
        yield from part.fact("specimen_collected", taken, "collection.collected")
