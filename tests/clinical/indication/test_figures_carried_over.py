"""Every figure of the indication room is the evidence's own, and nobody altered one on the way."""

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

from overread.clinical.knowledge import load, names

EVIDENCE = Path(os.environ.get("OVERREAD_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "evidence"
# Changes when a figure does: compare with the evidence again, then take over the new digest from the failure.
DIGEST = "7aae46a72621927868d8bbc5499177e0c5e224f81d0d887ca440b355778ffad4"


def figures() -> Iterator[tuple[str, str, Any]]:
    """(evidence id, key in its value, figure as carried over)."""
    for row in load("indication", "yield").rows:
        for rate in row["rates"]:
            yield row["evidence"], rate["figure"], rate.get("percent", rate.get("between"))
    for row in load("indication", "modifiers").rows:
        yield from ((row["evidence"], figure["figure"], figure["percent"]) for figure in row["figures"])
    for row in load("indication", "timing").rows:
        yield from ((row["evidence"], figure["figure"], figure["value"]) for figure in row["figures"])
    for name in ("rules", "cost"):
        for row in load("indication", name).rows:
            yield from ((row["evidence"], key, value) for key, value in (row["figures"] or {}).items())
    for row in load("indication", "emergencies").rows:
        yield from ((row["sources"][0]["evidence"], key, value) for key, value in row["figures"].items())
    pairs = {"pathology_only": "pathology_business_days", "comprehensive": "multidisciplinary_weeks"}
    for row in load("indication", "kinds").rows:
        if time := row["turnaround"]:
            yield "seed_times", pairs.get(row["key"], "online_business_days"), [time["low"], time["high"]]


def rows_with_n() -> Iterator[dict[str, Any]]:
    for name in ("yield", "timing", "rules"):
        yield from load("indication", name).rows


def test_nobody_altered_a_figure() -> None:
    carried = json.dumps([*figures(), *((row["evidence"], "n", row["n"]) for row in rows_with_n())])
    assert hashlib.sha256(carried.encode()).hexdigest() == DIGEST


def test_every_figure_has_a_study() -> None:
    assert len(list(figures())) > 150
    for row in load("indication", "yield").rows:
        assert row["source"]["title"] and row["people"] and row["definition"]


@pytest.mark.realdata
def test_every_figure_is_the_evidences_own() -> None:
    facts = read_evidence()
    for evidence, key, carried in figures():
        value = facts[evidence]["value"]
        for part in key.split("."):
            value = value[part]
        assert value == carried, (evidence, key)


@pytest.mark.realdata
def test_every_n_definition_and_source_is_the_evidences_own() -> None:
    facts = read_evidence()
    for row in rows_with_n():
        fact = facts[row["evidence"]]
        assert row["n"] == fact["n"], row["evidence"]
        assert row["source"]["title"] == fact["source_title"]
        assert row.get("definition", fact.get("definition")) == fact.get("definition")


@pytest.mark.realdata
def test_numbers_in_prose_stand_in_the_evidence_too() -> None:
    facts = read_evidence()
    for name, key in (("yield", "people"), ("yield", "caution"), ("timing", "sentence"), ("rules", "sentence")):
        for row in load("indication", name).rows:
            prose = re.sub(r"\{.*?\}|in 100\b", "", row.get(key) or "")  # "x in 100" is a percentage
            assert set(re.findall(r"\d+(?:\.\d+)?", prose)) <= numbers_of(facts[row["evidence"]]), (
                row["evidence"],
                prose,
            )


def numbers_of(fact: dict[str, Any]) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", " ".join(map(str, fact.values()))))


@pytest.mark.realdata
def test_nothing_rests_on_memory() -> None:
    facts = read_evidence()
    for name in names("indication"):
        assert all(
            facts[key]["confidence"] != "general_knowledge" for key in evidence_keys(load("indication", name).rows)
        )


@pytest.mark.realdata
def test_only_turnarounds_rest_on_the_service_description() -> None:
    facts = read_evidence()
    assert {key for key, _, _ in figures() if facts[key]["confidence"] == "seed"} == {"seed_times"}


def evidence_keys(content: Any) -> Iterator[str]:
    """Every evidence id anywhere in a file."""
    if isinstance(content, dict):
        if isinstance(content.get("evidence"), str):
            yield content["evidence"]
        content = list(content.values())
    if isinstance(content, list | tuple):
        for part in content:
            yield from evidence_keys(part)


def read_evidence() -> dict[str, dict[str, Any]]:
    path = EVIDENCE / "evidence.yaml"
    if not path.is_file():
        pytest.skip("the shared evidence is not here")
    return {fact["id"]: fact for fact in yaml.safe_load(path.read_text(encoding="utf-8"))["facts"]}
