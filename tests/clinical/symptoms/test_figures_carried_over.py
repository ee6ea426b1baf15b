"""Every figure of the symptoms room is the evidence's own."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from overread.clinical.knowledge import load

EVIDENCE = Path(os.environ.get("OVERREAD_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "evidence"
DIGEST = "4e564e842c013567da90e860ae9d60ed0a4c6b1050a7afc9bbc23aa8a0c8e90a"


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
    assert hashlib.sha256(json.dumps([*figures(), *combinations]).encode()).hexdigest() == DIGEST


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
    for name in ("predictive_values", "linked", "features", "combinations"):
        assert all(row["n"] == facts[row["evidence"]]["n"] for row in load("symptoms", name).rows)


@pytest.mark.realdata
def test_every_combination_is_published() -> None:
    facts = read_evidence()
    for row in load("symptoms", "combinations").rows:
        statement = " ".join(facts[row["evidence"]]["statement"].split())
        assert row["words_in_evidence"] in statement and f"above {row['above_pct']} %" in statement


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
