"""A fact holds what its field can hold; a record answers for its facts and hides no contradiction."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical.record import (
    FIELDS,
    SINGLE,
    Domain,
    Fact,
    FactError,
    Icdo3Topography,
    Kind,
    Method,
    Provenance,
    Record,
    Span,
    Subject,
    day_range,
    strictest,
)
from overread.clinical.record.fields import STRICTNESS

HERE = Provenance("d", Method.CODED)


def fact(field, value, about=None):
    return Fact(field, value, HERE, about)


@pytest.mark.parametrize(
    "field, value, text",
    [
        ("site", "Breast", "Breast"),
        ("sex", "female", "female"),
        ("tumor_size", 23, "23 mm"),
        ("tumor_size", 2.50, "2.5 mm"),
        ("birth_date", "1980", "1980"),
        ("birth_date", "1980-02", "1980-02"),
        ("birth_date", "1980-02-29", "1980-02-29"),
        ("site_code", Icdo3Topography("C50.4"), "C50.4"),
    ],
)
def test_a_fact_and_how_it_reads(field, value, text):
    assert fact(field, value).text == text


@pytest.mark.parametrize(
    "field, value",
    [
        ("site", " "),
        ("site", 3),
        ("sex", "F"),
        ("tumor_size", "23"),
        ("tumor_size", True),
        ("tumor_size", float("nan")),
        ("tumor_size", float("inf")),
        ("tumor_size", 10**400),
        ("birth_date", "1981-02-29"),
        ("birth_date", "1981-13"),
        ("birth_date", "yesterday"),
        ("birth_date", 1980),
        ("site_code", "C50.4"),
        ("no_such_field", "x"),
    ],
)
def test_refuses_what_the_field_cannot_hold(field, value):
    with pytest.raises(FactError, match=field):
        fact(field, value)


values = st.none() | st.text() | st.integers() | st.floats() | st.booleans() | st.just(Icdo3Topography("C50"))


@given(st.sampled_from(sorted(FIELDS)), values)
def test_any_value_is_a_fact_or_a_fact_error(field, value):
    try:
        assert fact(field, value).text
    except FactError as error:
        assert field in str(error)


def test_a_record_answers_by_field():
    record = Record(Subject("s"), (), (fact("er", "positive"), fact("er", "positive"), fact("pr", "negative")))
    assert len(record.all("er")) == 2 and record.values("er") == ("positive",)
    assert record.one("er") is record.facts[0] and record.one("her2") is None and record.all("her2") == ()


def test_a_record_that_contradicts_itself_gives_no_single_fact():
    record = Record(Subject("s"), (), (fact("er", "positive"), fact("er", "negative")))
    assert record.one("er") is None
    assert [(name, len(facts)) for name, facts in record.contradictions()] == [("er", 2)]


@pytest.mark.parametrize(
    "facts",
    [
        [fact("er", "positive"), fact("er", "positive")],
        [fact("er", "positive", "specimen:A"), fact("er", "negative", "specimen:B")],
        [fact("finding", "nodule"), fact("finding", "effusion")],
    ],
)
def test_what_may_repeat_is_no_contradiction(facts):
    assert list(Record(Subject("s"), (), tuple(facts)).contradictions()) == []


def test_records_are_frozen_and_compare_by_what_they_hold():
    record = Record(Subject("s"), (), (fact("er", "positive"),))
    assert record == Record(Subject("s"), (), (fact("er", "positive"),))
    with pytest.raises(AttributeError):
        record.facts = ()


def test_the_vocabulary_is_whole():
    assert FIELDS.keys() >= SINGLE
    for name, spec in FIELDS.items():
        assert spec.name == name and spec.label
        assert bool(spec.choices) == (spec.kind is Kind.CHOICE)
        assert spec.unit is None or spec.kind is Kind.NUMBER


def test_what_is_derived_inherits_the_strictest_domain():
    assert set(STRICTNESS) == set(Domain)
    assert strictest((Domain.IMAGING, Domain.PLAN, Domain.CLINICAL)) is Domain.PLAN


def test_a_span_is_characters_of_a_text():
    assert Span(2, 4).of("abcdef") == "cd"


@pytest.mark.parametrize("start, end", [(3, 3), (4, 3), (-1, 2)])
def test_no_span(start, end):
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_an_unnamed_subject_is_called_so():
    assert (Subject("s").label, Subject("s", name="Jane").label) == ("Unnamed", "Jane")


@pytest.mark.parametrize(
    "text, days",
    [
        ("2018", (date(2018, 1, 1), date(2018, 12, 31))),
        ("2020-02", (date(2020, 2, 1), date(2020, 2, 29))),
        ("2018-03-09", (date(2018, 3, 9), date(2018, 3, 9))),
        ("2018-03-09T23:30:00-05:00", (date(2018, 3, 9), date(2018, 3, 9))),
        ("2018-02-30", None),
        ("2018-13", None),
        ("0000", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_the_days_a_date_may_mean(text, days):
    assert day_range(text) == days


@given(st.text(max_size=12))
def test_any_text_is_days_or_nothing(text):
    span = day_range(text)
    assert span is None or span[0] <= span[1]


@pytest.mark.parametrize(
    "field, one, other, days, found",
    [
        ("ecog", 0, 2, ("2020-01-01", "2020-01-01"), ["ecog"]),
        ("ecog", 0, 2, ("2020-01-01", "2021-01-01"), []),  # it changed
        ("ecog", 0, 2, (None, None), []),  # it may have changed
        ("karnofsky", 80, 80, ("2020", "2020"), []),
        ("smoking", "never", "current", (None, None), ["smoking"]),
        ("pack_years", 10, 30, ("2020", "2020"), ["pack_years"]),
        ("exposure", "asbestos", "radon", ("2020", "2020"), []),  # one may have several
        ("treatment_line", 1, 2, (None, None), []),  # of two treatments
    ],
)
def test_what_may_change_contradicts_itself_only_on_one_day(field, one, other, days, found):
    facts = (Fact(field, one, HERE, None, days[0]), Fact(field, other, HERE, None, days[1]))
    if field.startswith("treatment"):
        facts = tuple(Fact(f.field, f.value, HERE, f"treatment:{n}") for n, f in enumerate(facts))
    assert [name for name, _ in Record(Subject("s"), (), facts).contradictions()] == found


def test_two_values_of_one_treatment_contradict_each_other():
    facts = tuple(Fact("treatment_intent", value, HERE, "treatment:1") for value in ("curative", "palliative"))
    assert [name for name, _ in Record(Subject("s"), (), facts).contradictions()] == ["treatment_intent"]
