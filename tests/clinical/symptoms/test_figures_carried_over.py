"""Every figure of the symptoms room is the evidence's own."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from overread.clinical.knowledge import load

EVIDENCE = Path(os.environ.get("OVERREAD_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "evidence"
DIGEST = "36667264453f4aeaea8ed9cd8c947d5d6f91cfad75e168b7feeb906ecedd53fe"


def figures() -> Iterator[tuple[str, str, Any]]:
    """(evidence id, key in its value, figure as carried over)."""
    for row in load("symptoms", "predictive_values").rows:
        interval = [row["percent"], row["low"], row["high"]]
        yield row["evidence"], row["figure"], interval if row["low"] is not None else row["percent"]
    for row in load("symptoms", "linked").rows:
        yield row["evidence"], row["figure"], [row["odds_ratio"], row["low"], row["high"]]
    for row in load("symptoms", "features").rows:
        if "at_least_pct" in row:
            yield row["evidence"], "threshold_pct", row["at_least_pct"]
    for row in load("symptoms", "advice").rows:
        yield from ((row["evidence"], key, value) for key, value in row["figures"].items())


def test_nobody_altered_a_figure() -> None:
    combinations = [(row["symptoms"], row["above_pct"]) for row in load("symptoms", "combinations").rows]
    bounds = [(row["symptoms"], row["bound"], row["percent"]) for row in load("symptoms", "bounds").rows]
    assert hashlib.sha256(json.dumps([*figures(), *combinations, *bounds]).encode()).hexdigest() == DIGEST


@pytest.mark.realdata
def test_every_figure_is_the_evidences_own() -> None:
    facts = read_evidence()
    for evidence, key, carried in figures():
        value = facts[evidence]["value"]
        for part in key.split("."):
            value = value[part]
        assert value == carried, (evidence, key)


@pytest.mark.realdata
def test_every_n_is_the_evidences_own() -> None:
    facts = read_evidence()
    for name in ("predictive_values", "linked", "features", "combinations", "bounds"):
        assert all(row["n"] == facts[row["evidence"]]["n"] for row in load("symptoms", name).rows)


@pytest.mark.realdata
def test_every_combination_is_published() -> None:
    facts = read_evidence()
    for row in load("symptoms", "combinations").rows:
        statement = " ".join(facts[row["evidence"]]["statement"].split())
        assert row["words_in_evidence"] in statement and f"above {row['above_pct']} %" in statement


@pytest.mark.realdata
def test_every_bound_is_published() -> None:
    """In the study's words, and for symptoms alone that the study's own table names."""
    facts = read_evidence()
    for row in load("symptoms", "bounds").rows:
        fact, words = facts[row["evidence"]], row["words_in_evidence"]
        assert words in " ".join(fact["statement"].split())
        assert f"{row['bound']} {row['percent']} %" in words
        assert set(row["symptoms"]) <= fact["value"]["odds_ratio"].keys()
        assert "all" not in words or set(row["symptoms"]) | {"jaundice"} == set(fact["value"]["odds_ratio"]) | {
            "jaundice"
        }


@pytest.mark.realdata
def test_every_stratum_is_said_of_its_own_people() -> None:
    """55-64, M 60+, 85+: as the key of the figure has it."""
    for row in load("symptoms", "predictive_values").rows:
        stratum = re.fullmatch(
            r"(?:jones_2007_(male|female)|bruyninckx_2003_macroscopic)\.([MF] )?(\d+)(?:-(\d+))?\+?", row["figure"]
        )
        if row["evidence"] == "ppv_urological_by_age":
            assert stratum
            sex, letter, low, high = stratum.groups()
            people = row["people"]
            assert people["sex"] == (sex or {"M ": "male", "F ": "female"}[letter])
            assert (people["min_age"], people["max_age"]) == (int(low), high and int(high))


@pytest.mark.realdata
def test_nothing_the_evidence_says_of_symptoms_is_forgotten() -> None:
    """Each figure is carried over, or left out with a reason; and no reason is about a figure that is carried over."""
    carried = {(evidence, key) for evidence, key, _ in figures()}
    carried |= {(row["evidence"], "features") for row in load("symptoms", "features").rows}
    left_out = {
        (row["evidence"], row["figure"]): row["because"] for row in load("symptoms", "predictive_values")["left_out"]
    }
    stated = {
        (fact["id"], key)
        for fact in read_evidence().values()
        if fact["topic"] == "symptom_ppv"
        for key in leaves(fact["value"])
    }
    assert sorted(stated - carried - left_out.keys()) == []
    assert all(left_out.values()) and not carried & left_out.keys()


def leaves(value: Any, at: str = "") -> Iterator[str]:
    """The keys of a fact's figures: a.b for what stands inside; a list is one figure."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{at}.{key}" if at else key)
    else:
        yield at


@pytest.mark.realdata
def test_every_feature_is_named_by_its_study() -> None:
    facts = read_evidence()
    for row in load("symptoms", "features").rows:
        words = row["symptom"].replace("loss_of_appetite", "appetite_loss").replace("chest_pain", "thoracic_pain")
        named = facts[row["evidence"]]["value"]["features"]
        assert words.replace("malignant_rectal_examination", "malignant_DRE") in named


def read_evidence() -> dict[str, dict[str, Any]]:
    path = EVIDENCE / "evidence.yaml"
    if not path.is_file():
        pytest.skip("the shared evidence is not here")
    return {fact["id"]: fact for fact in yaml.safe_load(path.read_text(encoding="utf-8"))["facts"]}
