"""The mCODE or US Core shape of one fact: which resource, which profile, which code, which value."""

from __future__ import annotations

from overread.clinical.record import FIELDS, TREATMENTS, Code, Fact, Treatment
from overread.clinical.record.fields import Kind

from .elements import Node
from .treatment_shapes import shaped_treatment
from .vocabulary import LOINC, MCODE, SNOMED, US_CORE

_OBSERVATION_CODES: dict[str, tuple[str, str]] = {
    "t": (SNOMED, "78873005"),
    "n": (SNOMED, "277206009"),
    "m": (SNOMED, "277208005"),
    "stage_group": (SNOMED, "399390009"),
    "ecog": (LOINC, "89247-1"),
    "karnofsky": (LOINC, "89243-0"),
    "occupation": (LOINC, "11341-5"),
    "er": (LOINC, "16112-5"),
    "pr": (LOINC, "16113-3"),
    "her2": (LOINC, "48676-1"),
    "tmb": (LOINC, "94076-7"),
    "psa": (LOINC, "19195-7"),
    "tumor_size": (LOINC, "21889-1"),
    "smoking": (LOINC, "72166-2"),
    "disease_status": (LOINC, "97509-4"),
    "variant": (LOINC, "69548-6"),
    "pack_years": (SNOMED, "401201003"),
    "nodes_positive": (LOINC, "21893-3"),
    "nodes_examined": (LOINC, "21894-1"),
}
_UCUM = {"mm": "mm", "mm3": "mm3", "%": "%", "ng/mL": "ng/mL", "years": "a", "mut/Mb": "1/1000000{Base}"}
_SOCIAL: Node = {
    "coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "social-history"}]
}
_LIVED = frozenset({"smoking", "pack_years", "exposure", "occupation"})
# US Core: a sender that says "smokes" and no more gets the code that says no more.
_SMOKES = {"never": "266919005", "former": "8517006", "current": "77176002"}
_CONDITIONS = frozenset({"cancer", "comorbidity", "metastasis"})
_CONDITION_PROFILES = {"cancer": "mcode-primary-cancer-condition", "metastasis": "mcode-secondary-cancer-condition"}


def shaped(fact: Fact, ident: str, patient: Node, author: str | None) -> Node:
    """The resource that says the same as the fact. Dates that FHIR cannot hold stay in the fact's own extension."""
    if fact.field in _CONDITIONS:
        return _condition(fact, ident, patient, author)
    if fact.field in TREATMENTS or fact.field == "procedure":
        return shaped_treatment(Treatment(fact), ident, patient, author)
    if fact.field == "family_history":
        return _family(fact, ident, patient)
    if fact.field == "specimen":
        return _specimen(fact, ident, patient)
    return _observation(fact, ident, patient, author)


def _condition(fact: Fact, ident: str, patient: Node, author: str | None) -> Node:
    node: Node = {"resourceType": "Condition", "id": ident} | _meta(_CONDITION_PROFILES.get(fact.field))
    node |= {"code": {"text": str(fact.value)}, "subject": patient}
    node |= {"onsetDateTime": fact.on} if fact.on else {}
    return node | ({"asserter": {"display": author}} if author else {})


def _family(fact: Fact, ident: str, patient: Node) -> Node:
    """ "mother: breast cancer, at 45" as the record writes it; without a relative, a relative."""
    who, _, what = str(fact.value).partition(": ") if ": " in str(fact.value) else ("relative", "", str(fact.value))
    node: Node = {"resourceType": "FamilyMemberHistory", "id": ident, "status": "partial", "patient": patient}
    node |= {"date": fact.on} if fact.on else {}
    return node | {"relationship": {"text": who}, "condition": [{"code": {"text": what}}]}


def _specimen(fact: Fact, ident: str, patient: Node) -> Node:
    node: Node = {"resourceType": "Specimen", "id": ident} | _meta(fact.spec.profile)
    node |= {"type": {"text": str(fact.value)}, "subject": patient}
    return node | ({"collection": {"collectedDateTime": fact.on}} if fact.on else {})


def _observation(fact: Fact, ident: str, patient: Node, author: str | None) -> Node:
    node: Node = {"resourceType": "Observation", "id": ident} | _meta(fact.spec.profile)
    node |= {"category": [_SOCIAL]} if fact.field in _LIVED else {}
    node |= {"status": "final", "code": _code(fact), "subject": patient}
    node |= {"effectiveDateTime": fact.on} if fact.on else {}
    node |= {"performer": [{"display": author}]} if author else {}
    return node | _value(fact)


def _meta(profile: str | None) -> Node:
    home = US_CORE if profile and profile.startswith("us-core") else MCODE
    return {"meta": {"profile": [home + profile]}} if profile else {}


def _code(fact: Fact) -> Node:
    coding = _OBSERVATION_CODES.get(fact.field)
    named: Node = {"text": FIELDS[fact.field].label}
    return named | ({"coding": [{"system": coding[0], "code": coding[1]}]} if coding else {})


def _value(fact: Fact) -> Node:
    value, spec = fact.value, fact.spec
    if isinstance(value, Code):
        return {"valueCodeableConcept": {"coding": [{"system": value.system, "code": value.value}]}}
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if fact.field in ("ecog", "karnofsky") and isinstance(value, int):
        return {"valueInteger": value}
    if isinstance(value, int | float):
        unit = {"unit": spec.unit} if spec.unit else {}
        coded = {"system": "http://unitsofmeasure.org", "code": _UCUM[spec.unit]} if spec.unit in _UCUM else {}
        return {"valueQuantity": {"value": value} | unit | coded}
    if spec.kind is Kind.DATE:
        return {"valueDateTime": value}
    if fact.field == "variant":
        return {"valueCodeableConcept": {"coding": [_PRESENT]}} | _variant(str(value))
    smoked: Node = {"coding": [{"system": SNOMED, "code": _SMOKES[value]}]} if fact.field == "smoking" else {}
    return {"valueCodeableConcept": smoked | {"text": value}}


_PRESENT = {"system": LOINC, "code": "LA9633-4", "display": "Present"}


def _variant(text: str) -> Node:
    change = {"coding": [{"system": LOINC, "code": "81252-9", "display": "Discrete genetic variant"}]}
    return {"component": [{"code": change, "valueCodeableConcept": {"text": text}}]}
