"""``overread symptoms``: the same answer as the page, in words and as JSON."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from overread.cli.symptoms import symptoms
from overread.clinical.symptoms import COVERED, SIGNS, SYMPTOMS, rank


def run(*words: str) -> str:
    result = CliRunner().invoke(symptoms, [*words])
    assert result.exit_code == 0, result.output
    return result.output


def test_emergencies_first_then_figures_with_range_and_source() -> None:
    said = run("haematuria", "--age", "70", "--sex", "male")
    assert said.startswith(rank(frozenset()).emergency[0].sentence)
    figure = said.index(
        "about 11.2 (between 9.7 and 12.9) had cancer of the bladder, kidney, ureter or urethra within three years"
    )
    assert said.index("about 8.5") > said.index("About other people:") > figure
    assert "[Shapley et al., BJGP 60:e366, Table 6]" in said
    assert all(label in said for label in COVERED)


@pytest.mark.parametrize("word", ["weight_loss", "weight loss", " Weight Loss "])
def test_a_symptom_is_named_by_key_or_words(word: str) -> None:
    assert "fewer than 1 had pancreatic cancer" in run(word, "--age", "66")


def test_the_weaker_list_comes_after_what_studies_found_and_says_so() -> None:
    said = run("weight_loss", "palm_pits", "cysts in the jaw (keratocysts)", "--age", "66")
    weaker = said.index("A weaker list: it does not say how likely")
    assert said.index("pancreatic cancer") < weaker < said.index("Gorlin syndrome (ORPHA:377)")
    assert "genetic counsellor" in said and "uses the Human Phenotype Ontology (release 2025-01-16)" in said


def test_a_long_weaker_list_is_cut_and_an_unspecific_one_names_nothing() -> None:
    assert re.search(r"\n  and \d+ more\n", run(*SIGNS))
    vague = run("weight_loss", "fatigue")
    assert "agree only in what many diseases share" in vague and "ORPHA" not in vague


def test_what_is_not_known_and_what_has_no_figure_is_said() -> None:
    said = run("hiccups", "cough", "jaundice", "--smoking", "current")
    assert "overread symptoms --list shows what is):\n  hiccups" in said
    assert "No published chance fits for:\n  cough" in said
    assert "Cannot be decided" in said and "Named by studies" in said
    assert "smoking does not change the figures" in said


def test_nothing_told() -> None:
    assert "No symptom was given" in run()


def test_the_list_of_words() -> None:
    listed = run("--list").splitlines()
    assert len(listed) == len(SYMPTOMS) + len(SIGNS)
    assert "palm_pits: tiny pits in the palms or soles" in listed


def test_the_whole_answer_as_json() -> None:
    answer = json.loads(
        run("visible_haematuria", "lentigines", "mucosal_freckles", "--age", "66", "--sex", "male", "--json")
    )
    assert next(iter(answer)) == "emergency"
    assert [c["condition"] for c in answer["conditions"]] == ["urologic", "kidney"]
    value = answer["conditions"][0]["values"][0]
    assert (value["percent"], value["low"], value["high"], value["bound"]) == (22.1, 15.8, 30.1, None)
    assert value["source"]["url"].startswith("https://pmc.ncbi.nlm.nih.gov/")
    assert [link["at_least_pct"] for link in json.loads(run("breast_lump", "--json"))["linked"]] == [5]
    (match,) = answer["rare"]["matches"]
    assert (match["id"], match["inheritance"]) == ("ORPHA:2869", ["autosomal dominant inheritance"])
    assert {sign["hpo"] for sign in match["agreeing"]} == {"HP:0001003", "HP:0100669"}
    assert answer["rare"]["sources"][0]["title"].startswith("Köhler et al.")
    assert answer["covered"] == list(COVERED)


@pytest.mark.parametrize("words", [["--age", "old"], ["--sex", "x"], ["--smoking", "x"]])
def test_what_cannot_be_read_is_refused_with_a_reason(words: list[str]) -> None:
    result = CliRunner().invoke(symptoms, words)
    assert result.exit_code == 2 and "Invalid value" in result.output


@pytest.mark.parametrize("age", ["nan", "-3", "1e9"])
def test_an_impossible_age_is_as_good_as_none(age: str) -> None:
    assert json.loads(run("jaundice", f"--age={age}", "--json"))["conditions"] == []
