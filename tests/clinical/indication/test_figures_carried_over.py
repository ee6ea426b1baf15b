"""Every figure of the indication room is the evidence's own, and nobody altered one on the way."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from overread.clinical.knowledge import load, names

EVIDENCE = Path(os.environ.get("OVERREAD_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "evidence"
OPENED = Path(__file__).parents[1] / "knowledge" / "opened_sources.yaml"
# Changes when a figure does: compare with the evidence again, then take over the new digest from the failure.
DIGEST = "3d27458edcbc44a0b9485d0938ea8d134ce597826471110ab97a5d6d6d788000"


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
    assert digest() == DIGEST


def digest() -> str:
    """Of every figure and every number of cases."""
    sizes = [
        (row["evidence"], "n", row["n"], [rate.get("n") for rate in row.get("rates", ())]) for row in rows_with_n()
    ]
    return hashlib.sha256(json.dumps([*figures(), *sizes]).encode()).hexdigest()


def test_every_figure_has_a_study() -> None:
    assert len(list(figures())) > 150
    for row in load("indication", "yield").rows:
        assert row["source"]["title"] and row["people"] and row["definition"] not in (None, "", "as above")


@pytest.mark.realdata
def test_every_figure_is_the_evidences_own() -> None:
    facts = read_evidence()
    for evidence, key, carried in figures():
        value = facts[evidence]["value"]
        for part in key.split("."):
            value = value[part]
        assert value == carried, (evidence, key)


def written_out(facts):
    """The evidence with each "as above" replaced by the definition above it: a figure is shown alone."""
    above, whole = None, {}
    for key, fact in facts.items():
        above = above if fact.get("definition") == "as above" else fact.get("definition")
        whole[key] = {**fact, "definition": above}
    return whole


@pytest.mark.realdata
def test_every_n_definition_and_source_is_the_evidences_own() -> None:
    facts = written_out(read_evidence())
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
    files = (path, OPENED)
    return {fact["id"]: fact for file in files for fact in yaml.safe_load(file.read_text(encoding="utf-8"))["facts"]}


# Evidence about second opinions, timing and emergencies that no row of the room carries, and why.
LEFT_OUT = {
    "rule_cap_adasp_2016": "tells laboratories how to review; it names no case that must be reviewed",
    "delay_coc_breast_60d": "a surgeon's blog quoting a quality metric; it says nothing of outcome",
    "emerg_svc_cord_seed": "the advice itself, without a study: every emergency row follows it",
    "gap_emergencies": "says which thresholds were not verified: none of them is shown",
}
TOPICS = ("discordance", "second_opinion_rule", "emergency", "time_to_treatment", "service_time")


@pytest.mark.realdata
def test_every_piece_of_evidence_is_carried_or_left_out_with_a_reason() -> None:
    facts = read_evidence()
    wanted = {key for key, fact in facts.items() if fact.get("topic") in TOPICS}
    carried = {key for name in names("indication") for key in evidence_keys(load("indication", name).rows)}
    reasoned = {entry["evidence"]: entry["because"] for entry in load("indication", "yield")["left_out"]} | LEFT_OUT
    assert wanted - carried == set(reasoned) - carried
    assert all(reasoned.values()) and set(reasoned) <= wanted


def test_every_discordance_study_left_out_says_why() -> None:
    left_out = load("indication", "yield")["left_out"]
    carried = {row["evidence"] for row in load("indication", "yield").rows}
    assert not carried & {entry["evidence"] for entry in left_out}
    assert all(len(entry["because"]) > 20 for entry in left_out)


MUTATED = [
    (name, number)
    for name in names("indication")
    for number, row in enumerate(load("indication", name).rows)
    if {"figures", "rates", "turnaround"} & set(row)
]


@pytest.mark.parametrize(("name", "number"), MUTATED)
def test_a_changed_figure_changes_the_digest(name: str, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each figure of each row in turn, a little larger."""
    file, real = load("indication", name), load
    for changed in larger_by_one(file.rows[number]):
        other = replace(file, rows=(*file.rows[:number], changed, *file.rows[number + 1 :]))
        monkeypatch.setattr(sys.modules[__name__], "load", lambda f, n, o=other: o if n == name else real(f, n))
        assert digest() != DIGEST, changed


def larger_by_one(row: Any) -> Iterator[Any]:
    """The row once for each number in it that is shown, with that number changed."""
    items = row.items() if isinstance(row, dict) else enumerate(row) if isinstance(row, list) else ()
    for key, part in items:
        if isinstance(part, int | float) and not isinstance(part, bool) and key != "year":
            yield put(row, key, part + 1)
        elif key not in ("source", "sources"):
            yield from (put(row, key, other) for other in larger_by_one(part))


def put(row: Any, key: Any, value: Any) -> Any:
    copied = row.copy()
    copied[key] = value
    return copied
