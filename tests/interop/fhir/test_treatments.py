"""Treatments and what the patient lived with: what resources say of them, and how they are written back."""

import json
from typing import Any

import pytest

from overread.clinical.record import Fact, Method, OncoTree, Provenance, Record, Subject, Treatment, treatments
from overread.interop.fhir import read_bundle, write_bundle
from tests.interop.fhir.bundles import LNC, MCODE, SCT, as_bytes, code, condition, node, observation, patient


def facts(*resources: dict[str, Any]) -> list[tuple[str, object]]:
    got = read_bundle(as_bytes(patient(), *resources)).records[0].facts
    return [(f.field, f.value) for f in got if f.field not in ("sex", "birth_date")]


def only(*resources: dict[str, Any]) -> Treatment:
    (found,) = treatments(read_bundle(as_bytes(patient(), *resources)).records[0])
    return found


def intent(value: dict[str, Any], ending: str = "mcode-procedure-intent") -> dict[str, Any]:
    return {"extension": [{"url": MCODE + ending, "valueCodeableConcept": value}]}


@pytest.mark.parametrize(
    ("value", "ending", "expected"),
    [
        (code(SCT, "373808002"), "mcode-procedure-intent", "curative"),
        (code(SCT, "363676003"), "mcode-treatment-intent", "palliative"),
        (code(text="Palliative - procedure intent"), "TreatmentIntent", "palliative"),
        (code(text="prophylaxis"), "mcode-procedure-intent", "preventive"),
        (code(SCT, "360156006"), "mcode-procedure-intent", None),  # screening treats nothing
        ({}, "mcode-procedure-intent", None),
    ],
)
def test_intent_by_code_and_by_words(value: dict[str, Any], ending: str, expected: str | None) -> None:
    assert (
        only(node("Procedure", "s", status="completed", code=code(text="Mastectomy")) | intent(value, ending)).intent
        == expected
    )


def test_a_course_of_radiotherapy_is_one_treatment_with_all_that_is_said_of_it() -> None:
    course = node("Procedure", "r", status="completed", performedPeriod={"start": "2018-06-01", "end": "2018-07-20"})
    course |= {"meta": {"profile": [MCODE + "mcode-radiotherapy-course-summary"]}}
    course["extension"] = [
        {"url": MCODE + "mcode-radiotherapy-sessions", "valueUnsignedInt": 31},
        *intent(code(SCT, "373808002"))["extension"],
    ]
    found = only(course)
    assert (found.fact.about, found.fact.on, found.ended) == ("treatment:Procedure/r", "2018-06-01", "2018-07-20")
    assert (found.status, found.modalities, found.intent, found.amount, found.reversibility) == (
        "given", ("radiation",), "curative", "31 sessions", "irreversible",
    )  # fmt: skip


def test_the_profile_says_the_kind_where_the_name_does_not() -> None:
    operation = node("Procedure", "s", status="in-progress", code=code(text="Procedure on breast"))
    operation["meta"] = {"profile": [MCODE + "mcode-cancer-related-surgical-procedure"]}
    found = only(operation)
    assert (found.modalities, found.reversibility, found.status) == (("surgery",), None, "ongoing")


@pytest.mark.parametrize(
    ("resource", "field", "status"),
    [
        (node("Procedure", status="stopped", code=code(text="Radiotherapy")), "treatment_given", "stopped"),
        (node("Procedure", status="preparation", code=code(text="Lobectomy")), "treatment_proposed", "planned"),
        (node("Procedure", status="not-done", statusReason=code(SCT, "105480006"), code=code(text="Lobectomy")), "treatment_discussed", "refused"),
        (node("ServiceRequest", status="active", intent="order", code=code(text="Radiotherapy")), "treatment_proposed", "planned"),
        (node("ServiceRequest", status="active", intent="proposal", code=code(text="Radiotherapy")), "treatment_proposed", "proposed"),
        (node("ServiceRequest", status="active", intent="option", code=code(text="Radiotherapy")), "treatment_discussed", "discussed"),
        (node("MedicationRequest", status="active", intent="order", medicationCodeableConcept=code(text="letrozole")), "medication", "None"),
        (node("MedicationStatement", status="intended", medicationCodeableConcept=code(text="letrozole")), "treatment_proposed", "planned"),
        (node("CarePlan", status="active", activity=[{"detail": {"description": "Chemotherapy"}}]), "treatment_proposed", "proposed"),
    ],
)  # fmt: skip
def test_how_far_it_has_come(resource: dict[str, Any], field: str, status: str) -> None:
    found = only(resource)
    assert (found.fact.field, str(found.status)) == (field, status)


def test_what_was_not_done_for_another_reason_is_no_treatment() -> None:
    assert (
        facts(node("Procedure", status="not-done", code=code(text="Lobectomy"), statusReason=code(text="no bed"))) == []
    )


def test_a_medicine_keeps_how_it_is_given() -> None:
    pill = node("MedicationRequest", status="active", intent="order", medicationCodeableConcept=code(text="letrozole"),
                dosageInstruction=[{"text": "2.5 mg daily"}, {"text": "later"}])  # fmt: skip
    assert only(pill).amount == "2.5 mg daily"


def test_of_two_cancers_a_treatment_says_which() -> None:
    marked = {"meta": {"profile": [MCODE + "mcode-primary-cancer-condition"]}}
    operation = node("Procedure", "s", status="completed", code=code(text="Lobectomy"))
    operation["focus"] = [{"reference": "Condition/c2"}]
    found = only(condition() | marked, condition() | marked | {"id": "c2"}, operation)
    assert found.fact.about == "treatment:Procedure/s of condition:c2"


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (observation(code(LNC, "89243-0"), valueInteger=90), [("karnofsky", 90)]),
        (observation(code(text="Karnofsky performance status"), valueQuantity={"value": 70}), [("karnofsky", 70)]),
        (observation(code(LNC, "11331-6"), valueCodeableConcept=code(text="Occasional drinker")), [("exposure", "alcohol, Occasional drinker")]),
        (observation(code(LNC, "11331-6"), valueCodeableConcept=code(text="Never drinker")), [("denied", "exposure: alcohol")]),
        (observation(code(text="Asbestos exposure"), valueBoolean=True), [("exposure", "Asbestos exposure")]),
        (observation(code(text="Asbestos exposure"), valueBoolean=False), [("denied", "exposure: Asbestos exposure")]),
        (
            observation(code(LNC, "11341-5"), valueString="Welder", component=[{"code": code(LNC, "87729-0"), "valueString": "Asbestos"}, {"code": code(text="Industry")}]),
            [("occupation", "Welder"), ("exposure", "Asbestos")],
        ),
        (observation(code(LNC, "87729-0"), valueString="Silica"), [("exposure", "Silica")]),
        (node("Condition", code=code(text="Exposure to asbestos")), [("exposure", "asbestos")]),
        (
            observation(code(SCT, "398192003")) | {"extension": [{"url": MCODE + "mcode-related-condition-absent", "valueCodeableConcept": code(text="Obesity (disorder)")}]},
            [("denied", "Obesity")],
        ),
        (
            node("Specimen", "s1", type=code(text="Core"), collection={"bodySite": code(text="Breast"), "collectedDateTime": "2020-02-03"}),
            [("specimen", "Core, Breast"), ("specimen_site", "Breast"), ("specimen_collected", "2020-02-03")],
        ),
    ],
)  # fmt: skip
def test_the_patients_context(resource: dict[str, Any], expected: list[tuple[str, object]]) -> None:
    assert facts(resource) == expected


def test_a_type_of_oncotree_is_read_with_the_cancer() -> None:
    tumour = condition(
        code={
            "text": "Breast cancer",
            "coding": [
                {"system": "http://oncotree.info", "code": "IDC"},
                {"system": "http://oncotree.info", "code": "no code"},
            ],
        }
    )
    assert ("oncotree", OncoTree("IDC")) in facts(tumour)


# --- and back

HERE = Provenance("a" * 64, Method.TEXT, author="Dr First")
SUBJECT = Subject("s", "Ana Rivera", "1960-02-03", "female")


def written(*told: Fact) -> list[dict[str, Any]]:
    data = write_bundle(Record(SUBJECT, (), told))
    assert {(f.field, f.value, f.about) for f in told} <= {
        (f.field, f.value, f.about) for f in read_bundle(data).records[0].facts
    }
    return [e["resource"] for e in json.loads(data)["entry"] if e["resource"]["resourceType"] != "Patient"]


def test_a_treatment_and_its_details_are_written_as_one_resource() -> None:
    tie = "treatment:1"
    (found,) = written(
        Fact("treatment_given", "Radiotherapy", HERE, tie, "2018-06"), Fact("treatment_status", "stopped", HERE, tie),
        Fact("treatment_intent", "palliative", HERE, tie), Fact("treatment_ended", "2018-07", HERE, tie),
    )  # fmt: skip
    assert (found["resourceType"], found["status"]) == ("Procedure", "stopped")
    assert found["performedPeriod"] == {"start": "2018-06", "end": "2018-07"}
    assert found["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] == "363676003"
    assert found["asserter"] == {"display": "Dr First"}


@pytest.mark.parametrize(
    ("field", "status", "kind", "expected"),
    [
        ("treatment_proposed", "planned", "Procedure", "preparation"),
        ("treatment_given", "given", "Procedure", "completed"),
        ("treatment_discussed", "refused", "Procedure", "not-done"),
        ("treatment_discussed", "discussed", "ServiceRequest", "unknown"),
        ("medication", "ongoing", "MedicationRequest", "unknown"),
    ],
)
def test_each_kind_of_treatment_has_its_resource(field: str, status: str, kind: str, expected: str) -> None:
    (found,) = written(Fact(field, "Radiotherapy", HERE, "treatment:1", "2018"), Fact("treatment_status", status, HERE, "treatment:1"),
                       Fact("treatment_amount", "6 cycles", HERE, "treatment:1"))  # fmt: skip
    assert (found["resourceType"], found["status"]) == (kind, expected)


def test_the_same_treatment_of_two_documents_is_two() -> None:
    other = Provenance("b" * 64, Method.TEXT)
    assert (
        len(
            written(
                Fact("treatment_given", "Radiotherapy", HERE, "treatment:1"),
                Fact("treatment_intent", "curative", other, "treatment:1"),
            )
        )
        == 2
    )


def test_context_is_written_in_the_resources_others_know() -> None:
    family, plain, specimen, smoking, karnofsky = written(
        Fact("family_history", "mother: breast cancer, at 45", HERE, on="2020"), Fact("family_history", "cancer", HERE),
        Fact("specimen", "Core", HERE, on="2020-01-01"), Fact("smoking", "former", HERE), Fact("karnofsky", 80, HERE),
    )  # fmt: skip
    assert (family["relationship"]["text"], family["condition"][0]["code"]["text"]) == (
        "mother",
        "breast cancer, at 45",
    )
    assert plain["relationship"]["text"] == "relative"
    assert (specimen["resourceType"], specimen["collection"]) == ("Specimen", {"collectedDateTime": "2020-01-01"})
    assert (
        smoking["meta"]["profile"][0].endswith("us-core-smokingstatus")
        and smoking["valueCodeableConcept"]["coding"][0]["code"] == "8517006"
    )
    assert karnofsky["valueInteger"] == 80 and karnofsky["code"]["coding"][0]["code"] == "89243-0"
