"""FHIR bundles in the manner of mCODE, as the referring hospitals of the demo would export them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition/"
ICD_O_3 = "http://terminology.hl7.org/CodeSystem/icd-o-3"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Export:
    """Whose bundle it is and who wrote it. number: the record number with the hospital as its issuer.

    planner: who proposes the treatments, where that is somebody else than the doctor.
    """

    family: str
    given: str
    gender: str
    born: date
    number: str
    hospital: str
    doctor: tuple[str, str]  # given and family name
    on: date
    planner: tuple[str, str] | None = None

    def bundle(self, *resources: Node) -> bytes:
        """The whole bundle as JSON; each resource is about the patient and has its author."""
        doctors = [_practitioner("doctor", self.doctor)]
        doctors += [_practitioner("planner", self.planner)] if self.planner else []
        everything = [self._patient(), *doctors, *(self._dated(r) for r in resources)]
        entries = [{"fullUrl": f"urn:overread:demo:{r['resourceType']}/{r['id']}", "resource": r} for r in everything]
        return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}, indent=1).encode()

    def _patient(self) -> Node:
        return {
            "resourceType": "Patient",
            "id": "patient",
            "identifier": [{"system": f"urn:{self.hospital}", "value": self.number}],
            "name": [{"use": "official", "family": self.family, "given": [self.given]}],
            "gender": self.gender,
            "birthDate": self.born.isoformat(),
        }

    def _dated(self, resource: Node) -> Node:
        when, who = _WRITTEN[resource["resourceType"]]
        plans = self.planner and who == "requester"
        doctor: Any = {"reference": f"Practitioner/{'planner' if plans else 'doctor'}"}
        return {
            **resource,
            "subject": {"reference": "Patient/patient"},
            when: self.on.isoformat(),
            who: [doctor] if who == "performer" else doctor,
        }


def _practitioner(ident: str, name: tuple[str, str]) -> Node:
    given, family = name
    spelt = {"family": family, "given": [given], "prefix": ["Dr."]}
    return {"resourceType": "Practitioner", "id": ident, "name": [spelt]}


_WRITTEN = {
    "Condition": ("recordedDate", "recorder"),
    "Observation": ("effectiveDateTime", "performer"),
    "ServiceRequest": ("authoredOn", "requester"),
    "MedicationRequest": ("authoredOn", "requester"),
}


def words(text: str, system: str = "", code: str = "") -> Node:
    """A concept in words, with its code where there is one."""
    return {"text": text} | ({"coding": [{"system": system, "code": code, "display": text}]} if code else {})


def cancer(name: str, *, histology: tuple[str, str] | None = None, site: tuple[str, str]) -> Node:
    """The primary cancer. histology, site: ICD-O-3 code and its name."""
    return {
        "resourceType": "Condition",
        "id": "cancer",
        "meta": {"profile": [MCODE + "mcode-primary-cancer-condition"]},
        "extension": [_histology(*histology)] if histology else [],
        "code": words(name),
        "bodySite": [words(site[1], ICD_O_3, site[0])],
    }


def _histology(code: str, name: str) -> Node:
    return {
        "url": MCODE + "mcode-histology-morphology-behavior",
        "valueCodeableConcept": words(name, ICD_O_3, code),
    }


def observation(ident: str, what: Node, value: Node) -> Node:
    return {"resourceType": "Observation", "id": ident, "status": "final", "code": what, **value}


def coded(text: str) -> Node:
    return {"valueCodeableConcept": words(text)}


def proposed(ident: str, treatment: str) -> Node:
    return {
        "resourceType": "ServiceRequest",
        "id": ident,
        "status": "active",
        "intent": "proposal",
        "code": words(treatment),
    }


def medicine_proposed(ident: str, medicine: str) -> Node:
    return {
        "resourceType": "MedicationRequest",
        "id": ident,
        "status": "active",
        "intent": "proposal",
        "meta": {"profile": [MCODE + "mcode-cancer-related-medication-request"]},
        "medicationCodeableConcept": words(medicine),
    }
