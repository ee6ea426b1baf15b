"""A record in, everything out: each room was asked, and with this record."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from overread.clinical.assessment import assess, specialties_needed, timeline, to_json, to_plain
from overread.clinical.experts import Article, Author
from overread.clinical.indication import Answers
from overread.clinical.indication import assess as indicate
from overread.clinical.record import (
    FIELDS,
    Domain,
    Fact,
    Icdo3Topography,
    Kind,
    Method,
    Modality,
    Provenance,
    Record,
    Subject,
)
from overread.clinical.trials import Trial

TODAY = date(2026, 11, 21)
HERE = Provenance("d", Method.CODED)


def fact(field, value, on=None, about=None):
    return Fact(field, value, HERE, about, on)


def record(*facts):
    return Record(Subject("s", name="Jane"), (), facts)


LUNG = record(
    fact("site", "Lung"),
    fact("site_code", Icdo3Topography("C34.1")),
    fact("histology", "Adenocarcinoma"),
    fact("t", "T2a", "2026-05-01"),
    fact("n", "N1", "2026-05-01"),
    fact("m", "M0", "2026-05-01"),
    fact("stage_group", "IIB", "2026-05-01"),
    fact("edition", "8"),
    fact("treatment_proposed", "Lobectomy"),
    fact("medication", "Cisplatin", "2026-06"),
    fact("study_date", "2026-04-02"),
)
ARTICLE = Article(
    pmid="1",
    title="Lung cancer surgery",
    abstract=None,
    year=2025,
    authors=(Author(last="Doe", fore="Jane"),),
)
TRIAL = Trial("NCT00000001", "A lung trial", minimum_age="18 Years")


def test_every_room_answers_for_this_record():
    found = assess(LUNG, TODAY, trials=[TRIAL], articles=[ARTICLE])
    assert found.workup.tumour and found.workup.tumour.group == "lung"
    assert found.answers.tumour == "lung" and found.answers.metastatic is False
    assert found.topic.site == "lung" and found.experts.considered == 1
    assert [match.nct for match in found.trials] == ["NCT00000001"]
    assert found.as_of == TODAY and found.subject.name == "Jane"
    assert found.timeline.events[0].label == "Date of study"


def test_another_record_gives_another_answer():
    breast = record(fact("site", "Breast"), fact("er", "positive"))
    one, other = assess(LUNG, TODAY), assess(breast, TODAY)
    assert one.workup.tumour != other.workup.tumour and one.topic != other.topic and one.stage != other.stage


def test_an_empty_record_gets_answers_that_abstain():
    found = assess(Record(Subject("x")), TODAY)
    assert found.workup.tumour is None and found.experts.experts == () and found.experts.reason
    assert found.timeline.events == () and found.trials == () and found.indication.indicated is None


def test_what_the_person_said_goes_before_what_the_record_says():
    said = Answers(tumour="breast", none_of_these=True)
    found = assess(LUNG, TODAY, answers=said)
    assert found.answers is said and found.indication.indicated is False


def test_what_does_not_fit_together_is_a_reason_and_shows_its_facts():
    named = fact("histology", "HPV-positive carcinoma"), fact("hpv", "negative")
    (why,) = [w for w in assess(record(*named), TODAY).indication.why if w.trigger == "discordant_findings"]
    assert why.facts == named
    staged = fact("m", "M0"), fact("metastasis", "Liver")
    assert "unclear_staging" in assess(record(*staged), TODAY).answers.situations
    rounded = fact("site", "Lung"), fact("tumor_size", 20), fact("lesion_size", 30, about="lesion:1")
    placed = fact("lesion_location", "lung", about="lesion:1")
    assert assess(record(*rounded, placed), TODAY).workup.contradictory
    assert "discordant_findings" not in assess(record(*rounded, placed), TODAY).answers.situations


def test_a_trial_that_nothing_excludes_is_a_reason_to_ask():
    aged = fact("age", 60)
    assert "trials_may_apply" in assess(record(aged), TODAY, trials=[TRIAL]).answers.situations
    assert "trials_may_apply" not in assess(record(fact("age", 12)), TODAY, trials=[TRIAL]).answers.situations
    assert "trials_may_apply" not in assess(record(), TODAY, trials=[TRIAL]).answers.situations


def test_limits_and_first_doctors_are_passed_on():
    found = assess(LUNG, TODAY, articles=[ARTICLE], away_from=["Jane Doe"], limits={Domain.IMAGING: 30})
    assert [s.label for s in found.workup.stale if "allows" in s.why] == ["imaging"]
    assert all(expert.independence is not None for expert in found.experts.experts)


def test_specialties_name_the_treatments_of_the_record():
    needed = {s.modality: s for s in assess(LUNG, TODAY).specialties}
    assert needed[Modality.SURGERY].facts[0].value == "Lobectomy" and needed[Modality.SURGERY].under_consideration
    assert needed[Modality.SYSTEMIC].facts[0].value == "Cisplatin"
    assert not needed[Modality.RADIATION].under_consideration and needed[Modality.RADIATION].specialty


def test_a_record_that_names_no_cancer_calls_for_no_specialty():
    assert assess(record(), TODAY).specialties == ()


def test_a_treatment_that_only_the_plan_names_is_heard_too():
    plain = indicate(Answers(tumour="lung", none_of_these=True))
    planned = record(fact("treatment_proposed", "Anastrozole"), fact("treatment_proposed", "Mammography"))
    last = specialties_needed(planned, plain)[-1]
    assert (last.modality, last.under_consideration) == (Modality.HORMONE, True)
    assert Modality.HORMONE not in {s.modality for s in specialties_needed(record(), plain)}


def test_the_timeline_is_in_order_and_says_what_has_no_day():
    found = timeline(
        record(
            fact("er", "positive", "2026-03"),
            fact("er", "positive", "2026-03"),
            fact("pr", "negative", "2026-03-10"),
            fact("her2", "negative", "2026"),
            fact("birth_date", "1960"),
            fact("ki67", 20),
            fact("grade", "G2", "spring"),
        )
    )
    assert [(e.on, e.label) for e in found.events] == [
        ("1960", "Date of birth"),
        ("2026", "HER2"),
        ("2026-03", "Oestrogen receptor"),
        ("2026-03-10", "Progesterone receptor"),
    ]
    assert [f.field for f in found.undated] == ["ki67", "grade"]


def _value(spec):
    return {
        Kind.TEXT: st.sampled_from(["lung", "breast carcinoma", "M1", "T2", "IV", "\x00", "lobectomy"]),
        Kind.CHOICE: st.sampled_from(spec.choices or ("-",)),
        Kind.NUMBER: st.integers(-5, 500),
        Kind.FLAG: st.booleans(),
        Kind.DATE: st.sampled_from(["1900", "2026-02", "2999-12-31"]),
        Kind.CODE: st.just(Icdo3Topography("C34.1")),
    }[spec.kind]


@st.composite
def records(draw):
    picked = draw(st.lists(st.sampled_from(sorted(FIELDS)), max_size=8))
    days = st.sampled_from([None, "2018", "2018-02-30", "9999-12-31", "x"])
    return record(*(fact(name, draw(_value(FIELDS[name])), draw(days)) for name in picked))


@settings(max_examples=60, deadline=None)
@given(records())
def test_total_and_always_serialised(case):
    found = assess(case, TODAY, trials=[TRIAL], articles=[ARTICLE])
    assert to_json(found) == to_json(assess(case, TODAY, trials=[TRIAL], articles=[ARTICLE]))
    assert len(found.timeline.undated) + len(found.timeline.events) <= len(case.facts)


def tied(field, value, n=1, on=None):
    return Fact(field, value, Provenance("note", Method.TEXT), f"treatment:{n}", on)


def test_a_treatment_stands_once_on_the_timeline_with_all_that_is_said_of_it():
    told = record(
        tied("treatment_given", "chemotherapy", on="2018-03"), tied("treatment_status", "given"),
        tied("treatment_amount", "6 cycles"), tied("treatment_modality", "systemic"), tied("treatment_ended", "2018-09"),
        tied("treatment_proposed", "surgery", 2), tied("treatment_intent", "curative", 3, "2019"),
    )  # fmt: skip
    found = timeline(told)
    assert [(e.on, e.label, e.text) for e in found.events] == [
        ("2018-03", "Treatment given", "chemotherapy (given, 6 cycles, until 2018-09)"),
        ("2018-09", "Treatment ended on", "chemotherapy"),
        ("2019", "Intent", "curative"),  # its treatment is not in this record
    ]
    assert [f.field for f in found.undated] == ["treatment_proposed"]


def test_every_way_of_treating_that_the_record_names_must_be_heard_but_not_what_was_refused():
    told = record(
        fact("site", "Breast"),
        tied("treatment_proposed", "chemoradiation"), tied("treatment_discussed", "hospice care", 2), tied("treatment_status", "refused", 2),
        tied("treatment_discussed", "tamoxifen", 3), tied("treatment_status", "conditional", 3),
    )  # fmt: skip
    considered = {s.modality: s for s in assess(told, TODAY).specialties if s.under_consideration}
    assert set(considered) == {Modality.RADIATION, Modality.SYSTEMIC, Modality.HORMONE}
    (named,) = considered[Modality.RADIATION].treatments
    assert named.name == "chemoradiation" and considered[Modality.RADIATION].facts == (named.fact,)


def test_what_cannot_be_undone_is_a_reason_and_plain_data_says_why():
    told = record(fact("site", "Breast"), tied("treatment_proposed", "Mastectomy"))
    found = assess(told, TODAY)
    assert "irreversible_treatment" in found.answers.situations
    surgery = next(s for s in to_plain(found)["specialties"] if s["modality"] == "surgery")
    details = {d["field"]: d for d in surgery["treatments"][0]["details"]}
    assert details["treatment_reversibility"]["value"] == "irreversible"
    assert "cannot be put back" in details["treatment_reversibility"]["provenance"]["rule"]
