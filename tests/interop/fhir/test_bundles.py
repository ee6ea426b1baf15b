"""Bundles as a whole: who they are about, how references are found, what is wrong with them."""

import json
from typing import Any

import pytest

from overread.clinical.record import Identity
from overread.interop import fhir
from overread.interop.fhir import load, read_bundle, validity
from tests.interop.fhir.bundles import (
    LNC,
    MCODE,
    as_bytes,
    bundle,
    code,
    condition,
    everything,
    node,
    observation,
    patient,
)

ECOG = code(LNC, "89247-1")


def dumped(value: Any) -> bytes:
    return json.dumps(value).encode()


def test_the_patient() -> None:
    (record,) = read_bundle(as_bytes(patient())).records
    subject = record.subject
    assert (subject.name, subject.birth_date, subject.sex) == ("Ada Example", "1960-02-03", "female")
    assert subject.identifiers == {"http://hospital.example|A1"}
    assert subject.identity is Identity.NOT_CONFIRMED
    assert {f.field for f in record.facts} == {"sex", "birth_date"}


def test_a_patient_who_says_little() -> None:
    (record,) = read_bundle(
        dumped({"resourceType": "Patient", "gender": "unknown", "birthDate": "yesterday", "name": "X"})
    ).records
    assert record.facts == ()
    assert record.subject.label == "Unnamed"


def test_several_patients_stay_apart() -> None:
    two = [observation(ECOG, f"o{n}", valueInteger=n) | {"subject": {"reference": f"Patient/p{n}"}} for n in (1, 2)]
    got = read_bundle(as_bytes(patient("p1"), patient("p2"), *two))
    assert [r.values("ecog") for r in got.records] == [(1,), (2,)]
    assert len({r.subject.key for r in got.records}) == 2


def test_equal_ids_of_two_servers_mean_neither() -> None:
    data = bundle(patient("p1"), patient("p1", birthDate="1999-01-01"), observation(ECOG, valueInteger=1))
    data["entry"][1]["fullUrl"] = "http://other.example/fhir/Patient/p1"
    got = read_bundle(dumped(data))
    assert len(got.records) == 2
    assert [r.values("ecog") for r in got.records] == [(), ()]
    assert [r.values("ecog") for r in got.apart] == [(1,)]


def test_a_whole_address_on_another_server_is_another_patient() -> None:
    stranger = observation(ECOG, valueInteger=1) | {
        "subject": {"reference": "http://other.example/fhir/Patient/p1", "display": "B"}
    }
    got = read_bundle(as_bytes(patient("p1"), stranger))
    assert got.records[0].values("ecog") == ()
    assert (got.apart[0].subject.name, got.apart[0].values("ecog")) == ("B", (1,))


REFERENCES = [
    {"reference": "Patient/p1"},
    {"reference": "http://x.example/fhir/Patient/p1"},
    {"reference": "http://x.example/fhir/Patient/p1/_history/3"},
    {"reference": "p1"},
    {"reference": "Patient?identifier=http://hospital.example|A1"},
    {"type": "Patient", "identifier": {"system": "http://hospital.example", "value": "A1"}},
    {"identifier": {"system": "http://hospital.example", "value": "A1"}},
]


@pytest.mark.parametrize("reference", REFERENCES)
def test_references_in_every_form(reference: dict[str, Any]) -> None:
    got = read_bundle(as_bytes(patient("p1"), observation(ECOG, valueInteger=1) | {"subject": reference}))
    assert got.records[0].values("ecog") == (1,)


@pytest.mark.parametrize("reference", ["urn:uuid:aa-1", "aa-1"])
def test_references_by_uuid(reference: str) -> None:
    data = bundle(patient("p1"), observation(ECOG, valueInteger=1) | {"subject": {"reference": reference}})
    data["entry"][0]["fullUrl"] = "urn:uuid:aa-1"
    assert read_bundle(dumped(data)).records[0].values("ecog") == (1,)


def test_a_contained_patient() -> None:
    inside = observation(ECOG, valueInteger=2) | {"subject": {"reference": "#me"}}
    inside["contained"] = [{"resourceType": "Patient", "id": "me", "name": [{"text": "Ada In"}]}]
    (record,) = read_bundle(dumped(inside)).records
    assert (record.subject.name, record.values("ecog")) == ("Ada In", (2,))


def test_two_primary_cancers_are_told_apart_by_focus() -> None:
    other = condition(code=code(text="Lung cancer")) | {"id": "c2"}
    group = observation(code(LNC, "21908-9"), "g", valueString="IIA") | {"focus": [{"reference": "Condition/c2"}]}
    loose = observation(ECOG, "e", valueInteger=1)
    (record,) = read_bundle(as_bytes(patient(), condition(), other, group, loose)).records
    assert [(f.about, f.value) for f in record.all("cancer")] == [
        ("condition:c1", "Malignant neoplasm of breast"),
        ("condition:c2", "Lung cancer"),
    ]
    assert [f.about for f in record.all("stage_group")] == ["condition:c2"]
    assert [f.about for f in record.all("ecog")] == [None]


def test_repeated_deleted_and_nested_entries() -> None:
    ecog = observation(ECOG, valueInteger=1)
    inner = bundle(ecog)
    data = bundle(patient(), ecog, ecog, inner)
    data["entry"].append({"resource": observation(ECOG, "gone", valueInteger=3), "request": {"method": "DELETE"}})
    data["entry"].append("not an entry")
    got = read_bundle(dumped(data))
    assert got.records[0].values("ecog") == (1,)
    reasons = [r.reason for r in got.not_read]
    assert reasons.count("it repeats an earlier entry") == 2
    assert "the bundle asks to delete it" in reasons
    assert "the entry holds no resource" in reasons


def test_an_everything_answer_as_parameters() -> None:
    data = {
        "resourceType": "Parameters",
        "parameter": [{"resource": patient()}, {"resource": observation(ECOG, valueInteger=1)}],
    }
    assert read_bundle(dumped(data)).records[0].values("ecog") == (1,)


def test_bundles_within_bundles_end_somewhere() -> None:
    data = bundle(patient())
    for _ in range(6):
        data = bundle(data)
    assert read_bundle(dumped(data)).records == ()


def test_what_breaks_fhir_is_named_and_still_read() -> None:
    two_values = observation(ECOG, valueInteger=1, valueString="1")
    got = read_bundle(
        as_bytes(patient(), two_values, {"resourceType": "Nonsense", "id": "n", "subject": {"reference": "Patient/p1"}})
    )
    assert got.records[0].values("ecog") == (1,)
    assert [r.resource for r in got.invalid] == ["Observation/o1", "Nonsense/n"]
    assert "FHIR R4 has no resource Nonsense" in got.invalid[1].reason


def test_models_that_stumble_are_a_remark_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stumbling:
        @staticmethod
        def model_validate(_: object) -> None:
            raise TypeError("unhashable")

    monkeypatch.setattr(validity, "get_fhir_model_class", lambda _: Stumbling)
    got = read_bundle(as_bytes(patient()))
    assert got.invalid[0].reason == "not valid FHIR R4 (TypeError)"
    assert len(got.records) == 1


def test_half_characters_are_a_remark_too() -> None:
    got = read_bundle(dumped(patient(gender="\ud800", birthDate="\ud800")))
    assert got.records[0].subject.sex is None
    assert len(got.invalid) == 1


def test_everything_is_read_with_nothing_left() -> None:
    got = read_bundle(dumped(everything()))
    assert got.not_read == ()
    assert len(got.records[0].facts) > 25


CUT = dumped(everything())
TROUBLE: list[tuple[bytes, type[fhir.FhirError], str]] = [
    (b"", fhir.EmptyInput, "empty"),
    (b"\xef\xbb\xbf \n", fhir.EmptyInput, "empty"),
    (b"hello", fhir.NotJson, "line 1"),
    (b"\xff\xfe\x00\x01\x02", fhir.NotJson, "not JSON"),
    (b'"\xe9"', fhir.NotJson, "not JSON"),
    (b'{"resourceType": NaN}', fhir.NotJson, "NaN"),
    (b'{"a": ' + b"9" * 5000 + b"}", fhir.NotJson, "not JSON"),
    (b'{"resourceType": "Patient", oops}', fhir.NotJson, "column"),
    (CUT[: len(CUT) // 2], fhir.Truncated, "stops in the middle"),
    (CUT[:-1], fhir.Truncated, "stops in the middle"),
    (b'{"resourceType":"Patient"}\n{"resourceType":"Patient"}', fhir.NotJson, "NDJSON"),
    (b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"/>', fhir.XmlFhir, "XML"),
    (b"<ClinicalDocument/>", fhir.ClinicalDocument, "C-CDA"),
    (b"<html/>", fhir.NotJson, "HTML"),
    (b"[]", fhir.NotFhir, "list"),
    (b"{}", fhir.NotFhir, "resourceType"),
    (b'{"resourceType": "hello world"}', fhir.NotFhir, "resourceType"),
    (b'{"resourceType": ["Bundle"]}', fhir.NotFhir, "resourceType"),
    (b'{"resourceType": "Bundle", "entry": {}}', fhir.NotFhir, "not a list"),
    (b"[" * 200_000, fhir.TooDeep, "deep"),
    (b'{"a":' * 150 + b"1" + b"}" * 150, fhir.TooDeep, "deep"),
]


@pytest.mark.parametrize(("data", "error", "words"), TROUBLE)
def test_trouble_has_a_name_a_reason_and_advice(data: bytes, error: type[fhir.FhirError], words: str) -> None:
    with pytest.raises(error) as caught:
        read_bundle(data)
    assert words in caught.value.reason
    assert caught.value.advice in str(caught.value)


def test_more_bytes_than_a_bundle_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "MAX_BYTES", 10)
    with pytest.raises(fhir.TooLarge):
        read_bundle(b"x" * 11)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    data = json.dumps(patient(), ensure_ascii=False).encode(encoding)
    assert read_bundle(data).records[0].subject.name == "Ada Example"


def test_an_empty_bundle_is_an_empty_answer() -> None:
    got = read_bundle(b'{"resourceType": "Bundle", "type": "collection"}')
    assert (got.records, got.apart, got.not_read) == ((), (), ())


def test_swapped_inputs_change_the_output() -> None:
    first = read_bundle(as_bytes(patient(), node("Condition", code=code(text="Breast cancer"))))
    second = read_bundle(as_bytes(patient(), node("Condition", code=code(text="Lung cancer"))))
    assert first.document != second.document
    assert first.records[0].values("site") != second.records[0].values("site")
    assert MCODE.startswith("http://hl7.org/")
