"""The symptoms page: emergency advice first, published figures with their sources, nothing stored."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from overread.clinical.symptoms import COVERED, SIGNS, SYMPTOMS, rank
from overread.web.symptoms.forms import SymptomsForm

pytestmark = pytest.mark.django_db


def ask(client: Client, **said: object) -> str:
    answer = client.post(reverse("symptoms"), said)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_emergency_advice_stands_before_everything_else(client: Client) -> None:
    empty = html.unescape(client.get(reverse("symptoms")).content.decode())
    for page in (empty, ask(client, symptoms=["jaundice"], age=70, sex="male")):
        advice = page.index(rank(frozenset()).emergency[0].sentence)
        assert page.index("<h1") < advice < page.index('method="post" action="/symptoms/')
        assert advice < page.find("What studies found") or 'id="answer"' not in page


def test_every_symptom_and_every_sign_is_offered_once() -> None:
    offered = [box.data["value"] for _, boxes in SymptomsForm().groups() for box in boxes]
    assert sorted(offered) == sorted(SYMPTOMS)
    signs = [box.data["value"] for _, boxes in SymptomsForm().sign_groups() for box in boxes]
    assert sorted(signs) == sorted(SIGNS)


def test_the_signs_are_folded_until_one_is_chosen(client: Client) -> None:
    fold = '<details class="panel" {}><summary class="text-lg font-semibold">Signs that have been found on you'
    assert fold.format("") in client.get(reverse("symptoms")).content.decode()
    assert fold.format("open") in ask(client, signs=["palm_pits"])


def test_the_weaker_list_stands_apart_folded_below_the_figures(client: Client) -> None:
    page = ask(client, symptoms=["haematuria"], signs=["palm_pits", "jaw_cysts"], age=70, sex="male")
    answer = page[page.index('id="answer"') :]
    heading = answer.index("A weaker list: rare and hereditary tumours")
    assert answer.index("about 11.2 (between 9.7 and 12.9)") < answer.index("What you can do now") < heading
    section = answer[heading : answer.index("</section>", heading)]
    assert (
        section.index("does <strong>not</strong> say how likely") < section.index("<details>") < section.index("Gorlin")
    )
    assert "genetic counsellor" in section and "Human Phenotype Ontology (release 2025-01-16)" in section
    assert "doi.org/10.1093/nar/gkt1026" in section
    shown = section[section.index("<details>") : section.index("</details>")]
    assert not re.search(r"\d+ (?:of|in) 1\d\d|%", shown)  # no chance is ever given


@pytest.mark.parametrize(
    ("signs", "symptoms", "said"),
    [
        ([], ["weight_loss", "fatigue"], "diseases agree only in what many diseases share"),
        (list(SIGNS), [], "more, not named here: so long a list tells nobody anything"),
    ],
)
def test_a_list_that_tells_nothing_says_so(signs: list[str], symptoms: list[str], said: str, client: Client) -> None:
    assert said in ask(client, signs=signs, symptoms=symptoms)


def test_no_weaker_list_where_fewer_than_two_signs_agree(client: Client) -> None:
    assert "A weaker list" not in ask(client, signs=["palm_pits"], symptoms=["haematuria"])


def test_the_answer_is_the_rooms_own_with_sources(client: Client) -> None:
    found = rank(frozenset({"rectal_bleeding"}), 82, "female")
    page = ask(client, symptoms=["rectal_bleeding"], age=82, sex="female")
    values = [value for condition in found.conditions for value in condition.values]
    assert [page.index(value.sentence) for value in values] == sorted(page.index(value.sentence) for value in values)
    assert len(values) == 2
    assert all(value.source and value.source.title in page for value in values)
    assert all(label in page for label in COVERED)


def test_what_speaks_of_others_or_of_nobody_is_shown_apart(client: Client) -> None:
    young = ask(client, symptoms=["jaundice"], age=30)
    assert "About other people, not about you" in young
    assert "No chance that fits you is published here for: <strong>yellow skin or eyes (jaundice)" in young
    silent = ask(client, symptoms=["jaundice"])
    assert "We cannot tell whether these speak of you" in silent
    assert "Named by studies, without a chance" in ask(client, symptoms=["cough"], age=60)


def test_nothing_said_and_nothing_answered(client: Client) -> None:
    page = ask(client)
    assert "No symptom was given" in page
    assert "does not know" in page


@pytest.mark.parametrize(
    "said",
    [{"age": "-4"}, {"age": "old"}, {"age": "1e9"}, {"symptoms": ["<script>"]}, {"signs": ["<script>"]}, {"sex": "x"}],
)
def test_what_cannot_be_read_is_said_and_answers_nothing(said: dict[str, object], client: Client) -> None:
    page = ask(client, **said)
    assert "Something could not be read" in page
    assert 'id="answer"' not in page


def test_nothing_is_stored(client: Client) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ask(client, symptoms=["jaundice", "cough"], age=70, sex="male", smoking="former")
    assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []
    assert set(client.cookies) <= {"csrftoken"}
    kept = client.post(reverse("symptoms"), {"age": 70}).headers["Cache-Control"]
    assert "no-store" in kept


def test_where_nothing_was_chosen_the_form_stays_open_and_the_way_on_leads_to_it(client: Client) -> None:
    nothing, something = ask(client, age=70), ask(client, symptoms=["jaundice"])
    assert "Nothing was chosen" in nothing and "Choose what you noticed" in nothing
    assert '<details class="group" open>' in nothing and '<details class="group" open>' not in something
