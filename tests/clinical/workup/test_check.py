"""What the record of a tumour lacks, and what is said about it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical.knowledge import load, names
from overread.clinical.record import (
    FIELDS,
    Document,
    Domain,
    Fact,
    Icdo3Morphology,
    Icdo3Topography,
    Identity,
    Kind,
    Method,
    OncoTree,
    Provenance,
    Record,
    Subject,
)
from overread.clinical.workup import Quality, check
from overread.clinical.workup.elements import EVERY_RECORD, metastatic
from overread.clinical.workup.tumours import ROWS, TITLES, find
from overread.clinical.workup.wording import NO_LIMITS

TODAY = date(2026, 11, 21)
M, T = Icdo3Morphology, Icdo3Topography
CONFIRMED = Subject("s", birth_date="1960-01-01", identity=Identity.CONFIRMED)


def fact(field, value, on=None, about=None, document="d", method=Method.CODED, confidence=None):
    return Fact(field, value, Provenance(document, method, confidence=confidence), about, on)


def record(*facts, subject=CONFIRMED, documents=(), **values):
    return Record(subject, documents, (*facts, *(fact(name, value) for name, value in values.items())))


def labels(found, conditional=False):
    return {m.label for m in found.missing if bool(m.condition) is conditional}


@pytest.mark.parametrize(
    "values, schema",
    [
        ({"site_code": T("C50.4")}, "breast"),
        ({"site_code": T("C18")}, "colon_rectum"),
        ({"site": "uterus", "histology": "Carcinosarcoma"}, "corpus_carcinoma"),
        ({"site_code": T("C34")}, "lung_v9_2025"),
        ({"site_code": T("C18.1")}, "appendix_v9_2023"),
        ({"cancer": "Primary malignant neoplasm of female left breast (disorder)"}, "breast"),
        ({"site": "Sigmoid colon", "histology": "Adenocarcinoma"}, "colon_rectum"),
        ({"site": "Gallbladder"}, "gallbladder"),
        ({"site": "Urinary bladder"}, "bladder"),
        ({"site": "stomach", "histology": "Gastrointestinal stromal tumour"}, "gist"),
        ({"site_code": T("C16.2"), "histology_code": M("8936/3")}, "gist"),
        ({"site_code": T("C16.2"), "histology_code": M("9680/3")}, "lymphoma"),
        ({"site": "stomach", "histology": "Diffuse large B-cell lymphoma"}, "lymphoma"),
        ({"site_code": T("C44.5"), "histology_code": M("8720/3")}, "melanoma_skin"),
        ({"site": "skin of back", "histology": "Malignant melanoma"}, "melanoma_skin"),
        ({"site_code": T("C62.9"), "histology_code": M("9061/3")}, "testis"),
        ({"cancer": "Glioblastoma"}, "brain_v9_2023"),
        ({"site_code": T("C38.4"), "histology_code": M("9050/3")}, "pleural_mesothelioma_v9_2025"),
    ],
)
def test_which_tumour(values, schema):
    tumour, reason = find(record(**values))
    assert (tumour.schema, tumour.title, reason) == (schema, TITLES[schema], None)


@pytest.mark.parametrize(
    "values, reason",
    [
        ({}, "no diagnosis is recorded yet"),
        ({"age": 60}, "no diagnosis is recorded yet"),
        ({"specimen": "biopsy"}, "does not say which tumour"),
        ({"er": "positive"}, "does not say which tumour"),
        ({"site": "somewhere"}, "has no list"),
        ({"cancer": "Lung cancer", "site": "breast"}, "words speak of more than one tumour"),
        ({"site": "breast", "histology": "Angiosarcoma"}, "has no list"),
        ({"site_code": T("C25.4"), "histology_code": M("8246/3")}, "has no list"),
        ({"oncotree": OncoTree("IDC")}, "has no list"),
    ],
)
def test_abstains_where_the_tumour_cannot_be_told(values, reason):
    found = check(record(**values), TODAY)
    assert found.tumour is None and reason in found.no_tumour and found.no_tumour in found.limitations
    assert "report elements and biomarkers of this tumour" in {n.label for n in found.not_checked}


def test_two_codes_of_two_organs():
    found = find(record(fact("site_code", T("C50.4")), fact("site_code", T("C34.1"))))
    assert found == (None, "the record's codes speak of more than one tumour: Breast, Lung [V9: 2025+]")


def test_an_empty_record():
    found = check(Record(Subject("x")), TODAY)
    assert labels(found) == {"imaging", "clinical notes", "ECOG performance status", "age or date of birth"}
    assert labels(found, conditional=True) == {"pathology report"}  # nobody may have taken tissue
    assert "The record holds no facts." in found.limitations and "has not been confirmed" in found.limitations
    assert "T category" not in labels(found)  # nobody knows whether this tumour has one


def test_of_a_spot_that_nobody_diagnosed_no_laboratory_is_asked():
    """Two scans and no tissue: there is no laboratory that reported a specimen, and no tumour to test."""
    scans = record(fact("modality", "CT"), fact("finding", "solid nodule", about="lesion:1"), age=69, ecog=0)
    (asked,) = check(scans, TODAY).missing
    assert (asked.label, asked.who) == ("pathology report", "the referring physician")
    assert asked.condition == "if tissue was taken (the record names none)"
    assert "what the cancer is (histology)" in labels(check(record(specimen="biopsy"), TODAY))


def test_a_breast_record_with_gaps():
    found = check(record(site="breast", histology="Ductal carcinoma", er="positive", t="T2", n="N0", m="M0"), TODAY)
    assert labels(found) == {
        "imaging",
        "clinical notes",
        "edition of the staging manual",
        "ECOG performance status",
        "PR",
        "HER2",
        "Grade",
        "Ki-67",
        "ultrasound of the axilla before treatment",
        "edition of the WHO classification that the pathology report follows",
        "protocol that the pathology report follows (CAP, RCPath, ICCR)",
    }
    pr = next(m for m in found.missing if m.label == "PR")
    assert (pr.fields, pr.domain, pr.source) == (
        ("pr",),
        Domain.MOLECULAR,
        "ASCO biomarkers guideline pocket guide (2022)",
    )
    assert "Was this determined, and with what result: PR?" in {q.text for q in found.questions}
    assert {q.to for q in found.questions} >= {"the radiology department that made the study", pr.who}
    assert labels(found, conditional=True) == set()  # M0: what only spread disease owes is not asked
    assert "ER Percent Positive" in {n.label for n in found.not_checked}


def test_birth_date_may_stand_with_the_person_or_as_a_fact():
    nobody = Subject("x")
    assert "age or date of birth" in labels(check(record(subject=nobody), TODAY))
    assert "age or date of birth" not in labels(check(record(subject=CONFIRMED), TODAY))
    assert "age or date of birth" not in labels(check(record(subject=nobody, age=60), TODAY))


@pytest.mark.parametrize(
    "values, owed, conditional",
    [
        ({"histology": "Adenocarcinoma", "m": "M1a"}, True, False),
        ({"histology": "Adenocarcinoma"}, False, True),
        ({"m": "M1b"}, False, True),
        ({"histology": "Adenocarcinoma", "m": "M0"}, False, False),
        ({"histology": "Squamous cell carcinoma", "m": "M1b"}, False, False),
        ({"histology": "Non-small cell carcinoma", "m": "M1b"}, False, True),
        ({"histology": "Adenocarcinoma", "m": "M1b", "ros1": "negative"}, False, False),
        ({"histology": "Adenocarcinoma", "m": "M1b", "variant": "ROS1 fusion"}, True, False),
    ],
)
def test_lung_markers_by_histology_and_spread(values, owed, conditional):
    found = check(record(site="Lung", **values), TODAY)
    assert ("ROS1" in labels(found), "ROS1" in labels(found, True)) == (owed, conditional)


def test_a_gene_named_in_a_variant_counts_as_tested():
    missing = labels(check(record(site="prostate", m="M1b", variant="CHEK2 c.1100delC"), TODAY))
    assert "CHEK2" not in missing and {"ATM", "BRCA2"} <= missing


def test_questions_that_guidance_leaves_to_the_situation():
    found = check(record(site="breast", m="M1"), TODAY)
    pdl1 = next(m for m in found.missing if m.label == "PD-L1")
    assert pdl1.condition == "if immunotherapy is being considered"
    assert any("It matters if immunotherapy" in q.text for q in found.questions)
    assert "Possibly owed" in found.limitations


@pytest.mark.parametrize(
    "values, spread",
    [
        ({"m": "M1b"}, True),
        ({"m": "pM0"}, False),
        ({"m": "MX"}, None),
        ({}, None),
        ({"stage_group": "Stage IIA"}, False),
        ({"stage_group": "IVA"}, None),
        ({"stage_group": "II", "m": "M1"}, True),
    ],
)
def test_spread(values, spread):
    assert metastatic(record(**values)) is spread


def test_spread_contradicted():
    assert metastatic(record(fact("m", "M0"), fact("m", "M1"))) is None


def test_the_whole_case_speaks_before_its_specimens_and_history_is_not_this_cancer():
    site, other = fact("site", "Kidney"), fact("histology", "Lymphoma", about="specimen:N")
    assert find(record(site, fact("histology", "Clear cell carcinoma"), other))[0].schema == "kidney_parenchyma"
    assert find(record(fact("histology", "Lymphoma", about="specimen:N")))[0].schema == "lymphoma"
    assert find(record(fact("histology", "Lymphoma", about="history")))[0] is None


# staleness


def test_imaging_from_before_the_treatment_is_stale():
    found = check(
        record(
            fact("study", "CT chest", "2026-01"),
            fact("ecog", 1, "2026-02-01"),
            fact("treatment_given", "Lobectomy", "2026-03-01"),
        ),
        TODAY,
    )
    assert [(s.label, s.days) for s in found.stale] == [("imaging", 294), ("performance status", 293)]
    assert "Possibly out of date: imaging, performance status." in found.limitations
    assert any(q.text.startswith("Is there a newer result than this: imaging") for q in found.questions)


@pytest.mark.parametrize(
    "facts",
    [
        [fact("study", "CT", "2026-04-01"), fact("treatment_given", "Lobectomy", "2026-03-01")],
        [fact("study_date", "2026-04-01"), fact("treatment_given", "Lobectomy", "2026-03-01")],
        [fact("study", "CT", "2026-02-01"), fact("treatment_given", "Biopsy of lung", "2026-03-01")],
        [fact("study", "CT"), fact("treatment_given", "Lobectomy", "2026-03-01")],
        [fact("study", "CT", "2026"), fact("treatment_given", "Lobectomy", "2026-03-01")],
        [fact("study", "CT", "2026-02-01"), fact("treatment_given", "Lobectomy", "2027")],
        [fact("study", "CT", "long ago"), fact("treatment_given", "Lobectomy")],
    ],
)
def test_not_stale_without_a_certain_reason(facts):
    assert check(record(*facts), TODAY).stale == ()


def test_an_installations_own_limit():
    scan = fact("study", "CT", "2026-10-01")
    assert [s.label for s in check(record(scan), TODAY, limits={Domain.IMAGING: 28}).stale] == ["imaging"]
    assert check(record(scan), TODAY, limits={Domain.IMAGING: 90}).stale == ()
    unset = {n.label for n in check(record(scan), TODAY).not_checked}
    assert "how old a result may be" in unset
    assert "how old a result may be" not in {
        n.label for n in check(record(scan), TODAY, limits={Domain.IMAGING: 90}).not_checked
    }


def test_layers_tell_their_newest_day():
    found = check(
        record(fact("study", "CT", "2026-10-01"), fact("study", "CT", "2026-11-20"), fact("er", "positive")), TODAY
    )
    assert [(layer.domain, layer.facts, layer.days) for layer in found.layers] == [
        (Domain.IMAGING, 2, 1),
        (Domain.PATHOLOGY, 0, None),
        (Domain.MOLECULAR, 1, None),
        (Domain.CLINICAL, 0, None),
    ]


# documents


@pytest.mark.parametrize(
    "document, facts, quality, reasons",
    [
        (Document("d", "Bundle", "fhir", on="2026"), [fact("er", "positive")], Quality.GOOD, 0),
        (Document("d", "CT", "dicom", on="2026"), [], Quality.GOOD, 0),
        (Document("d", "Bundle", "fhir"), [fact("er", "positive", "2026")], Quality.GOOD, 0),
        (Document("d", "Note", "note", text="x"), [fact("report_date", "2026-08-20")], Quality.GOOD, 0),
        (Document("d", "Report", "report", text="x"), [fact("er", "positive")], Quality.FAIR, 1),
        (
            Document("d", "Scan", "scan", text="x", on="2026"),
            [fact("er", "positive", method=Method.OCR)],
            Quality.FAIR,
            1,
        ),
        (Document("d", "Note", "note", text="x", on="2026"), [fact("er", "positive", confidence=0.5)], Quality.FAIR, 1),
        (Document("d", "Empty", "report", text=" "), [], Quality.POOR, 3),
        (
            Document("d", "Silent", "report", text="Lorem", on="2026"),
            [fact("er", "positive", document="other")],
            Quality.POOR,
            1,
        ),
    ],
)
def test_document_quality(document, facts, quality, reasons):
    found = check(record(*facts, documents=(document,)), TODAY)
    assert [(d.quality, len(d.reasons)) for d in found.documents] == [(quality, reasons)]
    assert (f"“{document.title}” is of {quality} quality" in found.limitations) == (quality is not Quality.GOOD)


def test_a_record_without_gaps_says_so_and_still_names_what_was_not_looked_for():
    full = record(
        histology="Medullary",
        site="parathyroid",
        ecog=0,
        er="negative",
        study="CT",
        psa=1.0,
        protocol="CAP protocol; WHO classification 2022",
    )  # an unknown tumour: only the core is checked
    found = check(full, TODAY)
    assert found.missing == () and NO_LIMITS not in found.limitations  # the tumour is unknown, and that is a limitation
    gist = record(
        site="stomach",
        histology="GIST",
        ecog=0,
        kit="positive",
        study="CT",
        grade="low",
        smoking="never",
        protocol="WHO classification 2020, CAP protocol",
    )
    assert check(gist, TODAY).missing == ()
    assert check(gist, TODAY).limitations.startswith(NO_LIMITS)


# knowledge


def test_every_row_leads_to_a_registry_schema_and_every_field_exists():
    items = load("workup", "required_elements")["items"]
    assert {row.schema for row in ROWS} <= TITLES.keys()
    assert len(TITLES) == 141
    for row in load("workup", "required_elements").rows:
        assert set(row["items"]) <= items.keys()
    named = [f for item in items.values() for f in item["fields"]]
    named += [f for row in load("workup", "biomarkers").rows for test in row["tests"] for f in test.get("fields", ())]
    named += [f for row in load("workup", "core").rows for f in row["fields"]]
    assert set(named) <= FIELDS.keys()


def test_every_biomarker_row_names_a_source_and_a_group_that_exists():
    file = load("workup", "biomarkers")
    groups = {row.group for row in ROWS} | {"any_solid"}
    assert {row["evidence"] for row in file.rows} == {source.id for source in file.sources}
    assert {group for row in file.rows for group in row["groups"]} <= groups
    assert names("workup") == (
        "biomarkers",
        "contradictions",
        "core",
        "imaging",
        "marker_names",
        "required_elements",
        "treatments",
        "tumours",
    )


# properties


def _value(spec):
    text = st.sampled_from(
        ["breast", "Lung carcinoma", "M1", "pN2a", "T4", "\x00", "é" * 5000, "left colon"]
    ) | st.text(min_size=1)
    return {
        Kind.TEXT: text.filter(str.strip),
        Kind.CHOICE: st.sampled_from(spec.choices or ("-",)),
        Kind.NUMBER: st.integers(-5, 500) | st.floats(-1e9, 1e9),
        Kind.FLAG: st.booleans(),
        Kind.DATE: st.sampled_from(["1900", "2026-02", "2999-12-31"]),
        Kind.CODE: st.sampled_from([M("8500/3"), M("9680"), T("C50"), T("C34.1"), OncoTree("IDC")]),
    }[spec.kind]


@st.composite
def records(draw):
    picked = draw(st.lists(st.sampled_from(sorted(FIELDS)), max_size=10))
    days = st.sampled_from([None, "2018", "2018-13", "2018-02-30", "2018-03-09T10:00:00Z", "9999-12-31", "x"])
    facts = [fact(n, draw(_value(FIELDS[n])), draw(days), draw(st.sampled_from([None, "specimen:A"]))) for n in picked]
    return record(*facts, subject=draw(st.sampled_from([CONFIRMED, Subject("x", birth_date="not a date")])))


@given(records())
def test_total_and_each_gap_once(case):
    found = check(case, TODAY)
    asked_twice = ((), ("protocol",))  # by its label: no field, or one that is asked two things
    assert len({m.label if m.fields in asked_twice else m.fields for m in found.missing}) == len(found.missing)
    assert len(set(found.questions)) == len(found.questions) and found.limitations


@given(records(), st.sampled_from(["er", "grade", "edition", "ecog", "study"]))
def test_a_fact_more_never_opens_the_gap_it_fills(case, name):
    value = {"er": "positive", "grade": "G2", "edition": "8", "ecog": 1, "study": "CT"}[name]
    fuller = Record(case.subject, case.documents, (*case.facts, fact(name, value)))
    assert not any(name in m.fields for m in check(fuller, TODAY).missing)


# imaging that guidance asks for, and what studies say of its age

LUNG = {"site_code": T("C34.1"), "histology": "Adenocarcinoma"}


def scan(modality, about=None, on=None, document="ct", **values):
    facts = [fact("modality", modality, on, document=document)]
    return [*facts, *(fact(name, value, on, about, document) for name, value in values.items())]


@pytest.mark.parametrize(
    "values, scans, owed, asked",
    [
        ({**LUNG, "m": "M0"}, [], {"CT of the chest, with liver, adrenals and lower neck"}, {"PET-CT"}),
        ({**LUNG, "m": "M0"}, scan("CT", lesion_location="left upper lobe"), set(), {"PET-CT"}),
        ({**LUNG, "m": "M0"}, scan("CT"), set(), {"PET-CT"}),  # which part of the body is not said
        (
            {**LUNG, "m": "M0"},
            scan("CT", lesion_location="brain"),
            {"CT of the chest, with liver, adrenals and lower neck"},
            {"PET-CT"},
        ),
        ({**LUNG, "m": "M0"}, scan("PET/CT"), set(), set()),
        ({**LUNG, "m": "M0"}, [fact("study", "PET-CT, skull base to thigh"), fact("study", "CT chest")], set(), set()),
        ({**LUNG, "m": "M1b"}, scan("CT"), set(), set()),  # not with curative intent
        ({"site": "Rectum"}, scan("CT"), set(), {"MRI of the pelvis"}),
        ({"site": "Rectum", "m": "M0"}, scan("CT"), {"MRI of the pelvis"}, set()),
        ({"site": "Sigmoid colon", "m": "M0"}, scan("CT"), set(), set()),
        ({"site": "Prostate"}, [], set(), {"MRI of the prostate", "bone scan"}),
        ({"site": "Thyroid"}, [], {"ultrasound of the neck before thyroidectomy"}, set()),
        (
            {"site": "Thigh", "histology": "Liposarcoma of the thigh"},
            [],
            {"MRI of the tumour", "CT of the chest"},
            set(),
        ),
        ({"site": "Kidney"}, [], set(), set()),  # no sourced rule
    ],
)
def test_expected_imaging(values, scans, owed, asked):
    found = check(record(*scans, **values), TODAY)
    imaging = [m for m in found.missing if m.domain is Domain.IMAGING and m.source != EVERY_RECORD]
    assert {m.label for m in imaging if not m.condition} == owed
    assert {m.label for m in imaging if m.condition} == asked
    assert all(m.source and m.who for m in imaging)


def test_where_no_rule_is_known_the_check_says_so():
    assert "which imaging this tumour needs" in {n.label for n in check(record(site="Kidney"), TODAY).not_checked}
    assert "which imaging this tumour needs" not in {n.label for n in check(record(**LUNG), TODAY).not_checked}


@pytest.mark.parametrize(
    "on, study_date, old",
    [("2026-11-01", None, False), ("2026-10-24", None, True), (None, "2026-09-01", True), (None, None, False)],
)
def test_imaging_that_a_study_found_to_be_soon_overtaken(on, study_date, old):
    dated = [fact("study_date", study_date, document="ct")] if study_date else []
    found = check(record(*scan("PET/CT", on=on), *dated, **LUNG), TODAY)
    assert [s.label for s in found.stale] == (["PET-CT"] if old else [])
    assert all("13 of 17" in s.why and "no guideline limit is known" in s.why for s in found.stale)


@pytest.mark.parametrize(
    "words, owed",
    [("WHO Classification 2021", {"protocol"}), ("CAP protocol", {"edition"}), ("", {"protocol", "edition"})],
)
def test_the_classification_and_the_protocol_of_the_report(words, owed):
    stated = {"protocol": words} if words else {}
    found = labels(check(record(**LUNG, **stated), TODAY))
    assert {label.split()[0] for label in found if "pathology report follows" in label} == owed
    assert not any("pathology report follows" in label for label in labels(check(record(site="lung"), TODAY)))
