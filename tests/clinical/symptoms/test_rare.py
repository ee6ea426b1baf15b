"""The list of rare and hereditary tumours: when it names anything, in which order, and what it never does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overread.clinical.knowledge import load
from overread.clinical.symptoms import SIGN_GROUPS, SIGNS, SYMPTOMS, TUMOURS, rank, rare_tumours

TOLD = st.frozensets(st.sampled_from([*SYMPTOMS, *SIGNS, "nonsense"]), max_size=12)


def names(*told: str) -> list[tuple[str, int]]:
    return [(match.tumour.name, len(match.agreeing)) for match in rare_tumours(frozenset(told)).matches]


@pytest.mark.parametrize(
    ("told", "named"),
    [
        (("bowel_polyps", "retina_spots"), [("Familial adenomatous polyposis", 2), ("Gardner syndrome", 2)]),
        (("lentigines", "mucosal_freckles"), [("Peutz-Jeghers syndrome", 2)]),
        (("goitre", "large_head"), [("Cowden syndrome", 2)]),
        (("cafe_au_lait", "freckles_in_folds"), [("Neurofibromatosis type 1", 2)]),
        (("palm_pits", "jaw_cysts"), [("Gorlin syndrome", 2), ("Monosomy 9q22.3 syndrome", 2)]),
        (("palm_pits",), []),  # one sign alone
        (("many_freckles", "freckles_in_folds"), []),  # two names of one sign of the disease
        (("weight_loss", "fatigue"), []),  # shared by many
        (("lymphadenopathy", "night_sweats"), [("Classic Hodgkin lymphoma", 2), ("Follicular lymphoma", 2)]),
        (("breast_lump", "finger_clubbing"), []),  # no disease on the list has them frequently
        ((), []),
    ],
)
def test_what_is_named(told: tuple[str, ...], named: list[tuple[str, int]]) -> None:
    assert names(*told) == named


@pytest.mark.parametrize("disease", ["Menkes disease", "Thyroid hemiagenesis", "Primary biliary cholangitis"])
def test_what_is_no_tumour_is_not_on_the_list(disease: str) -> None:
    assert disease not in {tumour.name for tumour in TUMOURS}


def test_signs_that_many_share_are_counted_and_never_named() -> None:
    found = rare_tumours(frozenset({"weight_loss", "fatigue"}))
    assert (found.matches, found.more) == ((), 0)
    assert found.unspecific > 20


def test_a_case_of_a_wider_sign_agrees_with_it() -> None:
    """This leukaemia is said to have anaemia; anaemia from lack of iron is anaemia, and counts once."""
    once, twice = {"iron_deficiency_anaemia", "nosebleeds"}, {"iron_deficiency_anaemia", "anaemia", "nosebleeds"}
    assert names(*once) == names(*twice)
    assert ("Acute promyelocytic leukemia", 2) in names(*once)


def test_a_long_list_is_cut_and_says_how_much_is_missing() -> None:
    found = rare_tumours(frozenset({*SYMPTOMS, *SIGNS}))
    assert len(found.matches) == 8
    assert found.more > 100
    assert found.total == 8 + found.more


@pytest.mark.parametrize(
    ("told", "of_note"),
    [((), False), (("palm_pits",), False), (("weight_loss", "fatigue"), True), (("palm_pits", "jaw_cysts"), True)],
)
def test_whether_there_is_anything_to_say(told: tuple[str, ...], of_note: bool) -> None:
    assert rare_tumours(frozenset(told)).of_note is of_note


def test_one_sign_of_the_disease_is_told_by_its_nearest_name() -> None:
    """Blood in the stool is bleeding and, to HPO, a kind of diarrhoea: it agrees once, under its own name."""
    found = rare_tumours(frozenset({"rectal_bleeding", "diarrhoea", "gut_bleeding", "constipation"}))
    (cap,) = [match for match in found.matches if match.tumour.name == "Cap polyposis"]
    assert [agreement.label for agreement in cap.agreeing] == ["bleeding from the back passage", "constipation"]


def test_it_says_where_it_comes_from_as_its_licence_asks() -> None:
    found = rare_tumours(frozenset())
    assert "uses the Human Phenotype Ontology (release 2025-01-16)" in found.attribution
    assert "http://www.human-phenotype-ontology.org" in found.attribution and "Orphanet" in found.attribution
    assert [source.url for source in found.sources] == ["https://doi.org/10.1093/nar/gkt1026"]


def test_what_the_source_says_comes_along() -> None:
    (match,) = rare_tumours(frozenset({"lentigines", "mucosal_freckles"})).matches
    assert (match.tumour.id, match.tumour.inheritance) == ("ORPHA:2869", ("autosomal dominant inheritance",))
    assert [(a.label, a.hpo, a.frequency) for a in match.agreeing] == [
        (SIGNS["mucosal_freckles"], "HP:0100669", "very frequent"),
        (SIGNS["lentigines"], "HP:0001003", "very frequent"),
    ]


def test_a_narrower_term_of_the_source_is_named() -> None:
    """Headaches were told, the source speaks of migraine; nothing is said of a headache in general."""
    found = rare_tumours(frozenset({"headache", "large_hands"}))
    stated = {agreement.label: agreement.stated for match in found.matches for agreement in match.agreeing[:2]}
    assert "Acromegaly" in {match.tumour.name for match in found.matches}
    assert stated["headaches"] == "stated as “Migraine”, frequent"
    assert stated["hands that have grown large"] == "very frequent"


def test_it_changes_nothing_in_the_ranking() -> None:
    alone, beside = rank(frozenset({"jaundice"}), 70), rank(frozenset({"jaundice"}), 70, signs=frozenset(SIGNS))
    assert (alone.conditions, alone.without_figure) == (beside.conditions, beside.without_figure)
    assert alone.rare.matches == () != beside.rare.matches


def test_signs_alone_are_an_answer_too() -> None:
    found = rank(frozenset(), signs=frozenset({"palm_pits", "jaw_cysts"}))
    assert "We know no published chance" in found.sentence
    assert [match.tumour.name for match in found.rare.matches][:1] == ["Gorlin syndrome"]


def test_every_row_can_be_shown() -> None:
    """Two signs of ours or more, each at least frequent: what could never be named is not carried along."""
    for tumour in TUMOURS:
        assert len(tumour.signs) >= 2 and tumour.signs.keys() <= SYMPTOMS.keys() | SIGNS.keys()
        assert {agreement.frequency for agreement in tumour.signs.values()} <= {"obligate", "very frequent", "frequent"}
        assert re.fullmatch(r"ORPHA:\d+", tumour.id)


def test_the_signs_are_words_of_their_own() -> None:
    assert not SIGNS.keys() & SYMPTOMS.keys()
    assert set(SIGN_GROUPS.values()) == {"skin", "felt", "told"}
    assert all(row["hpo"] for row in load("symptoms", "signs").rows)
    assert len({*SIGNS.values(), *SYMPTOMS.values()}) == len(SIGNS) + len(SYMPTOMS)


@settings(deadline=None)
@given(TOLD)
def test_never_raises_and_keeps_its_own_rules(told: frozenset[str]) -> None:
    found = rare_tumours(told)
    assert len(found.matches) <= 8 and (found.more == 0 or len(found.matches) == 8)
    counts = [len(match.agreeing) for match in found.matches]
    assert counts == sorted(counts, reverse=True) and all(2 <= count <= len(told) for count in counts)
    ties = [(-len(match.agreeing), match.tumour.name.casefold()) for match in found.matches]
    assert ties == sorted(ties)


@settings(deadline=None)
@given(TOLD, st.sampled_from([*SYMPTOMS, *SIGNS]))
def test_one_more_sign_never_takes_an_agreement_away(told: frozenset[str], more: str) -> None:
    def all_told(signs: frozenset[str]) -> int:
        found = rare_tumours(signs)
        return len(found.matches) + found.more + found.unspecific

    assert all_told(told) <= all_told(told | {more})
    before = {match.tumour.id: len(match.agreeing) for match in rare_tumours(told).matches}
    after = {match.tumour.id: len(match.agreeing) for match in rare_tumours(told | {more}).matches}
    assert all(count <= after.get(disease, count) for disease, count in before.items())
