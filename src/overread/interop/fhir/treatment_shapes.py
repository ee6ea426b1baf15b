"""The resource that says the same as a treatment: a procedure, an order of a medicine, or an option that was named."""

from __future__ import annotations

from overread.clinical.record import Status, Treatment

from .elements import Node
from .vocabulary import MCODE, SNOMED
from .vocabulary.treatments import INTENT_CODES

_DONE = {Status.ONGOING: "in-progress", Status.STOPPED: "stopped"}
_CODE_OF_INTENT = {name: code for code, name in INTENT_CODES.items()}


def shaped_treatment(treatment: Treatment, ident: str, patient: Node, author: str | None) -> Node:
    """Dates that FHIR cannot hold stay in the fact's own extension."""
    field = treatment.fact.field
    if field == "medication":
        node = _medicine(treatment, ident, patient, author)
    elif field == "treatment_discussed" and treatment.status is not Status.REFUSED:
        node = _option(treatment, ident, patient, author)
    else:
        node = _procedure(treatment, ident, patient, author)
    return node | ({"extension": [_intent(treatment.intent)]} if treatment.intent else {})


def _procedure(treatment: Treatment, ident: str, patient: Node, author: str | None) -> Node:
    node: Node = {"resourceType": "Procedure", "id": ident} | _status(treatment)
    node |= {"code": {"text": treatment.name}, "subject": patient} | _when(treatment)
    return node | ({"asserter": {"display": author}} if author else {})


def _status(treatment: Treatment) -> Node:
    if treatment.fact.field == "treatment_discussed":
        return {"status": "not-done", "statusReason": {"text": "refused by the patient"}}
    if treatment.fact.field == "treatment_proposed":
        return {"status": "preparation"}
    return {"status": _DONE.get(treatment.status, "completed") if treatment.status else "completed"}


def _when(treatment: Treatment) -> Node:
    on, ended = treatment.fact.on, treatment.ended
    if ended:
        return {"performedPeriod": ({"start": on} if on else {}) | {"end": ended}}
    return {"performedDateTime": on} if on else {}


def _medicine(treatment: Treatment, ident: str, patient: Node, author: str | None) -> Node:
    """The record says which medicine, and no more: whether it was taken is not known."""
    node: Node = {"resourceType": "MedicationRequest", "id": ident}
    node |= {"meta": {"profile": [MCODE + "mcode-cancer-related-medication-request"]}}
    node |= {"status": "unknown", "intent": "order", "medicationCodeableConcept": {"text": treatment.name}}
    node |= {"subject": patient} | ({"authoredOn": treatment.fact.on} if treatment.fact.on else {})
    node |= {"dosageInstruction": [{"text": treatment.amount}]} if treatment.amount else {}
    return node | ({"requester": {"display": author}} if author else {})


def _option(treatment: Treatment, ident: str, patient: Node, author: str | None) -> Node:
    """Named, and by nobody proposed: an option of somebody's, of unknown standing."""
    node: Node = {"resourceType": "ServiceRequest", "id": ident, "status": "unknown", "intent": "option"}
    node |= {"code": {"text": treatment.name}, "subject": patient}
    node |= {"authoredOn": treatment.fact.on} if treatment.fact.on else {}
    return node | ({"requester": {"display": author}} if author else {})


def _intent(name: str) -> Node:
    coding = {"system": SNOMED, "code": _CODE_OF_INTENT[name]}
    return {"url": MCODE + "mcode-procedure-intent", "valueCodeableConcept": {"coding": [coding], "text": str(name)}}
