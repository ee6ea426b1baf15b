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
from overread.web.symptoms.forms import NOTHING_TICKED, SymptomsForm

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
    assert "We know no published figure about people like you for: <strong>yellow skin or eyes (jaundice)" in young
    silent = ask(client, symptoms=["jaundice"])
    assert "We cannot tell whether these speak of you" in silent
    assert "Named by studies, without a chance" in ask(client, symptoms=["cough"], age=60)


def test_nothing_said_and_nothing_answered(client: Client) -> None:
    page = ask(client, age=70)
    assert page.count(NOTHING_TICKED) == 2  # at the top, and where it is mended
    assert 'id="answer"' not in page and '<details class="group" open>' in page


@pytest.mark.parametrize(
    "said",
    [{"age": "-4"}, {"age": "old"}, {"age": "1e9"}, {"symptoms": ["<script>"]}, {"signs": ["<script>"]}, {"sex": "x"}],
)
def test_what_cannot_be_read_is_said_and_answers_nothing(said: dict[str, object], client: Client) -> None:
    page = ask(client, **said)
    alert = page[page.index('role="alert"') : page.index("<form id=")]
    assert SymptomsForm(said).fields.keys() >= said.keys() and all(e in alert for e in SymptomsForm(said).to_mend())
    assert 'id="answer"' not in page


def test_nothing_is_stored(client: Client) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ask(client, symptoms=["jaundice", "cough"], age=70, sex="male")
    assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []
    assert set(client.cookies) <= {"csrftoken"}
    kept = client.post(reverse("symptoms"), {"age": 70}).headers["Cache-Control"]
    assert "no-store" in kept


def test_the_figure_comes_first_then_what_to_do_and_no_cancer_is_a_headline(client: Client) -> None:
    page = ask(client, symptoms=["rectal_bleeding"], age=82, sex="female")
    found = rank(frozenset({"rectal_bleeding"}), 82, "female")
    answer = page[page.index('id="answer"') :]
    assert (
        answer.index(found.values[0].sentence) < answer.index("What you can do now") < answer.index("The figures, all")
    )
    headings = re.findall("<h[234][^>]*>(.*?)</h", answer)
    assert not any(condition.label.casefold() in h.casefold() for condition in found.conditions for h in headings)
    assert answer.index("The figures, all") < answer.index(found.notes[0].sentence)


def test_one_figure_is_not_said_to_be_ordered(client: Client) -> None:
    assert len(rank(frozenset({"haematuria"}), 70, "male").values) == 1
    assert "Ordered by" not in ask(client, symptoms=["haematuria"], age=70, sex="male")


def test_smoking_is_not_asked_as_no_figure_counts_it(client: Client) -> None:
    page = html.unescape(client.get(reverse("symptoms")).content.decode())
    assert "smok" not in page
    assert "none counts smokers apart" in ask(client, symptoms=["cough"], age=60)
