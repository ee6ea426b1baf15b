"""What each resource says, as small tables: a shape that senders use, and the facts it must give."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from overread.clinical.record import DETAILS, Fact, Icdo3Morphology, Icdo3Topography
from overread.interop.fhir import FhirRead, read_bundle
from tests.interop.fhir.bundles import (
    AJCC8,
    LAB,
    LNC,
    MCODE,
    SCT,
    as_bytes,
    bundle,
    code,
    condition,
    node,
    observation,
    patient,
)


def read(*resources: dict[str, Any]) -> FhirRead:
    return read_bundle(as_bytes(patient(), *resources))


def facts(*resources: dict[str, Any]) -> list[tuple[str, object]]:
    """Field and value of every fact but those of the patient."""
    got = read(*resources).records[0].facts
    return [(f.field, f.value) for f in got if f.field not in ("sex", "birth_date")]


def why_not(*resources: dict[str, Any]) -> str:
    remarks = read(*resources).not_read
    return remarks[0].reason if remarks else "read"


T, N, M, GROUP = (code(LNC, c) for c in ("21905-5", "21900-6", "21907-1", "21908-9"))
STAGES = [
    (
        code(SCT, "399504009"),
        code(SCT, "1228938002", "American Joint Committee on Cancer cT3 (qualifier value)"),
        ["T3", "c"],
    ),
    (code(SCT, "399504009"), code(SCT, "1228931008"), ["T2a", "c"]),
    (T, code(text="T1mi"), ["T1mi", "c"]),
    (T, code("http://cancerstaging.org", "cT4d"), ["T4d", "c"]),
    (T, code(SCT, "1228885007", "cTis(DCIS)"), ["Tis(DCIS)", "c"]),
    (code(LNC, "21899-0"), code(text="ypT2"), ["T2", "yp"]),
    (code(LNC, "21911-3"), code(text="TX"), ["TX"]),
    (N, code(text="pN1mi (sn)"), ["N1mi", "p"]),
    (N, code(text="N0(i+)"), ["N0(i+)", "p"]),
    (M, code(text="M1b"), ["M1b", "c"]),
    (code(text="x"), code(text="cM0"), ["M0", "c"]),
    (GROUP, code(SCT, "1222769001", "American Joint Committee on Cancer stage IIB (qualifier value)"), ["IIB", "c"]),
    (GROUP, code(SCT, "261638004", "Stage 3A (qualifier value)"), ["IIIA", "c"]),
    (GROUP, code("http://cancerstaging.org", "p4"), ["IV", "p"]),
    (code(LNC, "21902-2"), code(text="Stage IIIC1"), ["IIIC1", "p"]),
    (code(LNC, "21914-7"), code(text="stage 0is"), ["0is"]),
    (code(SCT, "399390009"), code(text="Stadium IS"), ["IS"]),
]


@pytest.mark.parametrize(("what", "value", "expected"), STAGES)
def test_stage(what: dict[str, Any], value: dict[str, Any], expected: list[str]) -> None:
    profile = "mcode-tnm-distant-metastases-category" if what == code(text="x") else None
    assert [v for _, v in facts(observation(what, profile=profile, valueCodeableConcept=value))] == expected


def test_stage_as_text_and_without_sense() -> None:
    assert facts(observation(T, valueString="cT2")) == [("t", "T2"), ("tnm_prefix", "c")]
    assert "no t could be read" in why_not(observation(T, valueCodeableConcept=code(text="large")))
    assert "no stage group" in why_not(observation(GROUP, valueCodeableConcept=code(text="I think it is late")))
    assert facts(observation(code(text="?"), profile="mcode-tnm-pathological-stage-group", valueString="IIA")) == [
        ("stage_group", "IIA"),
        ("tnm_prefix", "p"),
    ]


EDITIONS = [
    (AJCC8, "8"),
    (code(SCT, "443830009"), "7"),
    (code("http://ncit", "C146985"), "8"),
    (code(text="AJCC Cancer Staging Manual 6th Edition"), "6"),
    (code(text="UICC, edition 8"), "8"),
    (code("https://example.de/CodeSystem/tnm-version", "8", "8. Auflage"), "8"),
    (code(text="AJCC version 9"), "9"),
    (code(text="Physical examination"), None),
]


@pytest.mark.parametrize(("method", "edition"), EDITIONS)
def test_edition(method: dict[str, Any], edition: str | None) -> None:
    found = dict(facts(observation(T, valueCodeableConcept=code(text="T2"), method=method)))
    assert found.get("edition") == edition


POS, NEG = code(LNC, "LA6576-8", "Positive"), code(SCT, "260385009", "Negative (qualifier value)")
MARKERS = [
    (code(LNC, "85337-4", "Estrogen receptor Ag"), {"valueCodeableConcept": POS}, [("er", "positive")]),
    (code(LNC, "16113-3"), {"valueCodeableConcept": NEG}, [("pr", "negative")]),
    (code(text="HER-2/neu by FISH"), {"valueString": "not amplified"}, [("her2", "negative")]),
    (code(text="HER2"), {"valueCodeableConcept": code(text="Equivocal")}, [("her2", "equivocal")]),
    (code(text="HER2 IHC"), {"valueCodeableConcept": code(LNC, "LA11843-2", "3+")}, [("lab", "HER2 IHC: 3+")]),
    (code(text="Oestrogen receptor"), {"valueQuantity": {"value": 95, "unit": "%"}}, [("lab", "Oestrogen receptor: 95 %")]),
    (code(text="ER"), {"valueCodeableConcept": POS, "valueQuantity": {"value": 10, "unit": "%", "comparator": ">="}},
     [("er", "positive"), ("lab", "ER: >=10 %")]),
    (code(text="PR"), {"interpretation": [code("x", "POS")]}, [("pr", "positive")]),
    (code(text="PR"), {"interpretation": [code(text="Negative")]}, [("pr", "negative")]),
    (code(text="BRAF V600E"), {"valueCodeableConcept": code(text="Not detected")}, [("braf", "negative")]),
    (code(text="ALK rearrangement"), {"valueString": "Detected"}, [("alk", "positive")]),
    (code(text="NTRK1 fusion"), {"valueString": "absent"}, [("ntrk", "negative")]),
    (code(text="KRAS"), {"valueString": "wild type"}, [("kras", "negative")]),
    (code(LNC, "81695-9"), {"valueCodeableConcept": code(text="MSI-H")}, [("msi", "positive")]),
    (code(text="Microsatellite instability"), {"valueString": "Stable"}, [("msi", "negative")]),
    (code(text="Mismatch repair"), {"valueString": "Loss of MLH1"}, [("mmr", "negative")]),
    (code(text="MMR proteins"), {"valueString": "intact, no loss of MLH1"}, [("mmr", "positive")]),
    (code(text="Mismatch repair"), {"valueCodeableConcept": POS}, [("lab", "Mismatch repair: Positive")]),
    (code(text="HPV"), {"valueCodeableConcept": POS}, [("hpv", "positive")]),
    (code(text="Ki-67"), {"valueQuantity": {"value": 30, "unit": "%"}}, [("ki67", 30)]),
    (code(text="Ki67"), {"valueString": "high"}, [("lab", "Ki67: high")]),
    (code(text="PD-L1 TPS"), {"valueQuantity": {"value": 50, "unit": "percent"}}, [("pdl1", 50)]),
    (code(text="PD-L1"), {"valueQuantity": {"value": 1, "unit": "%", "comparator": "<"}}, [("lab", "PD-L1: <1 %")]),
    (code(LNC, "2857-1"), {"valueQuantity": {"value": 4.2, "unit": "ng/mL"}}, [("psa", 4.2)]),
    (code(LNC, "19195-7"), {"valueQuantity": {"value": 4.2, "unit": "IU"}}, [("lab", "PSA: 4.2 IU")]),
    (code(text="Oncotype DX"), {"valueQuantity": {"value": 47, "unit": "Recurrence score", "code": "1"}}, [("oncotype_dx", 47)]),
    (code(LNC, "94076-7"), {"valueQuantity": {"value": 57.1, "code": "1/1000000{Base}"}}, [("tmb", 57.1)]),
    (code(LNC, "33914-3", "Glomerular filtration rate (EGFR)"), {"category": LAB, "valueQuantity": {"value": 60}},
     [("lab", "Glomerular filtration rate (EGFR): 60")]),
    (code(LNC, "10480-2", "Estrogen+Progesterone receptor Ag"), {"category": LAB, "valueCodeableConcept": POS},
     [("lab", "Estrogen+Progesterone receptor Ag: Positive")]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "value", "expected"), MARKERS)
def test_marker(what: dict[str, Any], value: dict[str, Any], expected: list[tuple[str, object]]) -> None:
    assert facts(observation(what, **value)) == expected


CM = {"value": 2.5, "unit": "cm"}
OTHERS = [
    (code(LNC, "89247-1"), {"valueInteger": 2}, [("ecog", 2)]),
    (code(text="ECOG score"), {"valueQuantity": {"value": 1}}, [("ecog", 1)]),
    (code(text="ECOG"), {"valueCodeableConcept": code(LNC, "LA9625-0")}, [("ecog", 3)]),
    (code(text="ECOG performance status"), {"valueCodeableConcept": code(text="Grade 1")}, [("ecog", 1)]),
    (code(LNC, "72166-2"), {"valueCodeableConcept": code(SCT, "449868002", "Smokes tobacco daily")}, [("smoking", "current")]),
    (code(LNC, "72166-2"), {"valueCodeableConcept": code(SCT, "266919005")}, [("smoking", "never")]),
    (code(text="Smoking status"), {"valueString": "ex-smoker"}, [("smoking", "former")]),
    (code(SCT, "401201003"), {"valueQuantity": {"value": 20, "unit": "Pack-Years"}}, [("pack_years", 20)]),
    (code(LNC, "21889-1"), {"valueQuantity": CM}, [("tumor_size", 25)]),
    (code(LNC, "21889-1"), {"component": [{"valueQuantity": {"value": 8, "unit": "mm"}}, {"valueQuantity": CM}, {}]},
     [("tumor_size", 25)]),
    (code(text="Breslow thickness"), {"valueQuantity": {"value": 0.8, "unit": "mm"}}, [("breslow", 0.8)]),
    (code(text="Depth of invasion"), {"valueQuantity": {"value": 4, "unit": "mm"}}, [("depth", 4)]),
    (code(text="Surgical margin"), {"valueCodeableConcept": code(text="Uninvolved by carcinoma")}, [("margin", "uninvolved")]),
    (code(LNC, "44669-0"), {"valueString": "involved"}, [("margin", "involved")]),
    (code(text="Margin"), {"valueString": "cannot be assessed"}, [("margin", "indeterminate")]),
    (code(text="Lymphovascular invasion"), {"valueCodeableConcept": POS}, [("lvi", "present")]),
    (code(text="Lymphovascular invasion"), {"valueString": "Not identified"}, [("lvi", "absent")]),
    (code(text="Perineural invasion"), {"valueString": "suspicious"}, [("pni", "indeterminate")]),
    (code(text="Invasion of fat"), {"valueString": "yes"}, [("extent", "Invasion of fat: yes")]),
    (code(text="Regional lymph nodes positive"), {"valueInteger": 2}, [("nodes_positive", 2)]),
    (code(LNC, "21894-1", "Regional lymph nodes examined"), {"valueQuantity": {"value": 12}}, [("nodes_examined", 12)]),
    (code(text="Lymph nodes examined"), {"valueInteger": 7}, [("nodes_examined", 7)]),
    (code(text="Histologic grade"), {"valueCodeableConcept": code(text="Grade 2")}, [("grade", "Grade 2")]),
    (code(text="Gleason score"), {"valueString": "3+4=7"}, [("gleason", "3+4=7")]),
    (code(text="Gleason score"), {"valueInteger": 7}, [("gleason", "7")]),
    (code(text="Gleason grade group"), {"valueQuantity": {"value": 2}}, [("grade_group", 2)]),
    (code(LNC, "94734-1", "Prostate cancer grade group"), {"valueCodeableConcept": code(text="Grade group 4")}, [("grade_group", 4)]),
    (code(LNC, "97509-4"), {"valueCodeableConcept": code(text="Improved")}, [("disease_status", "Improved")]),
    (code(text="Menopausal status"), {"valueString": "Postmenopausal"}, [("menopausal_status", "post")]),
    (code(LNC, "718-7", "Hemoglobin"), {"category": LAB, "valueQuantity": {"value": 11.2, "unit": "g/dL"}}, [("lab", "Hemoglobin: 11.2 g/dL")]),
    (code(text="Panel"), {"category": LAB, "component": [{"code": code(text="WBC"), "valueQuantity": {"value": 4}}]}, [("lab", "WBC: 4")]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "value", "expected"), OTHERS)
def test_observation(what: dict[str, Any], value: dict[str, Any], expected: list[tuple[str, object]]) -> None:
    assert facts(observation(what, **value)) == expected


def test_sentinel_nodes_are_about_sentinel_nodes() -> None:
    part = {"code": code(LNC, "92833-3", "Lymph nodes examined [#]"), "valueQuantity": {"value": 3}}
    got = read(observation(code(LNC, "92832-5", "Sentinel lymph nodes with metastasis [#]"), component=[part]))
    fact = got.records[0].one("nodes_examined")
    assert fact is not None
    assert (fact.value, fact.about) == (3, "sentinel nodes")


REFUSED = [
    (observation(code(LNC, "89247-1"), valueInteger=9), "ECOG"),
    (observation(code(text="Smoking status"), valueString="unknown if ever smoked"), "whether the patient smokes"),
    (observation(code(LNC, "21889-1"), valueQuantity={"value": 2}), "length with a unit"),
    (observation(code(text="Margin"), valueString="see note"), "nothing in it"),
    (observation(code(text="Lymphovascular invasion")), "nothing in it"),
    (observation(code(text="Gleason grade group"), valueInteger=9), "nothing in it"),
    (observation(code(text="Histologic grade")), "nothing in it"),
    (observation(code(text="Gleason score")), "nothing in it"),
    (observation(code(text="Menopausal status"), valueString="unknown"), "nothing in it"),
    (observation(code(LNC, "97509-4")), "nothing in it"),
    (observation(code(text="Lymph nodes examined"), valueQuantity={"value": 2.5}), "nothing in it"),
    (observation(code(text="Lymph nodes examined")), "nothing in it"),
    (observation(code(text="HER2")), "no result"),
    (observation(code(text="Ki-67")), "no figure"),
    (observation(code(LNC, "89243-0"), valueInteger=95), "no Karnofsky status"),
    (observation(code(text="Lansky play performance")), "Lansky"),
    (observation(code(text="Asbestos exposure")), "whether there was one"),
    (observation(code(LNC, "29463-7"), category=[code("x", "vital-signs")], valueQuantity={"value": 70}), "vital signs"),
    (observation(code(text="Mood")), "no field for 'Mood'"),
    (observation({}), "observation without a code"),
    (observation(code(text="ECOG")) | {"status": "entered-in-error"}, "entered-in-error"),
    (observation(code(SCT, "398192003"), profile="mcode-comorbidities",
                 extension=[{"url": MCODE + "mcode-related-condition", "valueReference": {"reference": "Condition/no"}}]),
     "not in the bundle"),
    (observation(code(LNC, "69548-6"), valueCodeableConcept=code(text="No call")), "neither present nor absent"),
    (observation(code(LNC, "69548-6"), valueCodeableConcept=code(LNC, "LA9633-4")), "neither gene nor change"),
    (node("Condition", code=code(SCT, "1")), "which illness"),
    (node("Condition", code=code(text="Breast cancer"), verificationStatus=code("x", "refuted")), "refuted"),
    (node("Condition", code=code(text="Full-time employment (finding)")), "circumstance of life"),
    (node("Procedure", status="not-done", code=code(text="Mastectomy")), "not done"),
    (node("Procedure", status="completed", code=code(SCT, "5")), "which procedure"),
    (node("MedicationRequest", status="active", intent="order"), "which medicine"),
    (node("MedicationStatement", status="active", medicationCodeableConcept=code(text="Metformin")), "for the cancer"),
    (node("Specimen"), "what was taken"),
    (node("ServiceRequest", status="active", code=code(text="CT of the chest")), "orders no treatment"),
    (node("CarePlan", status="active", activity=[{"detail": {"description": "Walk daily"}}]), "plans no treatment"),
    (node("FamilyMemberHistory", condition=[{}]), "names no illness"),
    (node("DiagnosticReport", status="final"), "no words and no file"),
    (node("DiagnosticReport", status="cancelled", conclusion="x"), "cancelled"),
    (node("DocumentReference", status="current", content=[{"attachment": {"url": "http://x", "title": "CT"}}]), "only linked"),
    (node("DiagnosticReport", presentedForm=[{"data": "%%%"}]), "damaged"),
    (node("DiagnosticReport", presentedForm=[{}]), "file is empty"),
    (node("QuestionnaireResponse"), "questionnaires"),
    (node("ImagingStudy"), "DICOM"),
    (node("Claim"), "billing"),
    (node("Flag"), "does not read Flag"),
    ({"resourceType": "Observation", "id": "lost"}, "which patient"),
    ({"resourceType": "Observation", "id": "lost", "subject": {"reference": "Group/7"}}, "which patient"),
    ({"resourceType": "Observation", "id": "lost", "subject": {"reference": "#gone"}}, "which patient"),
    ({"id": "nothing"}, "holds no resource"),
]  # fmt: skip


@pytest.mark.parametrize(("resource", "reason"), REFUSED)
def test_what_is_not_understood_is_named_with_its_reason(resource: dict[str, Any], reason: str) -> None:
    entry = resource if "resourceType" in resource else {"resourceType": "", **resource}
    got = read_bundle(json.dumps(bundle(patient(), entry)).encode())
    assert any(reason in remark.reason for remark in got.not_read), got.not_read


def test_the_cancer_with_site_side_histology_and_stage() -> None:
    stage = {"summary": code(text="Stage IIB"), "type": code(text="Clinical staging, 8th edition")}
    morph = {
        "url": MCODE + "mcode-histology-morphology-behavior",
        "valueCodeableConcept": code("urn:icd-o-3", "85/3", "odd"),
    }
    found = facts(condition(stage=[stage, {}]), node("Condition", "c9", code=code(text="x"), extension=[morph]))
    assert found == [
        ("cancer", "Malignant neoplasm of breast"),
        ("site", "breast"),
        ("laterality", "left"),
        ("histology", "Duct carcinoma"),
        ("histology_code", Icdo3Morphology("8500/3")),
        ("stage_group", "IIB"),
        ("tnm_prefix", "c"),
        ("edition", "8"),
        ("comorbidity", "x"),
    ]


ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
CONDITIONS = [
    (code(ICD10, "C61", "Malignant neoplasm of prostate"), [("cancer", "Malignant neoplasm of prostate"), ("site", "prostate")]),
    (code(ICD10, "C50.912", "unspecified"), [("cancer", "unspecified"), ("site", "breast")]),
    (code(ICD10, "D05.1", "Intraductal, left"), [("cancer", "Intraductal, left"), ("laterality", "left")]),
    (code("urn:oid:2.16.840.1.113883.6.90", "C61", "x"), [("cancer", "x"), ("site", "prostate")]),
    (code(ICD10, "E11.9", "Type 2 diabetes"), [("comorbidity", "Type 2 diabetes")]),
    (code(ICD10, "C79.51", "Secondary neoplasm of bone"), [("metastasis", "Secondary neoplasm of bone")]),
    (code(text="Metastatic carcinoma to brain"), [("metastasis", "Metastatic carcinoma to brain")]),
    (code(text="Family history of breast cancer"), [("comorbidity", "Family history of breast cancer")]),
    (code("http://terminology.hl7.org/CodeSystem/icd-o-3", "C34.1", "Upper lobe, lung"),
     [("cancer", "Upper lobe, lung"), ("site", "lung"), ("site_code", Icdo3Topography("C34.1"))]),
    (code(text="Glioblastoma multiforme"), [("cancer", "Glioblastoma multiforme"), ("site", "brain")]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "expected"), CONDITIONS)
def test_conditions(what: dict[str, Any], expected: list[tuple[str, object]]) -> None:
    assert facts(node("Condition", code=what)) == expected


def test_conditions_with_more() -> None:
    unsure = node("Condition", code=code(text="Lymphoma"), verificationStatus=code("x", "provisional"))
    assert facts(unsure) == [("cancer", "Lymphoma"), ("ambiguity", "Lymphoma: provisional")]
    spread = node("Condition", code=code(text="Metastatic cancer"), bodySite=[code(text="Liver"), {}])
    assert facts(spread) == [("metastasis", "Metastatic cancer: Liver")]
    side = {"url": "http://x/mcode-laterality-qualifier", "valueCodeableConcept": code(text="Right")}
    site = node(
        "Condition", code=code(text="Adenocarcinoma"), bodySite=[code(text="Lung structure") | {"extension": [side]}]
    )
    assert facts(site) == [("cancer", "Adenocarcinoma"), ("site", "lung"), ("laterality", "right")]


def test_comorbidities_named_in_the_panel() -> None:
    url = MCODE + "mcode-related-condition"
    panel = observation(
        code(SCT, "398192003"),
        profile="mcode-comorbidities",
        contained=[{"resourceType": "Condition", "id": "in", "code": code(text="Asthma")}],
        extension=[
            {"url": url, "valueReference": {"reference": "#in"}},
            {"url": url, "valueReference": {"reference": "Condition/elsewhere", "display": "Gout"}},
            {"url": url, "valueReference": {"reference": "Condition/c2"}},
        ],
    )
    other = node("Condition", "c2", code=code(text="Depression"), clinicalStatus=code("x", "inactive"))
    assert sorted(str(v) for _, v in facts(panel, other)) == ["Asthma", "Depression (inactive)", "Gout"]


def gene(name: str, **value: Any) -> dict[str, Any]:
    return {
        "code": code(LNC, "48018-6"),
        "valueCodeableConcept": code("http://www.genenames.org", "HGNC:1", name),
    } | value


def part(what: str, **value: Any) -> dict[str, Any]:
    return {"code": code(LNC, what)} | value


PRESENT, ABSENT = code(LNC, "LA9633-4", "Present"), code(LNC, "LA9634-2", "Absent")
VARIANTS = [
    (PRESENT, [gene("PALB2"), part("48004-6", valueCodeableConcept=code("http://varnomen.hgvs.org", "c.1A>G")),
               part("48002-0", valueCodeableConcept=code(LNC, "LA6683-2"))], [("variant", "PALB2 c.1A>G germline")]),
    (PRESENT, [gene("MET"), gene("ALK"), part("48019-4", valueString="fusion")], [("variant", "MET-ALK fusion")]),
    ({}, [gene("KRAS"), part("81258-6", valueQuantity={"value": 12, "unit": "%"})], [("variant", "KRAS, allele fraction 12 %")]),
    (ABSENT, [gene("BRAF"), gene("XYZ")],
     [("braf", "negative"), ("variant", "BRAF: no variant found"), ("variant", "XYZ: no variant found")]),
]  # fmt: skip


@pytest.mark.parametrize(("value", "components", "expected"), VARIANTS)
def test_variants(value: dict[str, Any], components: list[dict[str, Any]], expected: list[tuple[str, object]]) -> None:
    extra = {"valueCodeableConcept": value} if value else {}
    assert facts(observation(code(LNC, "69548-6"), component=components, **extra)) == expected


def test_treatments_given_planned_and_neither() -> None:
    dose = {"url": "x/mcode-radiotherapy-dose-delivered-to-volume", "extension": [
        {"url": "x/mcode-radiotherapy-total-dose-delivered", "valueQuantity": {"value": 1}},
        {"url": "totalDoseDelivered", "valueQuantity": {"value": 6000, "unit": "cGy"}}]}  # fmt: skip
    technique = {"url": "x/mcode-radiotherapy-modality-and-technique", "extension": [
        {"url": "x/mcode-radiotherapy-modality", "valueCodeableConcept": code(text="Photons")}]}  # fmt: skip
    course = node("Procedure", "r", status="completed", bodySite=[code(text="Chest wall")], extension=[technique, dose])
    course["meta"] = {"profile": [MCODE + "mcode-radiotherapy-course-summary"]}
    got = facts(
        course,
        node("Procedure", "s", status="completed", code=code(text="Mastectomy")),
        node("Procedure", "p", status="preparation", code=code(text="Lobectomy")),
        node("Procedure", "b", status="completed", code=code(text="Excisional biopsy")),
        node(
            "ServiceRequest",
            "q",
            status="active",
            code=code(text="Radiotherapy"),
            reasonCode=[code(text="Lung cancer"), {}],
        ),
        node("ServiceRequest", "q2", status="completed", code=code(text="Gene panel"), reasonCode=[code(SCT, "9")]),
        node("CarePlan", "c", status="active", activity=[{"detail": {"code": code(text="Chemotherapy")}}]),
        node("Specimen", "sp", type=code(text="Core"), collection={"bodySite": code(text="Breast")}),
    )
    assert [f for f in got if f[0] not in DETAILS] == [
        ("treatment_given", "Radiotherapy course, Chest wall, Photons, 6000 cGy"),
        ("treatment_given", "Mastectomy"),
        ("treatment_proposed", "Lobectomy"),
        ("procedure", "Excisional biopsy"),
        ("treatment_proposed", "Radiotherapy"),
        ("cancer", "Lung cancer"),
        ("site", "lung"),
        ("treatment_proposed", "Chemotherapy"),
        ("specimen", "Core, Breast"),
        ("specimen_site", "Breast"),
    ]


def test_medicines_given_ordered_and_proposed() -> None:
    cancer = condition()
    pill = {"resourceType": "Medication", "id": "pill", "code": code(text="Drug X")}
    got = facts(
        node("MedicationStatement", "a", status="active", medicationCodeableConcept=code(text="Paclitaxel 100 MG")),
        node("MedicationRequest", "b", status="active", intent="order", medicationCodeableConcept=code(text="letrozole")),
        node("MedicationRequest", "c", status="active", intent="plan", medicationCodeableConcept=code(text="osimertinib")),
        node("MedicationRequest", "d", status="active", intent="order", medicationReference={"reference": "Medication/pill"},
             reasonReference=[{"reference": "Condition/c1"}]),
        node("MedicationRequest", "e", status="active", intent="order", reasonCode=[code(text="Cancer")],
             medicationReference={"display": "Drug Y"}),
        pill, cancer,
    )  # fmt: skip
    assert [f for f in got if f[0] not in DETAILS][:7] == [
        ("medication", "Paclitaxel 100 MG"),
        ("treatment_given", "Paclitaxel 100 MG"),
        ("medication", "letrozole"),
        ("treatment_proposed", "osimertinib"),
        ("medication", "Drug X"),
        ("medication", "Drug Y"),
        ("cancer", "Malignant neoplasm of breast"),
    ]


def test_reports_inside_become_documents_and_attachments() -> None:
    got = read(
        node("DiagnosticReport", "d", status="final", code=code(text="Pathology"), conclusion="Invasive.", issued="2020-01-02T03:04:05Z"),
        node("DocumentReference", "e", status="current", description="CT", content=[{"attachment": {"data": "JVBERi0=", "contentType": "application/pdf"}}]),
        node("DiagnosticReport", "f", status="final", presentedForm=[
            {"contentType": "text/plain; charset=utf-8", "data": "5Q==", "title": "Letter", "creation": "2020-05-06"}]),
        node("DiagnosticReport", "g", status="final", presentedForm=[{"contentType": "text/plain", "data": "IA=="}]),
    )  # fmt: skip
    papers = got.records[0].documents
    assert [(d.title, d.text, d.on) for d in papers[1:4]] == [
        ("Pathology", "Invasive.", "2020-01-02"),
        ("CT", None, None),
        ("Letter", "å", "2020-05-06"),
    ]
    assert next((a.title, a.data, a.subject) for a in got.attachments) == ("CT", b"%PDF-", got.records[0].subject.key)
    assert papers[2].id == got.attachments[0].id


def the(field: str, got: FhirRead) -> Fact:
    fact = got.records[0].one(field)
    assert fact is not None
    return fact


def test_provenance_names_document_path_date_and_author() -> None:
    doctor = {
        "resourceType": "Practitioner",
        "id": "d1",
        "name": [{"use": "old", "text": "X"}, {"use": "official", "text": "Dana Doctor"}],
    }
    role = {"resourceType": "PractitionerRole", "id": "r1", "practitioner": {"reference": "Practitioner/d1"}}
    bare = {"resourceType": "PractitionerRole", "id": "r2", "practitioner": {"display": "Rolf Role"}}
    clinic = {"resourceType": "Organization", "id": "org", "name": "Clinic"}
    ecog = observation(
        code(LNC, "89247-1"),
        "e",
        valueInteger=1,
        effectivePeriod={"start": "2021-02"},
        performer=[{"reference": "PractitionerRole/r1"}],
    )
    size = observation(
        code(LNC, "21889-1"),
        "s",
        valueQuantity=CM,
        issued="2021-03-04T00:00:00Z",
        performer=[{"reference": "PractitionerRole/r2"}],
    )
    ki = observation(
        code(text="Ki-67"),
        "k",
        valueQuantity={"value": 5, "unit": "%"},
        performer=[{}, {"reference": "Organization/org"}],
    )
    psa = observation(
        code(text="PSA"), "p", valueQuantity={"value": 5, "unit": "ng/mL"}, performer=[{"display": "Named Only"}]
    )
    got = read(doctor, role, bare, clinic, ecog, size, ki, psa)
    assert the("ecog", got).provenance.path == "Observation/e.value"
    assert the("ecog", got).provenance.document == got.document
    assert (the("ecog", got).on, the("ecog", got).provenance.author) == ("2021-02", "Dana Doctor")
    assert (the("tumor_size", got).on, the("tumor_size", got).provenance.author) == ("2021-03-04", "Rolf Role")
    assert the("ki67", got).provenance.author == "Clinic"
    assert the("psa", got).provenance.author == "Named Only"


SHARED = Path(os.environ.get("OVERREAD_SHARED", Path(__file__).parents[4] / "shared"))
DATA = SHARED / "data" / "fhir"
REAL = sorted(DATA.glob("*.json")) if DATA.exists() else []


@pytest.mark.realdata
@pytest.mark.skipif(not REAL, reason="the shared development data is absent")
def test_the_mcode_example_patient() -> None:
    got = read_bundle((DATA / "Bundle-mcode-patient-bundle-jenny-m.json").read_bytes())
    (record,) = got.records
    expected = {
        "t": "T3", "n": "N0", "m": "M0", "edition": "8", "site": "breast", "laterality": "left", "er": "positive", "pr": "negative",
        "her2": "negative", "ecog": 0, "tumor_size": 25, "smoking": "current", "pack_years": 20, "margin": "uninvolved", "oncotype_dx": 47,
    }  # fmt: skip
    assert {field: fact.value for field in expected if (fact := record.one(field))} == expected
    assert record.values("stage_group") == ("IIIC", "IIB")


@pytest.mark.realdata
@pytest.mark.skipif(not REAL, reason="the shared development data is absent")
def test_another_makers_patient_keeps_strangers_apart() -> None:
    got = read_bundle((DATA / "mcode_trial_matching_patient.json").read_bytes())
    assert len(got.records) == 1
    assert {f.field for r in got.apart for f in r.facts} == {"variant", "ecog", "karnofsky"}
    assert all(r.subject.name is None for r in got.apart)
