"""Made-up bundles in the shapes that real senders use."""

import json

MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition/"
SCT = "http://snomed.info/sct"
LNC = "http://loinc.org"


def code(system=None, value=None, display=None, text=None):
    coding = {k: v for k, v in (("system", system), ("code", value), ("display", display)) if v}
    return ({"coding": [coding]} if coding else {}) | ({"text": text} if text else {})


def patient(ident="p1", **extra):
    node = {
        "resourceType": "Patient",
        "id": ident,
        "name": [{"family": "Example", "given": ["Ada"], "prefix": ["Mrs."]}],
    }
    node |= {"gender": "female", "birthDate": "1960-02-03"}
    node["identifier"] = [{"system": "http://hospital.example", "value": "A1"}, {"value": "no issuer"}]
    return node | extra


def node(kind, ident="x1", who="p1", **extra):
    return {"resourceType": kind, "id": ident, "subject": {"reference": f"Patient/{who}"}} | extra


def observation(what, ident="o1", profile=None, **extra):
    meta = {"meta": {"profile": [MCODE + profile]}} if profile else {}
    return node("Observation", ident, status="final", code=what, **meta, **extra)


def bundle(*resources, **extra):
    entries = [
        {"fullUrl": f"http://x.example/fhir/{r['resourceType']}/{r.get('id', '')}", "resource": r} for r in resources
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries} | extra


def as_bytes(*resources):
    return json.dumps(bundle(*resources)).encode()


AJCC8 = code(SCT, "897275008", "American Joint Commission on Cancer, Cancer Staging Manual, 8th edition")
LAB = [code("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory")]


def condition(**extra):
    histology = {"url": MCODE + "mcode-histology-morphology-behavior"}
    histology["valueCodeableConcept"] = code(
        "http://terminology.hl7.org/CodeSystem/icd-o-3", "8500/3", "Duct carcinoma"
    )
    base = {
        "meta": {"profile": [MCODE + "mcode-primary-cancer-condition"]},
        "extension": [histology],
        "code": code(SCT, "254837009", "Malignant neoplasm of breast (disorder)"),
        "bodySite": [code(SCT, "80248007", "Left breast structure (body structure)")],
        "onsetDateTime": "2020-05-06",
        "recorder": {"reference": "Practitioner/d1"},
    }
    return node("Condition", "c1", **(base | extra))


def everything():
    """One patient with something of every kind that is read."""
    size = {"code": code(LNC, "33728-7"), "valueQuantity": {"value": 2.5, "unit": "cm"}}
    gene = [
        {"code": code(LNC, "48018-6"), "valueCodeableConcept": code("http://www.genenames.org", "HGNC:1", "KRAS")},
        {
            "code": code(LNC, "48004-6"),
            "valueCodeableConcept": code("http://varnomen.hgvs.org", "NM_1:c.1A>G", "c.1A>G"),
        },
        {"code": code(LNC, "48002-0"), "valueCodeableConcept": code(LNC, "LA6684-0")},
        {"code": code(LNC, "81258-6"), "valueQuantity": {"value": 12.5, "unit": "%"}},
    ]
    doctor = {
        "resourceType": "Practitioner",
        "id": "d1",
        "name": [{"family": "Doctor", "given": ["Dana"], "prefix": ["Dr."]}],
    }
    return bundle(
        patient(),
        doctor,
        condition(),
        node("Condition", "c2", code=code(text="Depression"), clinicalStatus=code("x", "resolved")),
        observation(code(SCT, "399504009"), "t", valueCodeableConcept=code(SCT, "1228938002"), method=AJCC8),
        observation(code(LNC, "21906-3"), "n", valueCodeableConcept=code(text="cN1a")),
        observation(code(LNC, "21908-9"), "g", valueCodeableConcept=code("http://cancerstaging.org", "c2B")),
        observation(code(LNC, "85337-4", "Estrogen receptor Ag"), "er", valueCodeableConcept=code(LNC, "LA6576-8", "Positive")),
        observation(code(text="Ki-67"), "ki", valueQuantity={"value": 30, "unit": "%"}),
        observation(code(LNC, "21889-1"), "size", component=[size]),
        observation(code(LNC, "69548-6"), "v", valueCodeableConcept=code(LNC, "LA9633-4", "Present"), component=gene),
        observation(code(LNC, "718-7", "Hemoglobin"), "hb", category=LAB, valueQuantity={"value": 11.2, "unit": "g/dL"}),
        observation(code(LNC, "89247-1"), "ecog", valueInteger=1, effectiveDateTime="2021-01-02T03:04:05Z"),
        observation(code(LNC, "72166-2", "Smoking status"), "smoke", valueCodeableConcept=code(SCT, "8517006")),
        node("FamilyMemberHistory", "f", patient={"reference": "Patient/p1"}, relationship=code(text="aunt"),
             condition=[{"code": code(text="Ovarian cancer"), "onsetAge": {"value": 60}}]),
        node("Procedure", "s", status="completed", code=code(text="Mastectomy"), performedPeriod={"start": "2021-02"}),
        node("MedicationStatement", "m", status="active", medicationCodeableConcept=code(text="tamoxifen 20 mg")),
        node("MedicationRequest", "mr", status="draft2", intent="plan", medicationCodeableConcept=code(text="letrozole")),
        node("ServiceRequest", "sr", status="active", intent="order", code=code(text="Radiation therapy")),
        node("CarePlan", "cp", status="active", intent="plan", activity=[{"detail": {"description": "Chemotherapy"}}]),
        node("Specimen", "sp", type=code(text="Core biopsy"), collection={"bodySite": code(text="Left breast")}),
        node("DiagnosticReport", "dr", status="final", code=code(text="Pathology"), conclusion="Invasive carcinoma.",
             presentedForm=[{"contentType": "application/pdf", "data": "JVBERi0="}, {"contentType": "text/plain", "data": "eA=="}]),
    )  # fmt: skip
