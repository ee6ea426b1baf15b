"""Answers in, assessment out: a table of situations and what is said about each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overread.clinical.indication import (
    EMERGENCIES,
    KINDS,
    MODIFIER_SITUATIONS,
    TRIGGERS,
    TUMOURS,
    Answers,
    UrgencyClaim,
    Waiting,
    assess,
    stage_number,
)
from overread.clinical.record import Modality

ANSWERS = st.builds(
    Answers,
    situations=st.frozensets(st.sampled_from([*TRIGGERS, *MODIFIER_SITUATIONS, "nonsense"])),
    tumour=st.none() | st.sampled_from([*TUMOURS, "", "nonsense"]),
    disciplines=st.frozensets(st.sampled_from(["pathology", "cytology", "radiology", "nonsense"])),
    stage=st.none() | st.text(max_size=8) | st.sampled_from(["I", "IIA", "Stage 3", "IVB"]),
    metastatic=st.none() | st.booleans(),
    treatment_started=st.none() | st.booleans(),
    emergencies=st.frozensets(st.sampled_from([*EMERGENCIES, "nonsense"])),
    urgency=st.none() | st.builds(UrgencyClaim, st.none() | st.text(max_size=30), st.none() | st.text(max_size=30)),
    none_of_these=st.booleans(),
)


def says(**answers: object) -> Answers:
    return Answers(**answers)  # type: ignore[arg-type]


@settings(deadline=None)
@given(ANSWERS)
def test_no_answers_raise_and_every_sentence_is_written_out(answers: Answers) -> None:
    found = assess(answers)
    sentences = [found.sentence, found.timing.sentence, found.expected_yield.sentence, *(w.sentence for w in found.why)]
    sentences += [f.sentence for f in found.timing.findings] + [e.sentence for e in found.emergencies]
    assert all(sentence and "{" not in sentence for sentence in sentences)


@settings(deadline=None)
@given(ANSWERS, st.sampled_from(list(TRIGGERS)))
def test_one_more_reason_never_takes_the_indication_away(answers: Answers, key: str) -> None:
    more = says(situations=answers.situations | {key}, tumour=answers.tumour, none_of_these=answers.none_of_these)
    assert assess(more).indicated is True
    assert {why.trigger for why in assess(more).why} >= {why.trigger for why in assess(answers).why} - {"metastatic"}


@pytest.mark.parametrize("key", list(TRIGGERS))
def test_every_trigger_is_enough_alone_and_leads_to_a_review(key: str) -> None:
    found = assess(says(situations=frozenset({key})))
    assert found.indicated is True
    assert [why.trigger for why in found.why] == [key]
    assert found.kinds and {kind.key for kind in found.kinds} == set(TRIGGERS[key].kinds)


@pytest.mark.parametrize(
    ("answers", "indicated", "words"),
    [
        (says(), None, "cannot say yet"),
        (says(none_of_these=True), False, "Nothing you told us"),
        (says(none_of_these=True, tumour="sarcoma"), True, "worth asking"),
        (says(tumour="breast"), None, "cannot say yet"),
        (says(situations=frozenset({"rare_marker"})), None, "cannot say yet"),
        (says(emergencies=frozenset({"svc_syndrome"})), True, "Treatment comes first"),
        (says(metastatic=True), True, "worth asking"),
        (says(urgency=UrgencyClaim("Dr Ito", "the tumour is closing the bowel")), True, "Your treatment goes ahead"),
        (says(urgency=UrgencyClaim()), None, "cannot say yet"),
    ],
)
def test_indicated(answers: Answers, indicated: bool | None, words: str) -> None:
    found = assess(answers)
    assert found.indicated is indicated
    assert words in found.sentence


def test_unknown_answers_are_named() -> None:
    answers = says(situations=frozenset({"x", "rural_or_few_specialists"}), tumour="y", emergencies=frozenset({"z"}))
    assert assess(answers).not_understood == ("x", "y", "z")


@pytest.mark.parametrize(
    ("tumour", "trigger"),
    [("sarcoma", "rare_cancer"), ("phaeochromocytoma", "rare_cancer"), ("unknown_primary", "unknown_primary")],
)
def test_the_tumour_itself_may_be_the_reason(tumour: str, trigger: str) -> None:
    why = assess(says(tumour=tumour)).why
    assert trigger in {reason.trigger for reason in why}


def test_rare_says_on_what_ground() -> None:
    (rare, guidance) = assess(says(tumour="osteosarcoma")).why
    assert "UK guideline body" in rare.sentence
    assert guidance.sources[0].id == "rule_sarcoma_nice"


def test_guidance_that_is_no_reason_is_advice() -> None:
    found = assess(says(tumour="bladder"))
    assert found.why == ()
    assert "within 6 weeks" in found.advice[0].sentence


# ---- yield


def test_figures_stay_apart_by_tumour_and_discipline() -> None:
    found = assess(says(tumour="breast", disciplines=frozenset({"multidisciplinary"}))).expected_yield
    assert {rate.discipline for rate in found.figures} == {"multidisciplinary"}
    assert {rate.whose for rate in found.figures} == {"breast"}
    assert {rate.whose for rate in found.general} == {"all"}
    (musc,) = [
        r for r in found.figures if (r.source.id, r.figure) == ("disc_breast_musc_2018", "diagnosis_changed_pct")
    ]
    assert (musc.percent, musc.n) == (42.8, 70)
    assert "says nothing about other cancers" in (musc.caution or "")


def test_a_tumour_takes_its_groups_figures_too_nearest_first() -> None:
    whose = [rate.whose for rate in assess(says(tumour="prostate")).expected_yield.figures]
    assert list(dict.fromkeys(whose)) == ["prostate", "urologic"]


@pytest.mark.parametrize(
    ("tumour", "name"), [("thymus", "tumour of the thymus"), (None, "your cancer"), ("x", "your cancer")]
)
def test_no_applicable_figure(tumour: str | None, name: str) -> None:
    found = assess(says(tumour=tumour)).expected_yield
    assert found.figures == ()
    assert found.sentence.startswith(f"No applicable figure: we know of no published rate for {name}")


def test_a_range_across_studies_has_no_single_percent() -> None:
    (rate,) = [r for r in assess(says()).expected_yield.general if r.source.id == "disc_mdt_lamb_2011"]
    assert (rate.percent, rate.between) == (None, (2, 52))
    assert "2 to 52 of 100" in rate.sentence
    assert "quoted by another page" in (rate.source.note or "")


def test_a_rate_of_one_site_does_not_borrow_the_n_of_all() -> None:
    rates = assess(says(tumour="lung")).expected_yield.figures
    (hopkins,) = [rate for rate in rates if rate.source.id == "disc_all_hopkins_1999"]
    assert (hopkins.percent, hopkins.n) == (0.6, None)


# ---- modifiers


@pytest.mark.parametrize(
    ("situation", "tumour", "key", "direction", "sourced"),
    [
        ("ambiguous_pathology", "nhl", "provisional", "higher", True),
        ("ambiguous_pathology", "thyroid", "indeterminate_thyroid", "higher", True),
        ("read_at_teaching_hospital", "cns", "academic_cns", "lower", True),
        ("unambiguous_accredited", None, "settled_report", "lower", False),
        ("rare_marker", None, "rare_marker", "higher", False),
        ("irreversible_treatment", None, "consequence", "higher", False),
    ],
)
def test_modifiers(situation: str, tumour: str | None, key: str, direction: str, sourced: bool) -> None:
    (found,) = assess(says(situations=frozenset({situation}), tumour=tumour)).modifiers
    assert (found.key, found.direction, found.source is not None) == (key, direction, sourced)


def test_a_modifier_of_another_tumour_does_not_apply() -> None:
    assert assess(says(situations=frozenset({"ambiguous_pathology"}), tumour="lung")).modifiers == ()


# ---- timing


@pytest.mark.parametrize(
    ("answers", "waiting", "known_safe"),
    [
        (says(tumour="apl"), Waiting.DO_NOT_WAIT, False),
        (says(tumour="nhl"), Waiting.ASK_NOW, False),
        (says(tumour="colon"), Waiting.COSTS, False),
        (says(tumour="kidney", stage="I"), Waiting.COSTS, False),
        (says(tumour="kidney"), Waiting.COSTS, False),
        (says(tumour="kidney", stage="III"), Waiting.NOT_KNOWN, None),
        (says(tumour="lung", metastatic=True), Waiting.NOT_KNOWN, None),
        (says(tumour="stomach"), Waiting.NO_DIFFERENCE_FOUND, None),
        (says(tumour="melanoma", stage="IV"), Waiting.NO_DIFFERENCE_FOUND, None),
        (says(tumour="melanoma", metastatic=True), Waiting.NO_DIFFERENCE_FOUND, None),
        (says(tumour="melanoma"), Waiting.COSTS, False),
        (says(tumour="thymus"), Waiting.NOT_KNOWN, None),
        (says(), Waiting.NOT_KNOWN, None),
        (says(tumour="thymus", emergencies=frozenset({"hypercalcaemia"})), Waiting.DO_NOT_WAIT, False),
    ],
)
def test_waiting(answers: Answers, waiting: Waiting, known_safe: bool | None) -> None:
    found = assess(answers).timing
    assert (found.waiting, found.known_safe) == (waiting, known_safe)


def test_a_finding_for_some_stages_says_so_when_the_stage_is_unknown() -> None:
    (bleicher,) = [
        f for f in assess(says(tumour="breast")).timing.findings if f.source and f.source.id == "delay_bleicher_2015"
    ]
    assert bleicher.only_if == ("I", "II")
    assert "your stage is not known to us" in bleicher.sentence


def test_treatment_that_has_begun_is_not_stopped() -> None:
    assert "do not stop or change it" in assess(says(treatment_started=True)).timing.sentence


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("IIA", "II"),
        ("Stage 2", "II"),
        ("stage IVB", "IV"),
        ("IIIC1", "III"),
        ("4", "IV"),
        ("12", None),
        ("", None),
        ("V", None),
        ("IIII", None),
    ],
)
def test_stage_number(text: str, number: str | None) -> None:
    assert stage_number(text) == number


# ---- urgency and emergencies


def test_an_emergency_opens_an_expedited_review_beside_treatment() -> None:
    found = assess(says(emergencies=frozenset({"neutropenic_fever"}), situations=frozenset({"patient_unsure"})))
    assert found.kinds[0].key == "concurrent_expedited"
    assert "38.3 °C once, or 38.0 °C for 60 minutes" in found.emergencies[0].sentence
    assert "Treatment is not held back" in found.emergencies[0].sentence


def test_what_people_notice_names_the_page_that_says_so():
    told = {e.key: e for e in EMERGENCIES.values() if e.noticed}
    assert set(told) > {"svc_syndrome", "spinal_cord_compression", "hypercalcaemia"}
    assert told["spinal_cord_compression"].noticed.startswith("People may notice a narrow band of pain")
    assert "NICE CG75" in told["spinal_cord_compression"].sources[-1].title
    assert EMERGENCIES["leukostasis"].noticed == ""  # no page was opened


@pytest.mark.parametrize(
    ("claim", "accepted", "words"),
    [
        (UrgencyClaim(), False, "Which doctor says so"),
        (UrgencyClaim("Dr Ito", " "), False, "Which doctor says so"),
        (UrgencyClaim(None, "the tumour is bleeding"), False, "during the 3 to 7 working days"),
        (UrgencyClaim("Dr Ito", "the theatre has a slot on Friday"), False, "a matter of planning"),
        (UrgencyClaim("Dr Ito", "the tumour is closing the bowel"), True, "Dr Ito has said why"),
        (UrgencyClaim("Dr Ito", "it is urgent"), False, "does not say what the cancer would do"),
        (UrgencyClaim("Dr Ito", "as soon as possible"), False, "Keep the date of your treatment"),
        (UrgencyClaim("Dr Ito", "bleeding, and theatre has a slot"), True, "Dr Ito has said why"),
    ],
)
def test_a_claim_of_urgency_names_a_doctor_and_a_reason(claim: UrgencyClaim, accepted: bool, words: str) -> None:
    found = assess(says(situations=frozenset({"ambiguous_pathology"}), urgency=claim))
    assert found.urgency is not None
    assert found.urgency.accepted is accepted
    assert words in found.urgency.sentence
    assert (found.urgency.question is None) is accepted
    assert ("concurrent_expedited" in {kind.key for kind in found.kinds}) is accepted


def test_without_a_known_turnaround_the_question_names_none() -> None:
    claim = assess(says(urgency=UrgencyClaim())).urgency
    assert claim is not None and "during the time that a review takes" in claim.sentence


# ---- whom to hear, what it costs


@pytest.mark.parametrize(
    ("answers", "without", "with_"),
    [
        (says(tumour="breast"), Modality.TRIAL, Modality.HORMONE),
        (says(tumour="lung"), Modality.HORMONE, Modality.SURGERY),
        (says(tumour="lymphoma"), Modality.SURGERY, Modality.SYSTEMIC),
        (says(metastatic=True), Modality.HORMONE, Modality.TRIAL),
    ],
)
def test_modalities(answers: Answers, without: Modality, with_: Modality) -> None:
    heard = {found.modality for found in assess(answers).modalities}
    assert with_ in heard
    assert without not in heard
    assert Modality.SURVEILLANCE in heard


def test_the_four_sources_of_an_opinion_are_compared() -> None:
    found = assess(says()).opinion_sources
    assert [source.key for source in found] == [
        "independent_specialist",
        "tumor_board",
        "pathologist",
        "renowned_expert",
    ]
    assert all(source.good_for and source.weak_for for source in found)
    assert found[2].figures and not found[3].figures


def test_cost_is_said_to_be_unknown_where_no_source_gives_it() -> None:
    review, online, medicare, records = assess(says()).cost
    assert "no published figure" in review.sentence and review.source is None
    assert "$2400" in online.sentence and "5 to 7 working days" in online.sentence and online.source is not None
    assert "20 % of the approved amount" in medicare.sentence and medicare.source is not None
    assert "$6.50" in records.sentence and records.source is not None


def test_kinds_name_scope_turnaround_and_clock() -> None:
    assert (
        KINDS["comprehensive"].sentence
        == "Usually 10 to 20 working days (2 to 4 weeks), counted from the day all records and material are here."
    )
    assert KINDS["radiology_only"].turnaround is None
    assert all(kind.scope for kind in KINDS.values())
