"""What is written is valid, the same each time, and reads back to the same facts."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overread.clinical.record import (
    FIELDS,
    Fact,
    Icd10Cm,
    Icdo3Morphology,
    Icdo3Topography,
    Loinc,
    Method,
    Modality,
    OncoTree,
    Opinion,
    Provenance,
    Record,
    SnomedCt,
    Subject,
    TreatmentOption,
)
from overread.clinical.record.fields import FieldSpec, Kind
from overread.interop import fhir
from overread.interop.fhir import Report, ReportStatus, read_bundle, write, write_bundle
from tests.interop.fhir.bundles import everything

SUBJECT = Subject("case:1", "Ada Example", "1960-02-03", "female", frozenset({"http://h|1", "bare"}))
DAYS = st.one_of(
    st.none(), st.dates().map(str), st.dates().map(lambda d: str(d)[:7]), st.dates().map(lambda d: str(d)[:4])
)
WORDS = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=40).map(str.strip).filter(bool)
CODES = st.sampled_from(
    [
        Icdo3Topography("C50.4"),
        Icdo3Morphology("8500/3"),
        OncoTree("IDC"),
        Icd10Cm("C50.9"),
        SnomedCt("254837009"),
        Loinc("85337-4"),
    ]
)
NUMBERS = st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9, allow_nan=False, allow_infinity=False)


def values(spec: FieldSpec) -> st.SearchStrategy[Any]:
    return {
        Kind.TEXT: WORDS,
        Kind.CHOICE: st.sampled_from(spec.choices or ("x",)),
        Kind.NUMBER: NUMBERS,
        Kind.FLAG: st.booleans(),
        Kind.DATE: st.dates().map(str),
        Kind.CODE: CODES,
    }[spec.kind]


@st.composite
def any_fact(draw: st.DrawFn) -> Fact:
    spec = FIELDS[draw(st.sampled_from(sorted(FIELDS)))]
    where = Provenance(draw(st.sampled_from(["d1", "d2"])), Method.TEXT, author=draw(st.none() | WORDS))
    return Fact(spec.name, draw(values(spec)), where, draw(st.none() | WORDS), draw(DAYS))


def told(record: Record) -> list[tuple[object, ...]]:
    facts = {(f.field, type(f.value), f.value, f.about, f.on, f.provenance.author) for f in record.facts}
    return sorted(facts, key=repr)


@settings(max_examples=60, deadline=None)
@given(st.lists(any_fact(), max_size=8))
def test_reading_what_was_written_keeps_every_fact(facts: list[Fact]) -> None:
    record = Record(SUBJECT, facts=tuple(facts))
    got = read_bundle(write_bundle(record))
    own = {"sex": "female", "birth_date": "1960-02-03"}
    on_patient = [Fact(k, v, Provenance("x", Method.CODED)) for k, v in own.items()]
    assert told(got.records[0]) == told(Record(SUBJECT, facts=(*facts, *on_patient)))
    assert got.invalid == ()
    assert got.not_read == ()


def plain_facts(**values: Any) -> Record:
    facts = (Fact(k, v, Provenance("a" * 64, Method.CODED), on="2020-01-02") for k, v in values.items())
    return Record(SUBJECT, facts=tuple(facts))


def resources(data: bytes, kind: str) -> list[dict[str, Any]]:
    return [e["resource"] for e in json.loads(data)["entry"] if e["resource"]["resourceType"] == kind]


def test_others_can_read_it_without_our_extension() -> None:
    known: dict[str, Any] = {
        "cancer": "Breast cancer", "comorbidity": "Gout", "metastasis": "Metastatic carcinoma", "t": "T3", "n": "N0", "m": "M0",
        "stage_group": "IIB", "er": "positive", "pr": "negative", "her2": "equivocal", "ki67": 30, "psa": 4.5, "tmb": 5, "ecog": 1,
        "tumor_size": 25, "smoking": "former", "pack_years": 20, "nodes_positive": 1, "nodes_examined": 9, "disease_status": "stable",
        "variant": "KRAS G12C", "treatment_given": "Mastectomy", "treatment_proposed": "Radiotherapy", "medication": "letrozole",
        "procedure": "Core biopsy", "margin": "uninvolved", "lvi": "absent", "breslow": 1.5, "grade": "2", "gleason": "3+4=7",
    }  # fmt: skip
    data = json.loads(write_bundle(plain_facts(**known)))
    for entry in data["entry"]:
        entry["resource"].pop("extension", None)
    read = {f.field: f.value for f in read_bundle(json.dumps(data).encode()).records[0].facts}
    assert {k: read.get(k) for k in known} == known


def test_writing_is_deterministic_and_names_mcode_profiles() -> None:
    record = plain_facts(t="T3", er="positive")
    assert write_bundle(record) == write_bundle(record)
    profiles = [r["meta"]["profile"][0].rsplit("/", 1)[1] for r in resources(write_bundle(record), "Observation")]
    assert profiles == ["mcode-tnm-primary-tumor-category", "mcode-tumor-marker-test"]


NOW = "2026-11-21T10:00:00Z"


@pytest.mark.parametrize(
    ("report", "status", "words"),
    [
        (Report("r1", "Second opinion", NOW), "preliminary", "DRAFT, not signed."),
        (Report("r1", "Second opinion", NOW, "Agreed."), "preliminary", "DRAFT, not signed. Agreed."),
        (Report("r1", "Second opinion", NOW, "Agreed.", ReportStatus.SIGNED, "Dr. R", b"%PDF-"), "final", "Agreed."),
        (Report("r2", "Second opinion", NOW, "", ReportStatus.AMENDED, "Dr. R"), "amended", None),
    ],
)
def test_the_report_says_whether_it_is_signed(report: Report, status: str, words: str | None) -> None:
    data = write_bundle(plain_facts(t="T3"), report=report)
    (node,) = resources(data, "DiagnosticReport")
    assert (node["status"], node.get("conclusion")) == (status, words)
    assert ("resultsInterpreter" in node) == (report.signed_by is not None)
    assert ("presentedForm" in node) == (report.pdf is not None)
    (source,) = resources(data, "Provenance")
    assert source["entity"][0]["what"]["identifier"]["value"].endswith("a" * 64)


def test_a_report_about_nothing_has_no_results() -> None:
    (node,) = resources(write_bundle(Record(Subject("k")), report=Report("r", "t", NOW)), "DiagnosticReport")
    assert "result" not in node


def test_a_draft_has_no_signature_and_a_signed_report_has_one() -> None:
    for status, signer in ((ReportStatus.DRAFT, "Dr. R"), (ReportStatus.SIGNED, None)):
        with pytest.raises(ValueError, match="signature"):
            Report("r", "t", NOW, status=status, signed_by=signer)


def test_opinions_become_results_and_plans() -> None:
    fact = Fact("stage_group", "IIA", Provenance("opinion", Method.ENTERED))
    options = (
        TreatmentOption("Mastectomy", Modality.SURGERY, benefits="cure", harms="scar", recommended=True),
        TreatmentOption("Waiting", Modality.SURVEILLANCE),
    )
    opinions = [Opinion("Dr. Second", "pathology", (fact,), options), Opinion("Dr. Quiet", "radiology")]
    data = write_bundle(plain_facts(t="T3"), opinions=opinions, report=Report("r", "t", NOW))
    (plan,) = resources(data, "CarePlan")
    assert [a["detail"]["description"] for a in plan["activity"]] == [
        "Mastectomy (recommended). Benefits: cure. Harms: scar",
        "Waiting",
    ]
    (report,) = resources(data, "DiagnosticReport")
    said = [o for o in resources(data, "Observation") if {"reference": f"urn:uuid:{o['id']}"} in report["result"]]
    assert [(o["performer"][0]["display"], o["valueCodeableConcept"]["text"]) for o in said] == [("Dr. Second", "IIA")]


def test_what_is_not_valid_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "complaint", lambda node, kind: "broken")
    with pytest.raises(fhir.NotWritten):
        write_bundle(plain_facts(t="T3"))


def test_our_extension_with_wrong_parts_is_ignored() -> None:
    data = json.loads(write_bundle(plain_facts(t="T3", ecog=1, oncotree=OncoTree("IDC"), psa=4.5)))
    wrong = {
        "SnomedCt": "x",
        "int": "1e5",
        "float": "many",
        "bool": "Maybe",
        "Nothing": "1",
        "Icdo3Morphology": "8500/3",
    }
    nodes = [e["resource"] for e in data["entry"] if "extension" in e["resource"]]
    for kind, value in wrong.items():
        node = json.loads(json.dumps(nodes[0]))
        node["id"] = kind
        for part in node["extension"][0]["extension"]:
            part["valueString"] = {"type": kind, "value": value}.get(part["url"], part["valueString"])
        node["extension"][0]["extension"].append(7)
        data["entry"].append({"resource": node})
    got = read_bundle(json.dumps(data).encode())
    assert sorted(r.resource.split("/")[1] for r in got.not_read) == sorted(wrong)
    assert got.records[0].values("psa") == (4.5,)


def test_a_record_read_elsewhere_is_written_and_read_again() -> None:
    record = read_bundle(json.dumps(everything()).encode()).records[0]
    again = read_bundle(write_bundle(record)).records[0]
    assert told(again) == told(record)
    assert again.subject.identifiers == record.subject.identifiers
