"""Facts that cannot all be right, a row a rule, and what is no contradiction."""

from datetime import date

import pytest

from overread.clinical.knowledge.tumours import TYPES
from overread.clinical.record import (
    Domain,
    Fact,
    Icdo3Morphology,
    Icdo3Topography,
    Method,
    OncoTree,
    Provenance,
    Record,
    Subject,
)
from overread.clinical.workup import check, modality_of, treatments
from overread.clinical.workup.contradictions import RULES, TABLE
from overread.clinical.workup.markers import MARKERS, said_by_name
from overread.clinical.workup.sizes import apart, precision

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
    ("two_values", [fact("smoking", "never"), fact("smoking", "current", document="e")]),
    ("two_values_of_one_thing", [fact("ecog", 0, "2026-03-01"), fact("ecog", 2, "2026-03-01", document="e")]),
    (
        "two_values_of_one_thing",
        [fact("treatment_intent", value, about="treatment:1") for value in ("curative", "palliative")],
    ),
    (
        "two_values_of_one_thing",
        [
            *(fact("treatment_given", "tamoxifen", about="treatment:1", document=d) for d in "de"),
            fact("treatment_status", "given", about="treatment:1"),
            fact("treatment_status", "refused", about="treatment:1", document="e"),
        ],
    ),
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
        [fact("site", "Lung"), fact("histology", "ALK-positive adenocarcinoma, EGFR-mutant")],
    ],
)
def test_not_found(facts):
    assert [c.rule for c in found(*facts) if c.rule != "two_values" or c.facts[0].field != "birth_date"] == []


# By definition of the words themselves: no figure is needed. What is found, or None where the facts fit together.
def ct(about, *pairs, on=None, document="ct"):
    return [fact(field, value, on, about, document) for field, value in pairs]


LUNG = [fact("site", "Lung, right upper lobe"), fact("laterality", "right"), fact("tumor_size", 22)]
DEFINITIONS = [
    ("m_zero_with_metastasis", [fact("m", "cM0"), fact("metastasis", "Metastasis to liver")]),
    (None, [fact("m", "M0"), fact("metastasis", "Metastasis to regional lymph node")]),
    (None, [fact("m", "M0"), fact("metastasis", "No metastasis to liver")]),
    (None, [fact("m", "M0"), fact("metastasis", "Metastasis to liver", about="history")]),
    ("m_one_without_metastasis", [fact("m", "M1b")]),
    (None, [fact("m", "M1b"), fact("metastasis", "Liver")]),
    (None, [fact("m", "M1b"), *ct("lesion:1", ("finding", "bone metastases"))]),
    ("m_one_without_metastasis", [fact("m", "M1b"), *ct("lesion:1", ("finding", "no evidence of metastases"))]),
    ("t_zero_with_tumour", [fact("t", "T0"), fact("tumor_size", 12)]),
    (None, [fact("t", "ypT0"), fact("tumor_size", 12)]),
    (None, [fact("t", "T0"), fact("tnm_prefix", "yp"), fact("tumor_size", 12)]),
    (None, [fact("t", "T0")]),
    ("n_zero_without_nodes", [fact("n", "pN0"), fact("nodes_examined", 0)]),
    (None, [fact("n", "N0"), fact("nodes_examined", 0)]),
    (None, [fact("n", "pN0"), fact("nodes_examined", 4)]),
    ("in_situ_words_against_t", [fact("t", "pT1c"), fact("histology", "Ductal carcinoma in situ")]),
    (None, [fact("t", "T1"), fact("histology", "Invasive ductal carcinoma with carcinoma in situ")]),
    ("in_situ_words_against_t", [fact("t", "pTis"), fact("histology", "Invasive ductal carcinoma")]),
    (None, [fact("t", "pTis"), fact("histology", "DCIS")]),
    (None, [fact("t", "pT2"), fact("histology", "Adenocarcinoma")]),
    ("gleason_sum", [fact("gleason", "3+4=8")]),
    (None, [fact("gleason", "Gleason 4 + 3 = 7")]),
    # the name against the result
    ("biomarker_against_name", [fact("histology", "HPV-positive oropharyngeal carcinoma"), fact("hpv", "negative")]),
    ("biomarker_against_name", [fact("histology", "HPV-independent carcinoma"), fact("hpv", "positive")]),
    (None, [fact("histology", "HPV-associated carcinoma"), fact("hpv", "positive")]),
    (None, [fact("histology", "HPV-associated carcinoma"), fact("hpv", "equivocal")]),
    ("biomarker_against_name", [fact("oncotree", OncoTree("GB")), fact("idh1", "positive")]),
    ("biomarker_to_explain", [fact("oncotree", OncoTree("ASTR3")), fact("idh1", "negative")]),
    ("biomarker_against_name", [fact("oncotree", OncoTree("ALCLALKN")), fact("alk", "positive")]),
    ("biomarker_against_name", [fact("oncotree", OncoTree("ALCLALKP")), fact("alk", "negative")]),
    (None, [fact("oncotree", OncoTree("ALCLALKP")), fact("alk", "positive")]),
    (None, [fact("oncotree", OncoTree("NOSUCHTYPE")), fact("alk", "positive")]),
    ("biomarker_against_name", [fact("oncotree", OncoTree("CMLBCRABL1")), fact("variant", "BCR-ABL1 not detected")]),
    ("biomarker_against_name", [fact("oncotree", OncoTree("ACML")), fact("variant", "BCR-ABL1 fusion")]),
    (None, [fact("oncotree", OncoTree("CMLBCRABL1")), fact("variant", "NPM1 not detected")]),
    (None, [fact("oncotree", OncoTree("BLLBCRABL1L")), fact("variant", "BCR-ABL1 not detected")]),
    ("biomarker_against_name", [fact("oncotree", OncoTree("AMLNPM1")), fact("variant", "NPM1 wild-type")]),
    (None, [fact("oncotree", OncoTree("AMLNPM1")), fact("variant", "NPM1 see report")]),
    ("biomarker_against_name", [fact("histology", "Triple-negative carcinoma"), fact("er", "positive")]),
    ("biomarker_against_name", [fact("histology", "Carcinoma, MSI-high"), fact("msi", "negative")]),
    ("biomarker_against_name", [fact("histology", "MMR-deficient adenocarcinoma"), fact("mmr", "positive")]),
    ("biomarker_against_name", [fact("cancer", "HER2 positive carcinoma of breast"), fact("her2", "negative")]),
    (None, [fact("cancer", "HER2 positive carcinoma", about="history"), fact("her2", "negative")]),
    (
        None,
        [fact("histology", "ER+ carcinoma", about="specimen:A"), fact("er", "negative", about="specimen:B")],
    ),
    ("msi_against_mmr", [fact("msi", "positive"), fact("mmr", "positive")]),
    ("msi_against_mmr", [fact("msi", "negative"), fact("mmr", "negative")]),
    (None, [fact("msi", "positive"), fact("mmr", "negative")]),
    # imaging against pathology and stage
    ("imaging_other_side", [*LUNG, *ct("lesion:1", ("finding", "mass"), ("lesion_location", "left lower lobe"))]),
    (
        None,
        [
            *LUNG,
            *ct("lesion:1", ("lesion_location", "right lower lobe")),
            *ct("lesion:2", ("lesion_location", "left lung")),
        ],
    ),
    (None, [*LUNG, *ct("lesion:1", ("finding", "mass"), ("lesion_location", "lingula"))]),
    ("imaging_other_organ", [*LUNG, *ct("lesion:1", ("finding", "lesion"), ("lesion_location", "right kidney"))]),
    (None, [*LUNG, *ct("lesion:1", ("finding", "lesion"), ("lesion_location", "pelvis"))]),
    (None, [*LUNG, *ct("lesion:1", ("finding", "metastasis"), ("lesion_location", "liver"))]),
    (None, [*LUNG, fact("metastasis", "Liver"), *ct("lesion:1", ("finding", "lesion"), ("lesion_location", "liver"))]),
    (None, [fact("m", "M0", about="history"), *ct("lesion:1", ("finding", "hepatic metastases"))]),
    ("imaging_size", [*LUNG, *ct("lesion:1", ("lesion_location", "right upper lobe"), ("lesion_size", 31))]),
    (None, [*LUNG, *ct("lesion:1", ("lesion_location", "right upper lobe"), ("lesion_size", 22.4))]),
    (
        None,
        [
            *LUNG,
            *ct("lesion:1", ("lesion_location", "left upper lobe"), ("lesion_size", 9)),
            *ct("lesion:2", ("lesion_location", "right lung")),
        ],
    ),
    ("imaging_against_m", [fact("m", "M0"), *ct("lesion:1", ("finding", "hepatic metastases"))]),
    (None, [fact("m", "M0"), *ct("lesion:1", ("finding", "no metastases"))]),
    (None, [fact("m", "M0"), *ct("lesion:1", ("finding", "metastatic lymph node"))]),
    ("imaging_against_n", [fact("n", "cN0"), *ct("lesion:1", ("finding", "axillary lymphadenopathy"))]),
    (None, [fact("n", "cN0"), *ct("lesion:1", ("finding", "no enlarged lymph nodes"))]),
    ("imaging_no_lesion", [*LUNG, *ct(None, ("finding", "No suspicious nodule or mass."))]),
    (None, [*LUNG, *ct(None, ("finding", "No effusion. A mass is seen."))]),
    (
        None,
        [
            *LUNG,
            fact("treatment_given", "Lobectomy", "2026-01-05"),
            *ct(None, ("finding", "No mass."), on="2026-06-01"),
        ],
    ),
    (
        "imaging_no_lesion",
        [
            *LUNG,
            fact("treatment_given", "Lobectomy", "2026-01-05"),
            *ct(None, ("finding", "No mass."), ("study_date", "2025-12-01")),
        ],
    ),
]


@pytest.mark.parametrize(("rule", "facts"), DEFINITIONS, ids=[f"{n}-{rule}" for n, (rule, _) in enumerate(DEFINITIONS)])
def test_definitions(rule, facts):
    assert {c.rule for c in found(*facts)} - {"two_values"} == ({rule} if rule else set())


def test_every_rule_has_a_case_and_a_row_that_a_clinician_can_read():
    assert {rule for rule, _ in CASES} | {rule for rule, _ in DEFINITIONS} - {None} == set(RULES) == set(TABLE)
    assert all(row["kind"] in ("contradiction", "difference") and row["definition"] for row in TABLE.values())


def test_two_values_of_one_thing_say_of_which():
    (day,) = found(fact("karnofsky", 60, "2026-03-01"), fact("karnofsky", 90, "2026-03-01", document="e"))
    assert day.sentence == "Karnofsky performance status: sources give “60” and “90” on 2026-03-01."
    named = fact("treatment_given", "Lobectomy", about="treatment:1")
    both = [fact("treatment_intent", value, about="treatment:1") for value in ("curative", "palliative")]
    (treatment,) = found(named, *both)
    assert treatment.sentence == "Intent: sources give “curative” and “palliative” for Lobectomy."
    assert treatment.domain is Domain.PLAN and len(treatment.facts) == 2


def test_another_day_or_another_treatment_is_no_contradiction():
    assert not found(fact("ecog", 0, "2026-03-01"), fact("ecog", 2, "2026-04-01"))
    assert not found(fact("treatment_line", 1, about="treatment:1"), fact("treatment_line", 2, about="treatment:2"))
    assert not found(fact("pack_years", 30, "2026-01-01"), fact("pack_years", 30.0, "2026-01-01", document="e"))


def test_a_whole_and_a_broken_number_may_differ():
    years = [fact("pack_years", value, "2026-01-01", document=name) for value, name in ((30, "d"), (45.5, "e"))]
    assert [c.rule for c in found(*years)] == ["two_values_of_one_thing"]
    rounded = [fact("pack_years", value, "2026-01-01", document=name) for value, name in ((30, "d"), (30.5, "e"))]
    assert not found(*rounded)


def test_a_date_that_says_more_than_another_of_one_treatment_is_no_contradiction():
    named = fact("treatment_given", "Lobectomy", about="treatment:1")
    ended = [fact("treatment_ended", value, about="treatment:1") for value in ("2026-03", "2026-03-05")]
    assert list(Record(Subject("s"), (), (named, *ended)).contradictions())
    assert not found(named, *ended)


def test_what_can_both_be_right_is_asked_and_not_called_a_contradiction():
    sized = [*LUNG, *ct("lesion:1", ("lesion_location", "right upper lobe"), ("lesion_size", 31))]
    work = check(Record(Subject("s"), (), tuple(sized)), TODAY)
    (one,) = work.contradictory
    assert one.to_explain and one.sentence.endswith("9 mm apart, more than rounding explains.")
    assert f"To be explained: {one.sentence}" in work.limitations
    assert f"{one.sentence} How does this fit together?" in {q.text for q in work.questions}


TREATED, PERHAPS = "Treatment was given between them", "If treatment was given between them"
IMAGED, TAKEN = "2026-03-01", "2026-06-01"


@pytest.mark.parametrize(
    ("name", "on", "image", "taken", "said"),
    [
        ("Chemotherapy", "2026-04", IMAGED, TAKEN, TREATED),
        ("Chemotherapy", None, IMAGED, TAKEN, PERHAPS),
        ("Chemotherapy", "2026", IMAGED, TAKEN, PERHAPS),
        ("Chemotherapy", "2026-04", None, None, PERHAPS),
        ("Chemotherapy", "2026-01", IMAGED, TAKEN, None),
        ("Chemotherapy", "2026-07", IMAGED, TAKEN, None),
        ("Active surveillance", "2026-04", IMAGED, TAKEN, None),
        ("Active surveillance", None, IMAGED, TAKEN, None),
        ("Lobectomy", TAKEN, IMAGED, TAKEN, None),  # what the specimen came from
        ("Lobectomy", None, IMAGED, TAKEN, None),
        ("Lobectomy", "2026-04-01", IMAGED, None, None),
        ("Wedge resection", "2026-04-01", IMAGED, TAKEN, TREATED),
    ],
)
def test_only_treatment_between_image_and_specimen_can_have_changed_the_size(name, on, image, taken, said):
    seen = ct(
        "lesion:1", ("lesion_location", "right upper lobe"), ("lesion_size", 31), *[("study_date", image)] * bool(image)
    )
    days = [fact("specimen_collected", taken)] if taken else []
    (one,) = (c for c in found(*LUNG, *seen, *days, fact("treatment_given", name, on)) if c.rule == "imaging_size")
    for words in (TREATED, PERHAPS):
        assert (words in one.sentence) is (words == said)


def test_a_size_is_as_exact_as_it_was_printed():
    def printed(quote, value):
        return Fact("lesion_size", value, Provenance("ct", Method.TEXT, quote=quote))

    cut = fact("tumor_size", 22)
    assert apart(cut, printed("2.3 cm", 23)) is False  # 22.5 to 23.5 against 21.5 to 22.5
    assert apart(cut, printed("24 mm", 24)) is True
    assert precision(printed("about 1 to 2 cm", 15)) == 0.5  # the words do not hold the number


def test_names_of_every_oncotree_type_are_read_without_two_answers():
    said = {
        (code, marker.name): said_by_name(marker, kind.name)
        for code, kind in TYPES.items()
        for marker in MARKERS
        if said_by_name(marker, kind.name)
    }
    assert said[("GB", "IDH")] == "negative" and said[("DPHGG", "IDH")] == "negative"
    assert said[("ODG", "IDH")] == "positive" and said[("DMG", "H3 K27")] == "positive"
    assert said[("BLLBCRABL1", "BCR-ABL1")] == "positive" and ("BLLBCRABL1L", "BCR-ABL1") not in said
    assert said[("MPALKMT2A", "KMT2A")] == "positive"


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
