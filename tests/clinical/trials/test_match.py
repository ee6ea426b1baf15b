"""Criteria against records written by hand: met, not met, or unknown and why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overread.clinical.record import Fact, Icdo3Morphology, Icdo3Topography, Method, Provenance, Record, Subject, Value
from overread.clinical.trials import CriterionKind, Trial, TrialMatch, Verdict, Why, match, split_criteria

DAY = date(2026, 11, 21)
MET, NOT, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
JENNY: dict[str, Value] = {
    "sex": "female", "birth_date": "1965-01-01", "cancer": "Primary malignant neoplasm of female left breast",
    "er": "positive", "pr": "negative", "her2": "negative", "stage_group": "IIB", "t": "cT3", "n": "cN0", "m": "cM0",
    "ecog": 0, "lab": "Neutrophils [#/volume] in Blood: 3000 10*3/uL", "medication": "doxorubicin",
}  # fmt: skip


def fact(name: str, value: Value, on: str | None = None) -> Fact:
    return Fact(name, value, Provenance("bundle", Method.CODED, path=name), on=on)


def record(**facts: Value) -> Record:
    return Record(Subject("s"), (), tuple(fact(n, v) for n, v in facts.items()))


def asked(text: str, who: Record, kind: str = "Inclusion") -> tuple[Verdict, Why | None]:
    found = matched(f"{kind} Criteria:\n* {text}", who).criteria[-1]
    assert all(f in who.facts for f in found.facts)
    assert found.satisfied is (found.verdict is MET)
    return found.verdict, found.why


def matched(text: str, who: Record, **fields: object) -> TrialMatch:
    trial = Trial("NCT00000001", "T", eligibility=text, criteria=split_criteria(text), **fields)  # type: ignore[arg-type]
    assert all(c.span.of(text) == c.text for c in trial.criteria)
    return match(who, trial, DAY)


INCLUSIONS = [
    ("ECOG performance status 0-1.", MET),
    ("ECOG =< 1", MET),
    ("ECOG < 2", MET),
    ("ECOG performance status of 0", MET),
    ("ECOG of 0, 1 or 2", MET),
    ("ECOG > 1", NOT),
    ("ECOG at least 2", NOT),
    ("ECOG performance status  2", UNKNOWN),  # the sign was lost on the way
    ("Age ≥18 years", MET),
    ("Age > 70", NOT),
    ("Age < 62 years", MET),
    ("18 years of age or older", MET),
    ("50 years or younger", NOT),
    ("Aged 18 to 75 years", MET),
    ("Age 18-60 years old", NOT),
    ("Age ≤ 75 years", MET),
    ("Age: Not specified", UNKNOWN),
    ("Female", MET),
    ("Male", NOT),
    ("Women or men", MET),
    ("Stage II or III breast cancer", MET),
    ("Stage IIA-IIIC", MET),
    ("Stage I-III-IV", UNKNOWN),
    ("Stage IV", NOT),
    ("Stage 0 or 1", NOT),
    ("Stage IIB1 breast cancer", MET),
    ("HER2-negative breast cancer", MET),
    ("HER2-, breast cancer", MET),
    ("HER2 positive", NOT),
    ("ER - positive", UNKNOWN),
    ("ER+ and/or PR+", MET),
    ("Hormone receptor negative", NOT),
    ("ER positive and PR positive", NOT),
    ("ER positive or HER2 positive", MET),
    ("PR positive or HER2 positive", NOT),
    ("ER positive, HER2 positive", UNKNOWN),
    ("Triple negative breast cancer", NOT),
    ("Metastatic breast cancer", NOT),
    ("Measurable metastatic breast cancer", NOT),
    ("No distant metastases", MET),
    ("M0 disease", MET),
    ("No brain metastases", UNKNOWN),
    ("Brain metastatic disease", UNKNOWN),
    ("No stage IV and no HER2 positive disease", UNKNOWN),
    ("Node-negative", MET),
    ("N0", MET),
    ("Node-positive", NOT),
    ("Invasive breast cancer", MET),
    ("Lung cancer", NOT),
    ("Cancer of the breast", MET),
    ("EGFR mutation", UNKNOWN),
    ("Histologically confirmed breast cancer", UNKNOWN),
    ("Postmenopausal", UNKNOWN),
    ("Platelets ≥ 5 x 10^6/L", UNKNOWN),
    ("Prior doxorubicin", MET),
    ("Prior therapy with palbociclib", UNKNOWN),
    ("Platelets ≥ 100,000/mm3", UNKNOWN),
    ("Absolute neutrophil count ≥ 1,500/µL", UNKNOWN),  # 3,000,000 per µL cannot be right
    ("Stage II, if HER2 positive", UNKNOWN),
    ("Patients with stage IIB are not eligible", NOT),
    ("Willing to travel", UNKNOWN),
    ("Stage II with fancy extras", UNKNOWN),
    ("Stage II " + "x" * 3000, UNKNOWN),
]


@pytest.mark.parametrize(("text", "verdict"), INCLUSIONS)
def test_inclusions_on_one_patient(text: str, verdict: Verdict) -> None:
    assert asked(text, record(**JENNY))[0] is verdict


EXCLUSIONS = [
    ("Metastatic disease", MET),
    ("Patients with Stage I or IV breast cancer are not eligible.", MET),
    ("HER2 negative breast cancer", NOT),
    ("No distant metastasis", UNKNOWN),
    ("Stage IV, HER2 negative", UNKNOWN),
    ("Pregnant", UNKNOWN),
    ("Stage IV with visceral crisis", UNKNOWN),
]


@pytest.mark.parametrize(("text", "verdict"), EXCLUSIONS)
def test_exclusions_on_one_patient(text: str, verdict: Verdict) -> None:
    assert asked(text, record(**JENNY), "Exclusion")[0] is verdict


@pytest.mark.parametrize(
    "text",
    sorted({t for t, v in INCLUSIONS if v is not UNKNOWN} - {"Women or men", "Measurable metastatic breast cancer"}),
)
def test_an_empty_record_says_nothing(text: str) -> None:
    assert asked(text, record()) == (UNKNOWN, Why.RECORD_SILENT)


@pytest.mark.parametrize(
    ("text", "facts", "verdict"),
    [
        ("Pregnant", {"sex": "male"}, NOT),
        ("Histologically confirmed", {"histology": "Infiltrating duct carcinoma"}, MET),
        ("Invasive", {"histology": "Infiltrating duct carcinoma"}, MET),
        ("Invasive", {"histology": "Ductal carcinoma in situ"}, NOT),
        ("Invasive", {"histology": "No invasive carcinoma"}, UNKNOWN),
        ("Invasive", {"histology": "Carcinoma"}, UNKNOWN),
        ("Invasive", {"histology_code": Icdo3Morphology("8500/2")}, NOT),
        ("Invasive", {"histology_code": Icdo3Morphology("8500/2"), "t": "T2"}, UNKNOWN),
        ("Breast cancer", {"site_code": Icdo3Topography("C50.4")}, MET),
        ("Breast cancer", {"site_code": Icdo3Topography("C69.0")}, NOT),
        ("Breast cancer", {"site": "breast", "cancer": "lung cancer"}, UNKNOWN),
        ("Breast cancer", {"cancer": "neoplasm"}, UNKNOWN),
        ("Stage IIA", {"stage_group": "II"}, UNKNOWN),
        ("Stage II", {"stage_group": "stage 2"}, MET),
        ("Stage II", {"stage_group": "unstageable"}, UNKNOWN),
        ("Metastatic disease", {"stage_group": "IV"}, MET),
        ("M0", {"m": "MX"}, UNKNOWN),
        ("Node-positive", {"nodes_positive": 3}, MET),
        ("Node-negative", {"n": "NX"}, UNKNOWN),
        ("HER2 positive", {"her2": "equivocal"}, UNKNOWN),
        ("ER or PR positive", {"er": "negative"}, UNKNOWN),
        ("ER or PR positive", {"er": "negative", "pr": "negative"}, NOT),
        ("Triple negative", {"er": "negative", "pr": "negative", "her2": "negative"}, MET),
        ("EGFR mutation", {"egfr": "positive"}, MET),
        ("BRAF wild-type", {"braf": "negative"}, MET),
        ("Premenopausal", {"menopausal_status": "pre"}, MET),
        ("Age ≥ 18 years", {"age": 40}, MET),
        ("Age < 50 years", {"age": 40}, UNKNOWN),  # stated on a day that nobody noted
        ("Age ≥ 18 years", {"birth_date": "2008"}, UNKNOWN),
        ("Age ≥ 18 years", {"birth_date": "2008-11"}, UNKNOWN),
        ("Age ≥ 18 years", {"birth_date": "2031-01-01"}, UNKNOWN),
        ("Platelets ≥ 100,000/mm3", {"lab": "Platelets: 150 10*3/uL"}, MET),
        ("Platelets > 100,000/mm3", {"lab": "Platelets: 100 10*9/L"}, NOT),
        ("Platelets ≥ 100 x 10^9/L", {"lab": "Platelets: 100000 /uL"}, MET),
        ("Hemoglobin ≥ 10 g/dL", {"lab": "Haemoglobin: 90 g/L"}, NOT),
        ("Creatinine ≤ 1.5 mg/dL", {"lab": "Creatinine: 0.9 mg/dL"}, MET),
        ("Creatinine ≤ 1.5 mg/dL", {"lab": "Creatinine: 80 umol/L"}, UNKNOWN),
        ("Platelets ≥ 100,000/mm3", {"lab": "Haemoglobin: 12 g/dL"}, UNKNOWN),
        ("Platelets ≥ 100 g/dL", {"lab": "Platelets: 150 10*3/uL"}, UNKNOWN),
    ],
)  # fmt: skip
def test_single_facts(text: str, facts: dict[str, Value], verdict: Verdict) -> None:
    assert asked(text, record(**facts))[0] is verdict


def test_a_man_is_not_pregnant() -> None:
    assert asked("Pregnant", record(sex="male"), "Exclusion")[0] is MET


def test_the_subject_speaks_where_no_fact_does() -> None:
    who = Record(Subject("s", sex="female", birth_date="1965-01-01"))
    assert asked("Female, age ≥ 18 years", who)[0] is MET


def test_two_values_contradict_and_the_newest_day_decides() -> None:
    facts = (fact("ecog", 0), fact("ecog", 3))
    assert asked("ECOG 0-1", Record(Subject("s"), (), facts)) == (UNKNOWN, Why.CONTRADICTORY)
    dated = (fact("ecog", 0, "2025-01-01"), fact("ecog", 3, "2026-01-01"))
    assert asked("ECOG 0-1", Record(Subject("s"), (), dated))[0] is NOT
    labs = (fact("lab", "Platelets: 50 10*3/uL"), fact("lab", "Platelets: 150 10*3/uL"))
    assert asked("Platelets ≥ 100,000/mm3", Record(Subject("s"), (), labs)) == (UNKNOWN, Why.CONTRADICTORY)


def test_reasons_are_named() -> None:
    jenny = record(**JENNY)
    assert asked("Willing to travel", jenny) == (UNKNOWN, Why.NOT_UNDERSTOOD)
    assert asked("Stage II with fancy extras", jenny) == (UNKNOWN, Why.PARTLY_UNDERSTOOD)
    assert asked("Absolute neutrophil count ≥ 1,500/µL", jenny) == (UNKNOWN, Why.IMPLAUSIBLE)
    assert asked("Prior palbociclib", jenny) == (UNKNOWN, Why.RECORD_SILENT)


@pytest.mark.parametrize(
    ("fields", "name", "verdict"),
    [
        ({"status": "RECRUITING"}, "recruitment", MET),
        ({"status": "COMPLETED"}, "recruitment", NOT),
        ({"status": "Active, not recruiting"}, "recruitment", NOT),
        ({"status": "ENROLLING_BY_INVITATION"}, "recruitment", UNKNOWN),
        ({}, "recruitment", UNKNOWN),
        ({"minimum_age": "18 Years"}, "age", MET),
        ({"maximum_age": "60 Years"}, "age", NOT),
        ({"minimum_age": "216 Months"}, "age", MET),
        ({"minimum_age": "7 Months"}, "age", UNKNOWN),
        ({"minimum_age": "7 Days"}, "age", UNKNOWN),
        ({"minimum_age": "grown"}, "age", UNKNOWN),
        ({"sex": "male"}, "sex", NOT),
        ({"conditions": ("Breast Cancer",)}, "condition", MET),
        ({"conditions": ("Lung Cancer",)}, "condition", NOT),
        ({"conditions": ("Lung Cancer", "Sadness")}, "condition", UNKNOWN),
    ],
)
def test_registered_fields(fields: dict[str, object], name: str, verdict: Verdict) -> None:
    found = matched("", record(**JENNY), **fields)
    assert {c.name: c.verdict for c in found.criteria}[name] is verdict


def test_overall_is_met_only_when_everything_was_checked() -> None:
    jenny = record(**JENNY)
    good = matched("* Female\n* ECOG 0-1", jenny, status="RECRUITING")
    assert good.overall is MET and good.count(MET) == 3
    assert matched("* Female\n* Kind", jenny, status="RECRUITING").overall is UNKNOWN
    assert matched("* Male\n* Kind", jenny, status="RECRUITING").overall is NOT
    silent = matched("", jenny, status="RECRUITING")
    assert silent.overall is UNKNOWN and "no eligibility text" in silent.sentence


SPLIT = """Key Inclusion Criteria:

* Women
  who can read
1. ECOG 0-1

One of the following:

  * HER2 positive
  * ER positive

* Stage II
Must meet all of the following:
* PR negative

Exclusion criteria

- Metastatic disease
Any of:
Stage IV

Kindness
"""


def test_text_is_split_with_its_leads() -> None:
    found = [(c.kind, c.text, c.under) for c in split_criteria(SPLIT)]
    inclusion, exclusion = CriterionKind.INCLUSION, CriterionKind.EXCLUSION
    assert found == [
        (inclusion, "Women\n  who can read", None),
        (inclusion, "ECOG 0-1", None),
        (inclusion, "HER2 positive", "One of the following:"),
        (inclusion, "ER positive", "One of the following:"),
        (inclusion, "Stage II", None),
        (inclusion, "PR negative", None),
        (exclusion, "Metastatic disease", None),
        (exclusion, "Stage IV", "Any of:"),
        (exclusion, "Kindness", None),
    ]


def test_one_of_a_list_is_not_judged_alone() -> None:
    found = matched("Inclusion Criteria:\n\nOne of the following:\n\n* HER2 positive\n* ER positive\n", record(**JENNY))
    assert [c.why for c in found.criteria[1:]] == [Why.PARTLY_UNDERSTOOD] * 2


def test_a_heading_alone_and_nothing() -> None:
    assert split_criteria("") == split_criteria("Inclusion Criteria:") == split_criteria("* -\n\n  \n") == ()
    assert split_criteria("Inclusion criteria: ECOG 0-1")[0].text == "ECOG 0-1"


@settings(max_examples=60)
@given(st.text(max_size=400), st.sampled_from(["Inclusion Criteria:\n", "Exclusion Criteria:\n", ""]))
def test_any_text_is_answered(text: str, heading: str) -> None:
    found = matched(heading + text, record(**JENNY))
    assert found.overall in Verdict


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from([t for t, _ in INCLUSIONS + EXCLUSIONS] + [" or ", " no ", ", ", "\n* ", ":\n"]), max_size=8
    )
)
def test_pieces_put_together_never_match_an_empty_record(pieces: list[str]) -> None:
    found = matched(" ".join(pieces), record(), status="RECRUITING")
    assert all(c.verdict is UNKNOWN or "both are taken" in c.sentence or c.criterion is None for c in found.criteria)


@pytest.mark.parametrize(
    "piece", ["ECOG ", "stage I or ", "1 ", "(", "no more than ", " \n", "ER and/or ", "- ", "age 1", "a b "]
)
def test_adversarial_text_is_bounded(piece: str) -> None:
    """A pattern that backtracks without bound would never come back from these."""
    assert matched("* " + piece * 40_000, record(**JENNY)).overall is UNKNOWN
