"""Every situation of the field, reached from what a person answers and from the least that a record may say."""

from __future__ import annotations

import pytest

from overread.clinical.indication import TRIGGERS, Answers, answers_from_record, assess
from overread.clinical.record import Fact, Method, OncoTree, Provenance, Record, Subject, Value

# situation, the facts of the smallest record that states it, and one that does not
REACHED: list[tuple[str, list[tuple[str, Value]], list[tuple[str, Value]]]] = [
    ("rare_cancer", [("oncotree", OncoTree("APLPMLRARA"))], [("site", "Breast")]),
    ("rare_cancer", [("ambiguity", "a rare variant")], [("ambiguity", "not a rare variant")]),
    ("ambiguous_pathology", [("ambiguity", "atypical, favour malignant")], [("histology", "Adenocarcinoma")]),
    ("discordant_findings", [("er", "positive"), ("er", "negative")], [("er", "positive")]),
    ("aggressive_for_stage", [("stage_group", "Stage 0"), ("treatment_proposed", "Radical mastectomy")], [("stage_group", "III"), ("treatment_proposed", "Radical mastectomy")]),
    ("aggressive_for_stage", [("stage_group", "IA"), ("treatment_proposed", "Chemoradiation")], [("stage_group", "IA"), ("treatment_proposed", "Letrozole")]),
    ("irreversible_treatment", [("treatment_proposed", "Cystectomy")], [("treatment_proposed", "Letrozole")]),
    ("major_treatment", [("treatment_proposed", "Stem cell transplant")], [("treatment_proposed", "Letrozole")]),
    ("unclear_staging", [("t", "pTX")], [("t", "pT1")]),
    ("trials_may_apply", [("treatment_proposed", "Entry into a clinical trial")], [("treatment_proposed", "Letrozole")]),
    ("molecular_unmatched", [("variant", "BRCA2 variant of uncertain significance")], [("variant", "EGFR L858R")]),
    ("poor_prognosis", [("treatment_proposed", "Hospice care")], [("treatment_proposed", "Letrozole")]),
    ("nodule_changed", [("finding", "nodule has enlarged")], [("finding", "nodule not enlarged")]),
    ("metastatic", [("m", "M1a")], [("m", "M0")]),
    ("rural_or_few_specialists", [("patient_question", "The hospital is three hours away. Can I be seen nearer?")], [("patient_question", "Will I lose my hair?")]),
    ("complicated_care", [("comorbidity", "Congestive heart failure")], [("comorbidity", "No diabetes")]),
    ("several_options", [("treatment_proposed", "Lumpectomy with radiation or mastectomy")], [("treatment_proposed", "Mastectomy")]),
    ("unknown_primary", [("cancer", "Carcinoma of unknown primary")], [("cancer", "Carcinoma of breast")]),
    ("communication_trouble", [("patient_question", "I do not understand the plan.")], [("patient_question", "When is it?")]),
    ("payer_requires", [("patient_question", "My insurance requires a second opinion first.")], [("patient_question", "Does my insurance pay?")]),
    ("patient_unsure", [("patient_question", "I am not sure that surgery is right for me.")], [("patient_question", "When is it?")]),
]  # fmt: skip


def record(pairs: list[tuple[str, Value]], author: str | None = None) -> Record:
    source = Provenance("report", Method.TEXT, author=author)
    return Record(Subject("one"), (), tuple(Fact(field, value, source) for field, value in pairs))


def reasons(found: Record) -> set[str]:
    return {why.trigger for why in assess(answers_from_record(found)).why}


def test_the_table_holds_every_situation() -> None:
    assert {key for key, _, _ in REACHED} | {"read_by_generalist"} == set(TRIGGERS)


@pytest.mark.parametrize("key", list(TRIGGERS))
def test_from_the_answers(key: str) -> None:
    found = assess(Answers(situations=frozenset({key})))
    assert found.indicated is True and [why.trigger for why in found.why] == [key]


@pytest.mark.parametrize(("key", "said", "unsaid"), REACHED)
def test_from_the_record(key: str, said: list[tuple[str, Value]], unsaid: list[tuple[str, Value]]) -> None:
    found = assess(answers_from_record(record(said)))
    (why,) = [reason for reason in found.why if reason.trigger == key]
    assert found.indicated is True
    assert (
        why.facts or key == "rare_cancer"
    )  # rare by its kind: the tumour itself is the ground, and the sentence says it
    assert key not in reasons(record(unsaid))


@pytest.mark.parametrize(
    ("author", "reached"),
    [("Dr. Lee, general radiologist", True), ("Dr. Lee, thoracic radiologist", False), (None, False)],
)
def test_read_by_a_generalist_by_who_the_source_names(author: str | None, reached: bool) -> None:
    assert ("read_by_generalist" in reasons(record([("finding", "mass")], author))) is reached


def test_an_author_of_what_is_no_interpretation_tells_nothing() -> None:
    assert reasons(record([("sex", "female")], "Dr. Lee, general practitioner")) == set()


def test_feeling_unsure_is_enough_by_itself() -> None:
    found = assess(Answers(situations=frozenset({"patient_unsure"})))
    assert found.indicated is True and "alone is reason enough" in found.why[0].sentence


def test_an_earlier_cancer_is_not_this_one() -> None:
    old = Fact("cancer", "Carcinoma of unknown primary", Provenance("report", Method.TEXT), "history")
    assert answers_from_record(Record(Subject("one"), (), (old,))).situations == frozenset()
