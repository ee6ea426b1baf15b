"""Symptoms ranked by published values: whom each speaks of, and what is said where none does."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overread.clinical.symptoms import COVERED, LINKS, SIGNS, SYMPTOMS, VALUES, PredictiveValue, rank


def said(*symptoms: str) -> frozenset[str]:
    return frozenset(symptoms)


@pytest.mark.parametrize(
    ("symptoms", "age", "sex", "conditions"),
    [
        (said("jaundice"), 70, "male", [("pancreas", [22])]),
        (said("jaundice"), 59, "male", []),
        (said("abdominal_distension"), 41, "female", [("ovary", [2.5])]),
        (said("abdominal_distension"), 40, "female", []),  # women over 40
        (said("abdominal_distension"), 60, "male", []),
        (said("rectal_bleeding"), 82, "male", [("colorectal", [8.1, 4.5])]),  # two studies, never one number
        (said("rectal_bleeding"), 82, "female", [("colorectal", [8.1]), ("ovary", [0.2])]),
        (said("lymphadenopathy"), 60, None, [("nhl", [13]), ("hodgkin", [5.6])]),
        (said("weight_loss", "repeated_back_pain"), 45, None, [("nhl", [2]), ("oesophagogastric", [1])]),
        (said("weight_loss"), 45, None, [("oesophagogastric", [1])]),  # below 1, and so last
        (said("weight_loss"), 57, None, []),
        (said("weight_loss"), 60, None, [("pancreas", [1])]),
        (said("dysphagia"), 40, None, [("oesophagogastric", [1])]),
        (said("dysphagia"), 54.9, None, [("oesophagogastric", [1])]),
        (said("dysphagia"), 55, None, [("oesophagogastric", [5])]),
        (said("dysphagia"), 39, None, []),
        (said("abdominal_pain"), 82, "female", [("ovary", [0.3]), ("pancreas", [1])]),
        (said("haematuria"), 54, "male", []),
        (said("haematuria"), 55, "male", [("urologic", [8.5])]),
        (said("haematuria"), 64.9, "male", [("urologic", [8.5])]),
        (said("haematuria"), 65, "male", [("urologic", [11.2])]),
        (said("haematuria"), 75, "male", [("urologic", [10.3])]),
        (said("haematuria"), 85, "male", [("urologic", [9.2])]),
        (said("haematuria"), 60, "female", []),
        (said("haematuria"), 65, "female", [("urologic", [5.9])]),
        (said("haematuria"), 75, "female", [("urologic", [6.8])]),
        (said("haematuria"), 99, "female", [("urologic", [8.5])]),
        (said("visible_haematuria"), 50, "female", [("urologic", [6.4])]),
        (said("visible_haematuria"), 66, "male", [("urologic", [22.1, 11.2]), ("kidney", [1.0])]),
        (said("malignant_rectal_examination"), 66, "male", [("prostate", [12])]),
        (said("malignant_rectal_examination"), 66, "female", []),
        (said("new_onset_seizure"), 65, None, [("brain", [2.3])]),
        (said("new_onset_seizure"), 24, None, [("brain", [0.024])]),
        (said("new_onset_seizure"), 40, None, []),
        (said("cough"), 70, "male", []),
        (said(), 70, "male", []),
    ],
)
def test_ranking(
    symptoms: frozenset[str], age: float, sex: str | None, conditions: list[tuple[str, list[float]]]
) -> None:
    found = rank(symptoms, age, sex)
    assert [(c.condition, [value.percent for value in c.values]) for c in found.conditions] == conditions


def test_emergency_advice_comes_whatever_was_said() -> None:
    for found in (rank(said()), rank(said("jaundice"), 70)):
        assert "call the emergency number now" in found.emergency[0].sentence
        assert "38.0 °C" in found.emergency[1].sentence


def test_a_value_for_other_people_is_shown_apart() -> None:
    found = rank(said("jaundice"), 30, "female")
    assert found.conditions == ()
    assert [value.condition for value in found.other_people] == ["pancreas"]
    assert "no published chance for these symptoms at your age and sex" in found.sentence


@pytest.mark.parametrize("age", [None, math.nan, -1, 200])
def test_an_age_that_was_not_said_leaves_the_value_undecided(age: float | None) -> None:
    found = rank(said("jaundice"), age)
    assert [value.condition for value in found.undecided] == ["pancreas"]


def test_a_sex_that_was_not_said_leaves_the_value_undecided() -> None:
    assert [value.condition for value in rank(said("abdominal_bloating"), 50).undecided] == ["ovary"]
    assert rank(said("abdominal_bloating"), 30).undecided == ()  # too young whatever the sex


def test_a_study_whose_ages_are_not_known_speaks_for_nobody() -> None:
    found = rank(said("anaemia"), 70, "male")
    assert found.conditions == ()
    assert [(value.condition, value.percent) for value in found.undecided] == [("colorectal", 9.7)]


def test_a_narrower_symptom_counts_as_the_wider_one() -> None:
    assert [value.condition for value in rank(said("iron_deficiency_anaemia"), 70).undecided] == ["colorectal"]


def test_an_odds_ratio_is_never_turned_into_a_chance() -> None:
    found = rank(said("nosebleeds"), 60)
    assert found.conditions == ()
    (link,) = [link for link in found.linked if link.odds_ratio]
    assert (link.condition, link.odds_ratio) == ("myeloma", 3.0)
    assert "That does not say how likely it is" in link.sentence


def test_a_link_says_nothing_where_a_value_already_does() -> None:
    pairs = [{(link.condition, link.symptom) for link in rank(said("jaundice"), age).linked} for age in (70, None)]
    assert pairs == [set(), {("pancreas", "jaundice")}]


@pytest.mark.parametrize("sex", ["other", "", "F"])
def test_a_sex_that_no_figure_knows_is_as_good_as_not_said(sex: str) -> None:
    assert rank(said("abdominal_bloating"), 50, sex) == rank(said("abdominal_bloating"), 50)


def test_a_published_lower_bound_is_shown_as_one() -> None:
    (link,) = rank(said("haemoptysis"), 30).linked
    assert link.at_least_pct == 5
    assert "at least 5 of 100" in link.sentence


def test_a_link_of_other_people_is_left_out() -> None:
    assert {link.condition for link in rank(said("cough"), 30).linked} == set()
    assert {link.condition for link in rank(said("cough"), 50).linked} == {"lung"}


def test_what_is_not_covered_is_named() -> None:
    assert rank(said("hiccups", "cough"), 50).not_covered == ("hiccups",)


@pytest.mark.parametrize(("smoking", "notes"), [(None, 1), ("never", 1), ("former", 2), ("current", 2)])
def test_smoking_changes_no_figure_and_says_so(smoking: str | None, notes: int) -> None:
    found = rank(said("jaundice"), 70, smoking=smoking)
    assert len(found.notes) == notes
    assert "3 in 100" in found.notes[0].sentence
    assert found.conditions == rank(said("jaundice"), 70).conditions


def test_sentences() -> None:
    assert "No symptom was given" in rank(said()).sentence
    (condition,) = rank(said("jaundice"), 70).conditions
    assert condition.label == "pancreatic cancer"
    assert condition.values[0].sentence == (
        "Of 100 people of 60 or older seeing their family doctor in the UK who spoke of yellow skin or eyes (jaundice), "
        "about 22 (between 14 and 52) had pancreatic cancer. Most had something else."
    )
    combined = rank(said("weight_loss", "raised_gamma_globulin"), 45).conditions[0]
    assert "more than 2 had non-Hodgkin lymphoma" in combined.values[0].sentence
    (small,) = rank(said("weight_loss"), 60).conditions
    assert "fewer than 1 had pancreatic cancer" in small.values[0].sentence
    (rare,) = rank(said("new_onset_seizure"), 20).conditions
    assert rare.values[0].sentence.startswith("Of 10,000 people of 15 to 24")
    assert "about 2.4 had a brain tumour" in rare.values[0].sentence
    (timed,) = rank(said("haematuria"), 70, "male").conditions
    assert "had cancer of the bladder, kidney, ureter or urethra within three years." in timed.values[0].sentence


def test_what_was_counted_is_said() -> None:
    (seizure,) = rank(said("new_onset_seizure"), 20).conditions
    assert (seizure.values[0].n, seizure.values[0].n_of) == (159938, "patients in six studies together")
    (jaundice,) = rank(said("jaundice"), 70).conditions
    assert jaundice.values[0].n_of == "cases in the study"


def test_most_had_something_else_is_true_of_every_value() -> None:
    assert all(value.percent < 50 for value in VALUES)


def test_every_figure_speaks_of_a_known_symptom() -> None:
    assert {symptom for value in VALUES for symptom in value.symptoms} | {
        link.symptom for link in LINKS
    } <= SYMPTOMS.keys()


@settings(deadline=None)
@given(
    st.frozensets(st.sampled_from([*SYMPTOMS, "nonsense"])),
    st.none() | st.floats(),
    st.sampled_from([None, "female", "male", "other", ""]),
    st.sampled_from([None, "never", "current", ""]),
    st.frozensets(st.sampled_from([*SIGNS, "nonsense"])),
)
def test_never_raises_and_ranks_highest_first(
    symptoms: frozenset[str], age: float | None, sex: str | None, smoking: str | None, signs: frozenset[str]
) -> None:
    found = rank(symptoms, age, sex, smoking, signs)
    assert found.emergency == rank(frozenset()).emergency
    highest = [condition.highest for condition in found.conditions]
    assert highest == sorted(highest, reverse=True)
    assert all(
        value.symptoms <= symptoms | {"anaemia", "haematuria", "back_pain"}
        for c in found.conditions
        for value in c.values
    )


@settings(deadline=None)
@given(st.frozensets(st.sampled_from(list(SYMPTOMS))), st.sampled_from(list(SYMPTOMS)), st.floats(0, 120))
def test_one_more_symptom_never_takes_a_condition_away(symptoms: frozenset[str], more: str, age: float) -> None:
    before = {condition.condition for condition in rank(symptoms, age, "female").conditions}
    assert before <= {condition.condition for condition in rank(symptoms | {more}, age, "female").conditions}


@settings(deadline=None)
@given(st.frozensets(st.sampled_from(list(SYMPTOMS))), st.floats(0, 120), st.sampled_from(["female", "male"]))
def test_who_says_more_of_themselves_loses_no_figure(symptoms: frozenset[str], age: float, sex: str) -> None:
    """Age and sex only decide what was open: every value is told of this person, of others, or is undecided."""

    def spoken_of(*said: float | str | None) -> tuple[set[PredictiveValue], set[PredictiveValue], set[PredictiveValue]]:
        found = rank(symptoms, *said)  # type: ignore[arg-type]
        ranked = {value for condition in found.conditions for value in condition.values}
        return ranked, set(found.other_people), set(found.undecided)

    (less, others, open_), (more, others_now, open_now) = spoken_of(None, sex), spoken_of(age, sex)
    assert less <= more and others <= others_now and open_now <= open_
    assert less | others | open_ == more | others_now | open_now


def test_what_no_figure_fits_is_named_in_words() -> None:
    found = rank(said("jaundice", "cough", "hiccups"), 70)
    assert found.without_figure == ("cough", "hiccups")
    assert rank(said("iron_deficiency_anaemia"), 70).without_figure == ("anaemia from lack of iron",)
    assert rank(said("visible_haematuria"), 70).without_figure == ()


def test_a_link_names_its_symptom() -> None:
    assert {link.symptom_label for link in rank(said("haemoptysis"), 30).linked} == {"coughing up blood"}


def test_every_condition_of_a_figure_is_said_to_be_covered() -> None:
    assert {figure.condition_label for figure in (*VALUES, *LINKS)} == set(COVERED)
    assert list(COVERED) == sorted(COVERED)
