"""A treatment is put together from the facts that are tied to it, within one document."""

import pytest

from overread.clinical.record import (
    DETAILS,
    FIELDS,
    TREATMENTS,
    Domain,
    Fact,
    Intent,
    Method,
    Modality,
    Phase,
    Provenance,
    Record,
    Reversibility,
    Status,
    Subject,
    disagreements,
    treatments,
)


def fact(field, value, about="treatment:1", document="d", on=None):
    return Fact(field, value, Provenance(document, Method.TEXT), about, on)


def record(*facts):
    return Record(Subject("s"), (), facts)


WHOLE = (
    fact("treatment_given", "chemoradiation", on="2019-03"),
    fact("treatment_status", "given"),
    fact("treatment_modality", "radiation"),
    fact("treatment_modality", "systemic"),
    fact("treatment_intent", "curative"),
    fact("treatment_phase", "adjuvant"),
    fact("treatment_line", 2),
    fact("treatment_reversibility", "irreversible"),
    fact("treatment_amount", "6 cycles"),
    fact("treatment_ended", "2019-08"),
)


def test_everything_that_is_said_of_a_treatment():
    (found,) = treatments(record(*WHOLE))
    assert (found.name, found.status, found.intent, found.phase) == (
        "chemoradiation", Status.GIVEN, Intent.CURATIVE, Phase.ADJUVANT,
    )  # fmt: skip
    assert found.modalities == (Modality.RADIATION, Modality.SYSTEMIC)
    assert (found.line, found.reversibility, found.amount, found.ended) == (
        2, Reversibility.IRREVERSIBLE, "6 cycles", "2019-08",
    )  # fmt: skip
    assert found.text == "chemoradiation (given, curative, adjuvant, line 2, 6 cycles, until 2019-08)"


def test_what_no_source_says_stays_unknown():
    (found,) = treatments(
        record(fact("treatment_proposed", "surgery", about=None), fact("treatment_intent", "curative", about=None))
    )
    silent = (found.status, found.intent, found.phase, found.line, found.reversibility, found.amount, found.ended)
    assert silent == (None,) * 7 and found.modalities == () and found.text == "surgery"


def test_two_values_that_cannot_both_be_are_no_value():
    (found,) = treatments(
        record(WHOLE[0], fact("treatment_intent", "curative"), fact("treatment_intent", "palliative"))
    )
    assert found.intent is None


def test_the_first_treatment_of_another_document_is_another_treatment():
    other = fact("treatment_proposed", "mastectomy", document="e")
    first, second = treatments(record(WHOLE[0], other, fact("treatment_intent", "palliative", document="e")))
    assert (first.intent, second.intent) == (None, Intent.PALLIATIVE)


def test_the_fields_asked_for_in_their_order():
    facts = (fact("treatment_given", "a"), fact("treatment_proposed", "b", "treatment:2"))
    assert [t.name for t in treatments(record(*facts), "treatment_proposed", "treatment_given")] == ["b", "a"]
    assert [t.name for t in treatments(record(*facts), "treatment_discussed")] == []


@pytest.mark.parametrize("name", [*TREATMENTS, *DETAILS])
def test_treatments_and_all_that_is_said_of_them_belong_to_the_plan(name):
    assert FIELDS[name].domain is Domain.PLAN


@pytest.mark.parametrize(
    ("field", "one", "other", "found"),
    [
        ("treatment_intent", "curative", "palliative", ["treatment_intent"]),
        ("treatment_intent", "curative", "curative", []),
        ("treatment_line", 1, 2, ["treatment_line"]),
        ("treatment_ended", "2019", "2020", ["treatment_ended"]),
        ("treatment_status", "given", "refused", ["treatment_status"]),
        ("treatment_status", "planned", "given", []),
        ("treatment_amount", "6 cycles", "4 cycles", []),
    ],
)
def test_two_sources_disagree_about_one_treatment(field, one, other, found):
    both = [fact("treatment_given", "Tamoxifen"), fact("treatment_given", "tamoxifen ", document="e")]
    told = record(*both, fact(field, one), fact(field, other, document="e"))
    assert [name for name, _ in disagreements(treatments(told))] == found
    assert not list(
        disagreements(treatments(record(both[0], fact(field, one), fact("treatment_given", "x", "treatment:2"))))
    )


def test_the_same_name_on_two_days_is_two_treatments():
    told = record(
        fact("treatment_given", "chemotherapy", on="2010"), fact("treatment_intent", "curative"),
        fact("treatment_given", "chemotherapy", document="e", on="2019"), fact("treatment_intent", "palliative", document="e"),
    )  # fmt: skip
    assert list(disagreements(treatments(told))) == []
