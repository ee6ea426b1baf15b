"""Facts that cannot all be right, a row a rule, and what is no contradiction."""

from datetime import date

import pytest

from overread.clinical.record import Domain, Fact, Icdo3Morphology, Icdo3Topography, Method, Provenance, Record, Subject
from overread.clinical.workup import check, modality_of, treatments
from overread.clinical.workup.contradictions import RULES

TODAY = date(2026, 11, 21)
M, T = Icdo3Morphology, Icdo3Topography


def fact(field, value, on=None, about=None, document="d"):
    return Fact(field, value, Provenance(document, Method.CODED), about, on)


def found(*facts, subject=None):
    return check(Record(subject or Subject("s"), (), facts), TODAY).contradictory


CASES = [
    ("two_values", [fact("er", "positive"), fact("er", "negative")]),
    ("two_values", [fact("t", "T2"), fact("t", "pT3")]),
    ("two_values", [fact("stage_group", "I"), fact("stage_group", "II")]),
    ("two_values", [fact("site", "left lung"), fact("site", "prostate")]),
    ("two_values", [fact("site_code", T("C50.1")), fact("site_code", T("C34.1"))]),
    ("two_values", [fact("histology_code", M("8500/3")), fact("histology_code", M("8520/3"))]),
    ("two_values", [fact("grade", "G1"), fact("grade", "G3")]),
    ("two_values", [fact("grade", "low"), fact("grade", "high")]),
    ("two_values", [fact("histology", "ductal carcinoma"), fact("histology", "lobular carcinoma")]),
    ("more_nodes_than_examined", [fact("nodes_positive", 5), fact("nodes_examined", 3)]),
    ("n_against_nodes", [fact("n", "pN0"), fact("nodes_positive", 2)]),
    ("n_against_nodes", [fact("n", "N1"), fact("tnm_prefix", "p"), fact("nodes_positive", 0)]),
    ("in_situ_against_t", [fact("t", "Tis"), fact("histology_code", M("8500/3"))]),
    ("in_situ_against_t", [fact("t", "pT2"), fact("histology_code", M("8500/2"))]),
    ("sex_against_site", [fact("sex", "female"), fact("site", "Prostate")]),
    ("sex_against_site", [fact("sex", "male"), fact("site_code", T("C56.9"))]),
    ("histology_against_site", [fact("site", "Prostate"), fact("histology", "Urothelial carcinoma")]),
    ("side_against_words", [fact("laterality", "left"), fact("site", "Right breast")]),
    ("impossible_dates", [fact("er", "positive", "2027-01")]),
    ("impossible_dates", [fact("birth_date", "1980-05-01"), fact("er", "positive", "1979")]),
]


@pytest.mark.parametrize("rule, facts", CASES, ids=lambda v: v if isinstance(v, str) else "")
def test_found(rule, facts):
    assert [c.rule for c in found(*facts)] == [rule]
    assert found(*facts)[0].sentence in check(Record(Subject("s"), (), tuple(facts)), TODAY).limitations


@pytest.mark.parametrize(
    "facts",
    [
        [fact("t", "T2"), fact("t", "T2a")],
        [fact("t", "T1"), fact("t", "pT3"), fact("tnm_prefix", "c"), fact("tnm_prefix", "p")],
        [fact("stage_group", "Stage II"), fact("stage_group", "IIA")],
        [fact("edition", "AJCC 8th"), fact("edition", "8")],
        [fact("site", "Breast"), fact("site", "left breast, upper outer quadrant"), fact("site", "LEFT BREAST")],
        [fact("site_code", T("C50.1")), fact("site_code", T("C50.9"))],
        [fact("histology_code", M("8500/3")), fact("histology_code", M("8500"))],
        [fact("histology_code", M("8500/3")), fact("histology_code", T("C50"))],
        [fact("grade", "G2"), fact("grade", "moderately differentiated"), fact("grade", "grade 2")],
        [fact("er", "positive", about="specimen:A"), fact("er", "negative", about="specimen:B")],
        [fact("nodes_positive", 5), fact("nodes_examined", 3, document="another")],
        [fact("nodes_positive", 1), fact("nodes_examined", 3)],
        [fact("n", "N0"), fact("nodes_positive", 2)],
        [fact("n", "pN1"), fact("nodes_positive", 2)],
        [fact("t", "T2"), fact("histology_code", M("8500/3"))],
        [fact("t", "T2"), fact("histology_code", T("C50"))],
        [fact("sex", "male"), fact("site", "Breast")],
        [fact("sex", "other"), fact("site", "Prostate")],
        [fact("laterality", "bilateral"), fact("site", "Right breast")],
        [fact("laterality", "left"), fact("site", "left and right breast")],
        [fact("birth_date", "1980-05-01"), fact("birth_date", "1981"), fact("er", "positive", "1980-06")],
        [fact("er", "positive", "2026-11-21")],
        [fact("site", "Prostate"), fact("histology", "Acinar adenocarcinoma")],
        [fact("site", "Prostate"), fact("histology", "Carcinoma")],
        [fact("site", "Breast"), fact("histology", "Infiltrating duct carcinoma")],
        [fact("site", "Prostate"), fact("histology", "Urothelial carcinoma", about="specimen:B")],
    ],
)
def test_not_found(facts):
    assert [c.rule for c in found(*facts) if c.rule != "two_values" or c.facts[0].field != "birth_date"] == []


def test_every_rule_has_a_case():
    assert {rule for rule, _ in CASES} == set(RULES)


def test_a_change_over_time_is_said_to_be_one():
    dated = found(fact("er", "positive", "2018"), fact("er", "negative", "2020"))
    assert "at different dates" in dated[0].sentence
    assert "at different dates" not in found(fact("er", "positive"), fact("er", "negative", "2020"))[0].sentence


def test_sex_and_birth_date_of_the_person_count():
    person = Subject("s", sex="female", birth_date="1980-01-01")
    assert [c.rule for c in found(fact("site", "prostate"), subject=person)] == ["sex_against_site"]
    assert [c.rule for c in found(fact("er", "positive", "1970"), subject=person)] == ["impossible_dates"]


def test_a_contradiction_inherits_the_strictest_domain():
    assert found(fact("t", "Tis"), fact("histology_code", M("8500/3")))[0].domain is Domain.STAGE


@pytest.mark.parametrize(
    "name, kind",
    [
        ("Anastrozole 1 MG Oral Tablet", "hormone"),
        ("paclitaxel 100 MG", "systemic"),
        ("Trastuzumab", "systemic"),
        ("Excision of part of breast (procedure)", "surgery"),
        ("Radiotherapy to chest wall", "radiation"),
        ("Active surveillance", "surveillance"),
        ("Hospice care", "supportive"),
        ("Entry into a clinical trial", "trial"),
        ("Excision biopsy of breast", None),
        ("Mammography", None),
        ("Something else", None),
    ],
)
def test_kind_of_treatment(name, kind):
    assert modality_of(name) == kind


def test_treatments_of_a_record():
    given = fact("treatment_given", "Lobectomy")
    assert treatments(Record(Subject("s"), (), (given, fact("treatment_given", "x"))), "treatment_given") == (
        ("surgery", given),
    )
