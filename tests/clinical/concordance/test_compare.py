"""Two opinions in, graded differences out: one row a rule."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical.concordance import (
    RULES,
    Cause,
    Direction,
    Fate,
    Grade,
    Topic,
    among,
    changes,
    compare,
    compare_all,
)
from overread.clinical.concordance.grades import worst
from overread.clinical.record import (
    FIELDS,
    Domain,
    Fact,
    Icdo3Morphology,
    Icdo3Topography,
    Intent,
    Kind,
    Method,
    Modality,
    OncoTree,
    Opinion,
    Provenance,
    SnomedCt,
    Span,
    TreatmentOption,
)

HERE = Provenance("opinion", Method.ENTERED)
M, T, S = Icdo3Morphology, Icdo3Topography, SnomedCt
UP, DOWN = Direction.UPSTAGED, Direction.DOWNSTAGED


def opinion(author="First", options=(), tests=(), addressed=(), **values) -> Opinion:
    facts = tuple(
        Fact(field, value, HERE, about=about)
        for field, given_ in values.items()
        for about, value in (given_ if isinstance(given_, list) else [(None, given_)])
    )
    return Opinion(author, "pathology", facts, tuple(options), (), tuple(tests), frozenset(addressed))


def item(field, first, second):
    found = compare(opinion(**{field: first}), opinion("Second", **{field: second}))
    return next(i for i in found.items if i.field == field)


@pytest.mark.parametrize(
    "field, first, second, rule, direction",
    [
        # diagnosis
        ("histology", "Ductal carcinoma", "ductal  CARCINOMA, NOS", "same", None),
        ("histology", "Ductal carcinoma", "Infiltrating duct carcinoma", "same", None),
        ("histology", "Ductal carcinoma", "Lobular carcinoma", "histology_family", None),
        ("histology", "Invasive ductal carcinoma", "Ductal hyperplasia", "behaviour", Direction.MALIGNANT_TO_BENIGN),
        ("histology", "No evidence of malignancy", "Carcinoma", "behaviour", Direction.BENIGN_TO_MALIGNANT),
        ("histology", "Atypical ductal hyperplasia", "Ductal carcinoma", "uncertain_behaviour", None),
        ("histology", "Ductal carcinoma in situ", "Invasive ductal carcinoma", "invasion", Direction.TO_INVASIVE),
        ("histology", "Carcinoma", "Carcinoma in situ", "invasion", Direction.TO_IN_SITU),
        ("histology", "Fibroadenoma", "Lobular carcinoma in situ", "behaviour", None),
        ("histology", "In situ carcinoma with focal invasion", "Ductal carcinoma", "histology_family", None),
        ("histology", "Adenocarcinoma", "Mucinous adenocarcinoma", "histology_variant", None),
        ("histology", "Squamous cell carcinoma", "Adenocarcinoma", "histology_family", None),
        ("histology", "Xyz", "Abc", "histology_family", None),
        ("histology_code", M("8500/3"), M("8500/2"), "invasion", Direction.TO_IN_SITU),
        ("histology_code", M("8500/3"), M("8507/3"), "histology_variant", None),
        ("histology_code", M("8500/3"), M("8070/3"), "histology_family", None),
        ("histology_code", M("8500/3"), S("1187332001"), "not_comparable", None),
        ("oncotree", OncoTree("IDC"), OncoTree("ILC"), "histology_family", None),
        ("oncotree", OncoTree("LUAD"), OncoTree("NSCLC"), "histology_variant", None),
        ("oncotree", OncoTree("LUAD"), OncoTree("LUNG"), "histology_family", None),
        ("oncotree", OncoTree("NO_SUCH"), OncoTree("LUNG"), "histology_family", None),
        ("site_code", T("C50.4"), T("C50.9"), "site_part", None),
        ("site_code", T("C50.4"), T("C34.1"), "site_organ", None),
        ("site_code", S("181131000"), S("39607008"), "site_organ", None),
        ("site", "Lung", "Upper lobe of lung", "site_part", None),
        ("site", "Lung", "Pancreas", "site_organ", None),
        ("laterality", "left", "right", "side", None),
        ("grade", "G1", "G2", "grade_step", Direction.HIGHER_GRADE),
        ("grade", "Poorly differentiated", "well differentiated", "grade_far", Direction.LOWER_GRADE),
        ("grade", "low grade", "High grade", "grade_far", Direction.HIGHER_GRADE),
        ("grade", "High", "Low", "grade_far", Direction.LOWER_GRADE),
        ("grade", "Grade 2 of 3", "II", "grade_words", None),
        ("grade", "not assessed", "G2", "grade_words", None),
        ("grade_group", 2, 4, "grade_far", Direction.HIGHER_GRADE),
        ("grade_group", 2.5, 4, "grade_words", None),
        ("gleason", "3+4=7", "4+4=8", "grade_far", Direction.HIGHER_GRADE),  # grade groups 2 and 4
        ("gleason", "3 + 4", "4+3", "grade_step", Direction.HIGHER_GRADE),  # one score, two grade groups
        ("gleason", "4+3=7", "3+4=7", "grade_step", Direction.LOWER_GRADE),
        ("gleason", "3+3=6", "Gleason score 6", "same", None),
        ("gleason", "4+5", "5+5", "grade_words", None),  # both in grade group 5
        ("gleason", "4+3", "7", "grade_words", None),  # 7 alone may be either
        ("gleason", "3+5=8", "4+4=8", "grade_words", None),  # one grade group of other patterns
        ("gleason", "unclear", "4+3", "grade_words", None),
        # stage
        ("stage_group", "Stage IIA", "IIA", "same", None),
        ("stage_group", "IIA", "IIB", "stage_subgroup", UP),
        ("stage_group", "III", "IIIA", "stage_subgroup", None),
        ("stage_group", "IV", "III A", "stage_group", DOWN),
        ("stage_group", "2a", "Stage IIIB", "stage_group", UP),
        ("stage_group", "limited", "extensive", "stage_group", None),
        ("t", "T2", "pT2", "same", None),
        ("t", "T2", "T3", "category", UP),
        ("t", "T2a", "T2b", "category", None),
        ("t", "T1", "Tis", "category", DOWN),
        ("t", "T1", "TX", "unsure", None),
        ("n", "N0", "N1a", "nodes_involved", UP),
        ("n", "N2", "N1", "category", DOWN),
        ("m", "cM1", "M0", "distant_spread", DOWN),
        # biomarkers and findings
        ("er", "negative", "positive", "marker_status", Direction.TO_POSITIVE),
        ("her2", "positive", "negative", "marker_status", Direction.TO_NEGATIVE),
        ("her2", "equivocal", "negative", "marker_equivocal", None),
        ("ki67", 10, 10.0, "same", None),
        ("ki67", 10, 30, "number", None),
        ("margin", "involved", "uninvolved", "margin_status", None),
        ("margin", "involved", "indeterminate", "unsure", None),
        ("lvi", "present", "absent", "presence", None),
        ("lvi", "present", "indeterminate", "unsure", None),
        ("nodes_positive", 0, 2, "nodes_counted", None),
        ("nodes_positive", 1, 2, "number", None),
        ("finding", "Benign cyst", "Metastasis", "behaviour", Direction.BENIGN_TO_MALIGNANT),
        ("finding", "Nodule", "Scar", "words", None),
        ("variant", "EGFR L858R", "EGFR exon 19 deletion", "words", None),
    ],
)
def test_one_pair_one_rule(field, first, second, rule, direction):
    found = item(field, first, second)
    assert (found.rule.id, found.direction) == (rule, direction)
    assert found.grade is RULES[rule].grade and found.rule.sentence in found.sentence
    assert (direction is not None) == ("Direction:" in found.sentence)


def test_silence_is_not_disagreement():
    found = compare(opinion(er="positive"), opinion("Second", addressed=[Domain.MOLECULAR]))
    assert found.topic(Topic.BIOMARKER).grade is Grade.NOT_ADDRESSED
    assert found.grade is Grade.NOT_ADDRESSED
    assert "not stated" in found.topic(Topic.BIOMARKER).items[0].sentence


@pytest.mark.parametrize(
    "finding, second, rule",
    [
        ("Nodule suspicious for metastasis", {"addressed": [Domain.IMAGING]}, "finding_malignant"),
        ("Simple cyst", {"lesion_size": 8}, "finding_extra"),
        ("Simple cyst", {}, "not_addressed"),
    ],
)
def test_a_finding_only_one_reader_of_the_imaging_saw(finding, second, rule):
    rules = {
        i.rule.id for i in compare(opinion(finding=finding), opinion("Second", **second)).items if i.field == "finding"
    }
    assert rules == {rule}


def test_things_are_paired_by_what_they_are_about():
    first = opinion(margin=[("specimen:A", "involved"), ("specimen:B", "uninvolved")])
    second = opinion("Second", margin=[("specimen:B", "uninvolved"), ("specimen:A", "uninvolved")])
    found = {i.about: i.rule.id for i in compare(first, second).items if i.field == "margin"}
    assert found == {"specimen:A": "margin_status", "specimen:B": "same"}


@pytest.mark.parametrize(
    ("numbered", "unnumbered", "rules"),
    [
        (["solid nodule", "solid nodule"], ["Solid nodule"], ["same"]),
        (["solid nodule", "pleural effusion"], ["solid nodule"], ["words"]),
        (["solid nodule"], [], ["not_addressed"]),
    ],
)
def test_a_finding_without_a_number_may_be_any_that_the_other_numbers(numbered, unnumbered, rules):
    first = opinion(finding=[(f"lesion:{place}", value) for place, value in enumerate(numbered, 1)])
    second = opinion("Second", finding=[(None, value) for value in unnumbered])
    for one, other in ((first, second), (second, first)):
        items = [i for i in compare(one, other).items if i.field == "finding"]
        assert [i.rule.id for i in items] == rules


def test_what_was_said_is_shown_once_however_it_was_written():
    found = compare(opinion(histology=[(None, "leiomyosarcoma"), (None, "Leiomyosarcoma")]), opinion("Second"))
    assert [i.first for i in found.items if i.field == "histology"] == [("leiomyosarcoma",)]


@pytest.mark.parametrize(
    ("field", "values", "said"),
    [
        ("site", ["soft tissue", "Soft tissue of left thigh"], ("Soft tissue of left thigh",)),
        ("site", ["left lung", "right lung"], ("left lung", "right lung")),
        ("site", ["lung", "not lung but breast"], ("lung", "not lung but breast")),
        ("histology", ["Carcinoma", "Ductal carcinoma"], ("Ductal carcinoma",)),
        ("histology", ["Carcinoma", "Carcinoma in situ"], ("Carcinoma", "Carcinoma in situ")),
        ("histology", ["Carcinoma", "possibly ductal carcinoma"], ("Carcinoma", "possibly ductal carcinoma")),
        ("finding", ["Nodule", "Solid nodule"], ("Nodule", "Solid nodule")),  # may be two of them
    ],
)
def test_of_two_names_of_one_thing_the_more_specific_stands(field, values, said):
    found = compare(opinion(**{field: [(None, value) for value in values]}), opinion("Second"))
    assert [i.first for i in found.items if i.field == field] == [said]


def test_the_less_specific_name_is_no_difference():
    first = opinion(site=[(None, "soft tissue"), (None, "Soft tissue of left thigh")])
    found = compare(first, opinion("Second", site="soft tissue of left thigh"))
    assert [i.rule.id for i in found.items] == ["same", "not_addressed"]


def read_at(start, field, value, document="report"):
    return Fact(field, value, Provenance(document, Method.TEXT, span=Span(start, start + len(value))))


def test_a_named_tumour_keeps_the_doubt_that_stands_before_it():
    named = read_at(6, "histology", "leiomyosarcoma")
    aside = (read_at(90, "ambiguity", "equivocal"), read_at(0, "ambiguity", "atypia", "other"))
    again = Fact("histology", "Leiomyosarcoma", HERE)  # the same in a source without a text
    first = Opinion("First", "pathology", (named, again, read_at(0, "ambiguity", "favor"), *aside))
    found = compare(first, opinion("Second", histology="Leiomyosarcoma")).items[0]
    assert (found.first, found.second) == (("leiomyosarcoma (words of doubt: “favor”)",), ("Leiomyosarcoma",))
    assert found.rule.id == "same"


def test_one_each_is_the_same_thing_under_two_labels():
    found = compare(opinion(margin=[("specimen:A", "involved")]), opinion("Second", margin=[("part 1", "involved")]))
    assert [i.rule.id for i in found.items if i.field == "margin"] == ["same"]


def test_several_values_are_graded_against_the_nearest():
    first = opinion(variant=[(None, "EGFR L858R"), (None, "TP53 R175H")])
    second = opinion("Second", variant=[(None, "TP53 R175H"), (None, "EGFR L858R")])
    assert compare(first, second).grade is Grade.CONCORDANT
    third = opinion("Third", grade=[(None, "G1"), (None, "G3")])
    graded = [i for i in compare(third, opinion(grade="G3")).items if i.field == "grade"]
    assert [i.rule.id for i in graded] == ["grade_far"]


def test_what_cannot_be_compared_is_not_shown_as_agreement():
    first = opinion(histology_code=[(None, M("8500/3")), (None, S("1187332001"))])
    graded = [i for i in compare(first, opinion(histology_code=M("8500/3"))).items if i.field == "histology_code"]
    assert [i.rule.id for i in graded] == ["not_comparable"]


def test_clinical_and_pathological_stage_are_not_compared():
    found = compare(opinion(tnm_prefix="c", t="T1"), opinion("Second", tnm_prefix="p", t="T3"))
    assert found.topic(Topic.STAGE).items[0].rule.id == "stage_basis"


def test_two_editions_are_two_criteria():
    found = compare(opinion(edition="7", stage_group="IIA"), opinion("Second", edition="8", stage_group="IIIA"))
    assert [(i.field, i.cause) for i in found.topic(Topic.STAGE).items] == [("stage_group", Cause.DIFFERENT_CRITERIA)]
    same = compare(opinion(edition="7", stage_group="IIA"), opinion("Second", edition="8", stage_group="IIA"))
    assert [i.cause for i in same.topic(Topic.STAGE).items] == [Cause.UNKNOWN]


def test_a_given_cause_stands_with_a_difference_only():
    given_ = {"er": Cause.SAMPLING, "pr": Cause.SAMPLING}
    found = compare(opinion(er="positive", pr="negative"), opinion(er="negative", pr="negative"), causes=given_)
    assert {i.field: i.cause for i in found.topic(Topic.BIOMARKER).items} == {"er": Cause.SAMPLING, "pr": Cause.UNKNOWN}


def option(name, modality, intent=None, recommended=False):
    return TreatmentOption(name, modality, intent, recommended=recommended)


LUMPECTOMY = option("Lumpectomy", Modality.SURGERY, Intent.CURATIVE, True)
MASTECTOMY = option("Mastectomy", Modality.SURGERY, Intent.CURATIVE, True)
DEBULKING = option("Lumpectomy", Modality.SURGERY, Intent.PALLIATIVE, True)
UNSTATED = option("Lumpectomy", Modality.SURGERY, None, True)
CHEMO = option("Docetaxel", Modality.SYSTEMIC, Intent.CURATIVE)
WATCH = option("Active surveillance", Modality.SURVEILLANCE)
DIET = option("Dietitian", Modality.SUPPORTIVE, None, True)


@pytest.mark.parametrize(
    "first, second, rule",
    [
        ([LUMPECTOMY], [LUMPECTOMY], "same"),
        ([LUMPECTOMY], [UNSTATED], "same"),
        ([LUMPECTOMY], [], "not_addressed"),
        ([], [], "not_addressed"),
        ([LUMPECTOMY], [WATCH], "treatment_modality"),
        (
            [LUMPECTOMY],
            [LUMPECTOMY, option("Whole breast", Modality.RADIATION, recommended=True)],
            "treatment_modality",
        ),
        ([LUMPECTOMY], [DEBULKING], "treatment_intent"),
        ([LUMPECTOMY], [MASTECTOMY], "treatment_same_kind"),
        ([LUMPECTOMY], [LUMPECTOMY, DIET], "treatment_supportive"),
        ([DIET], [DIET], "same"),
        ([LUMPECTOMY], [LUMPECTOMY, CHEMO], "treatment_alternatives"),
        ([CHEMO, WATCH], [WATCH, CHEMO], "same"),
    ],
)
def test_treatments_as_sets(first, second, rule):
    found = compare(opinion(options=first), opinion("Second", options=second)).topic(Topic.TREATMENT).items
    assert [i.rule.id for i in found] == [rule]


def test_options_are_shown_with_kind_and_aim():
    found = compare(opinion(options=[LUMPECTOMY]), opinion(options=[WATCH])).topic(Topic.TREATMENT).items[0]
    assert found.first == ("Lumpectomy (surgery, curative)",) and found.second == (
        "Active surveillance (surveillance)",
    )


def test_a_treatment_is_shown_once_with_its_aim():
    small, written = (option(n, Modality.SURGERY, None, True) for n in ("marginal excision", "Marginal excision"))
    first = [small, written, LUMPECTOMY, UNSTATED]
    found = compare(opinion(options=first), opinion(options=first)).topic(Topic.TREATMENT).items[0]
    assert found.first == ("marginal excision (surgery)", "Lumpectomy (surgery, curative)")


def test_further_tests():
    found = compare(opinion(tests=["HER2 FISH", "HER2 fish"]), opinion(tests=["PET-CT"])).topic(Topic.TREATMENT).items
    assert found[1].first == ("HER2 FISH",)
    assert [(i.field, i.rule.id) for i in found] == [("treatment", "not_addressed"), ("further_tests", "further_tests")]
    assert compare(opinion(tests=["HER2 FISH"]), opinion(tests=["her2 fish"])).items[-1].rule.id == "same"
    silent = compare(opinion(), opinion(tests=["HER2 FISH"])).items[-1]
    assert (silent.rule.id, silent.first, silent.second) == ("not_addressed", (), ("HER2 FISH",))


def test_every_pair_of_opinions():
    three = [opinion("A"), opinion("B"), opinion("C")]
    assert [(c.first, c.second) for c in compare_all(three)] == [("A", "B"), ("A", "C"), ("B", "C")]


def test_a_cause_may_be_given_for_one_thing_alone():
    first = opinion(margin=[("specimen:A", "involved"), ("specimen:B", "involved")])
    second = opinion("Second", margin=[("specimen:A", "uninvolved"), ("specimen:B", "uninvolved")])
    given_ = {("margin", "specimen:A"): Cause.SAMPLING, "margin": Cause.INTERPRETATION, ("er", None): Cause.CLERICAL}
    found = {i.about: i.cause for i in compare(first, second, causes=given_).items if i.field == "margin"}
    assert found == {"specimen:A": Cause.SAMPLING, "specimen:B": Cause.INTERPRETATION}
    assert {i.cause for c in compare_all([first, second], causes=given_) for i in c.items} >= {Cause.SAMPLING}


# three opinions and more


def standing(field, *opinions_, causes=None):
    return next(one for one in among(opinions_, causes=causes) if one.field == field)


def test_a_third_opinion_sides_with_one_of_two():
    a, b, c = (opinion(n, histology=h) for n, h in zip("ABC", ("Melanoma", "Benign naevus", "melanoma"), strict=True))
    found = standing("histology", a, b, c)
    assert (found.topic, found.grade) == (Topic.DIAGNOSIS, Grade.MAJOR)
    assert found.camps == (("A", "C"), ("B",))
    assert found.said == (("A", ("Melanoma",)), ("B", ("Benign naevus",)), ("C", ("melanoma",)))
    assert [(i.first, i.rule.id, i.direction) for i in found.items] == [
        (("Melanoma",), "behaviour", Direction.MALIGNANT_TO_BENIGN),
        (("Benign naevus",), "behaviour", Direction.BENIGN_TO_MALIGNANT),
    ]
    assert found.causes == (Cause.UNKNOWN,)


def test_who_is_silent_is_in_no_camp_and_disagrees_with_nobody():
    found = standing("er", opinion("A", er="positive"), opinion("B"), opinion("C", er="positive"), opinion("D"))
    assert (found.grade, found.camps, found.silent) == (Grade.CONCORDANT, (("A", "C"),), ("B", "D"))
    assert found.items == ()
    alone = standing("er", opinion("A", er="positive"), opinion("B"), opinion("C"))
    assert (alone.grade, alone.camps, alone.silent) == (Grade.NOT_ADDRESSED, (("A",),), ("B", "C"))


def test_three_ways_apart_with_their_cause():
    grades = [opinion("R", grade=g) for g in ("G1", "G2", "G3")]
    found = standing("grade", *grades, causes={"grade": Cause.DIFFERENT_CRITERIA})
    assert found.camps == (("R",), ("R (2)",), ("R (3)",))
    assert (found.grade, found.causes) == (Grade.MAJOR, (Cause.DIFFERENT_CRITERIA,))
    assert [i.rule.id for i in found.items] == ["grade_step", "grade_far", "grade_step"]


def test_treatments_of_three_as_sets():
    plans = [opinion(n, options=o) for n, o in (("A", [LUMPECTOMY]), ("B", [DEBULKING]), ("C", [LUMPECTOMY, DIET]))]
    found = standing("treatment", *plans)
    assert {i.rule.id for i in found.items} == {"treatment_intent", "treatment_supportive"}
    assert (found.grade, found.camps) == (Grade.MAJOR, (("A",), ("B",), ("C",)))


def test_patient_wording_has_no_scores_and_says_all_four_grades():
    shown = {item("er", "positive", s).plain for s in ("positive", "negative", "equivocal")}
    shown.add(compare(opinion(er="positive"), opinion()).items[0].plain)
    assert len(shown) == 4
    assert not any("radpeer" in s.lower() for s in (*shown, *(r.sentence for r in RULES.values())))


def test_worst():
    assert worst([]) is Grade.NOT_ADDRESSED
    assert worst([Grade.NOT_ADDRESSED, Grade.CONCORDANT]) is Grade.CONCORDANT
    assert worst([Grade.MINOR, Grade.MAJOR, Grade.CONCORDANT]) is Grade.MAJOR


def test_every_rule_is_reachable_from_the_rows_above():
    """A rule nobody can reach would be a sentence that nobody checked."""
    source = Path(__file__).read_text(encoding="utf-8")
    assert [rule for rule in RULES if f'"{rule}"' not in source] == []


# blind against final


def test_changes_after_the_reveal():
    blind = opinion("R", er="negative", grade="G1", ki67=10, histology="Ductal carcinoma")
    final = opinion("R", er="positive", grade="G1", pr="positive", histology="Lobular carcinoma")
    first = opinion("F", er="positive", histology="Ductal carcinoma")
    found = {c.item.field: (c.fate, c.towards_first) for c in changes(blind, final, first)}
    assert found == {
        "histology": (Fate.CHANGED, False),
        "grade": (Fate.KEPT, None),
        "ki67": (Fate.WITHDRAWN, False),
        "er": (Fate.CHANGED, True),
        "pr": (Fate.ADDED, False),
    }
    assert {c.towards_first for c in changes(blind, final)} == {None}


def test_a_change_within_what_was_agreed_before_is_no_step_towards_the_first():
    first = opinion("F", grade="G2")
    within = changes(opinion("R", grade="G2"), opinion("R", grade=[(None, "G2"), (None, "G3")]), first)
    assert [(c.fate, c.towards_first) for c in within if c.item.field == "grade"] == [(Fate.CHANGED, False)]
    silent = changes(opinion("R", grade="G3"), opinion("R"), first)
    assert [(c.fate, c.towards_first) for c in silent if c.item.field == "grade"] == [(Fate.WITHDRAWN, False)]


def test_treatment_changed_after_the_reveal():
    first = opinion("F", options=[MASTECTOMY])
    moved = changes(opinion("R", options=[LUMPECTOMY]), opinion("R", options=[MASTECTOMY]), first)
    assert [(c.fate, c.towards_first) for c in moved] == [(Fate.CHANGED, True)]


# properties


def _value(spec):
    words = st.sampled_from(
        ["carcinoma", "benign cyst", "Stage IIA", "pT2", "N0", "M1b", "G2", "\x00\x07", "é" * 3000, "(((("]
    )
    return {
        Kind.TEXT: words | st.text(min_size=1).filter(str.strip),
        Kind.CHOICE: st.sampled_from(spec.choices or ("-",)),
        Kind.NUMBER: st.integers(0, 9) | st.floats(0, 1e9),
        Kind.FLAG: st.booleans(),
        Kind.DATE: st.just("2020"),
        Kind.CODE: st.sampled_from([M("8500/3"), M("8500"), T("C50"), S("123456"), OncoTree("IDC")]),
    }[spec.kind]


@st.composite
def opinions(draw):
    names = draw(st.lists(st.sampled_from(sorted(FIELDS)), max_size=6))
    facts = tuple(
        Fact(name, draw(_value(FIELDS[name])), HERE, about=draw(st.sampled_from([None, "lesion:1"]))) for name in names
    )
    chosen = draw(st.lists(st.sampled_from([LUMPECTOMY, MASTECTOMY, DEBULKING, CHEMO, WATCH, DIET]), max_size=3))
    return Opinion("X", "y", facts, tuple(chosen), addressed=draw(st.frozensets(st.sampled_from(Domain))))


@given(opinions(), opinions())
def test_total_and_grades_do_not_depend_on_who_spoke_first(a, b):
    forward, back = compare(a, b), compare(b, a)
    assert [t.topic for t in forward.topics] == list(Topic)
    assert sorted((i.field, i.rule.id) for i in forward.items) == sorted((i.field, i.rule.id) for i in back.items)


@given(st.lists(opinions(), max_size=4))
def test_any_number_of_opinions_stand_somewhere(all_of_them):
    for one in among(all_of_them):
        speaking = [name for name, _ in one.said]
        assert sorted(name for camp in one.camps for name in camp) == sorted(speaking)
        assert len(speaking) + len(one.silent) == len(all_of_them)


@given(opinions())
def test_an_opinion_agrees_with_itself(a):
    found = compare(a, a)
    assert all(i.grade in (Grade.CONCORDANT, Grade.NOT_ADDRESSED) for i in found.items)
    assert all(c.fate is Fate.KEPT for c in changes(a, a))
