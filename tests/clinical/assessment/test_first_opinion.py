"""The record's own interpretation as an opinion."""

from overread.clinical.assessment import first_opinion
from overread.clinical.concordance import Grade, Topic, compare
from overread.clinical.record import (
    Domain,
    Fact,
    Intent,
    Method,
    Modality,
    Opinion,
    Provenance,
    Record,
    Subject,
    TreatmentOption,
)

HERE = Provenance("d", Method.TEXT)


def record(*facts: Fact) -> Record:
    return Record(Subject("s"), (), facts)


def fact(field, value, about=None):
    return Fact(field, value, HERE, about)


def test_interpretations_and_proposed_treatments_are_the_opinion():
    found = first_opinion(
        record(
            fact("histology", "Ductal carcinoma"),
            fact("laterality", "left"),
            fact("histology", "Melanoma", about="history"),
            fact("specimen", "Breast"),
            fact("age", 60),
            fact("treatment_proposed", "Mastectomy"),
            fact("treatment_proposed", "Something new"),
            fact("treatment_given", "Radiotherapy"),
        ),
        author="Dr First",
    )
    assert [f.value for f in found.facts] == ["Ductal carcinoma", "left"]
    assert found.options == (TreatmentOption("Mastectomy", Modality.SURGERY, recommended=True),)
    assert found.addressed == {Domain.PATHOLOGY, Domain.PLAN}
    assert "Something new" in found.comment and found.author == "Dr First"


def test_a_silent_record_has_no_opinion():
    found = first_opinion(record())
    assert (found.facts, found.options, found.addressed, found.comment) == ((), (), frozenset(), "")


def test_it_can_be_compared():
    first = first_opinion(record(fact("er", "positive"), fact("treatment_proposed", "Mastectomy")))
    second = Opinion("B", "oncology", (fact("er", "negative"),), (TreatmentOption("Tamoxifen", Modality.HORMONE),))
    found = compare(first, second)
    assert found.topic(Topic.BIOMARKER).grade is Grade.MAJOR and found.topic(Topic.TREATMENT).grade is Grade.MAJOR


def tied(field, value, n):
    return fact(field, value, f"treatment:{n}")


def test_options_are_named_with_intent_and_only_what_is_proposed_is_recommended():
    found = first_opinion(
        record(
            tied("treatment_proposed", "chemoradiation", 1), tied("treatment_intent", "curative", 1),
            tied("treatment_discussed", "active surveillance", 2), tied("treatment_discussed", "mastectomy", 3),
            tied("treatment_status", "refused", 3), tied("treatment_discussed", "something else", 4),
        )
    )  # fmt: skip
    assert found.options == (
        TreatmentOption("chemoradiation", Modality.RADIATION, Intent.CURATIVE, recommended=True),
        TreatmentOption("chemoradiation", Modality.SYSTEMIC, Intent.CURATIVE, recommended=True),
        TreatmentOption("active surveillance", Modality.SURVEILLANCE),
    )
    assert found.comment == ""
