"""Every figure of the growth room is the evidence's own."""

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
DIGEST = "e1f39c29b720415ff0bb3890580010281f302113bcc5a0d9a9e55722b51692e8"
BTS_FIGURES = {("discharge", "mm"): "discharge_mm", ("discharge", "mm3"): "discharge_mm3"} | {
    ("under_risk_model", "mm"): "risk_model_mm",
    ("under_risk_model", "mm3"): "risk_model_mm3",
}


def figures() -> Iterator[tuple[str, str, Any]]:
    """(evidence id, key in its value, figure as carried over)."""
    for row in load("growth", "recist").rows:
        yield row["evidence"], row["key"], row["value"]
    for row in load("growth", "doubling").rows:
        yield row["evidence"], f"vdt_days.{row['nodule']}" if "nodule" in row else row["key"], row["days"]
        if "also" in row:
            yield row["also"]["evidence"], row["also"]["figure"], row["days"]
    for row in load("growth", "bts").rows:
        for unit in ("mm", "mm3"):
            if key := BTS_FIGURES.get((row["size"], unit)):
                yield row["evidence"], key, row[unit]


def test_nobody_altered_a_figure_or_an_advice() -> None:
    advice = [
        (row["nodule"], row["size"], row["advice"])
        for name in ("fleischner", "bts")
        for row in load("growth", name).rows
    ]
    assert hashlib.sha256(json.dumps([*figures(), *advice]).encode()).hexdigest() == DIGEST


@pytest.mark.realdata
def test_every_figure_is_the_evidences_own() -> None:
    facts = read_evidence()
    for evidence, key, carried in figures():
        value = facts[evidence]["value"]
        for part in key.split("."):
            value = value[part]
        assert value == carried, (evidence, key)


@pytest.mark.realdata
@pytest.mark.parametrize("name", ["fleischner", "bts"])
def test_every_number_of_an_advice_stands_in_its_evidence(name: str) -> None:
    facts = read_evidence()
    for row in load("growth", name).rows:
        fact = facts[row["evidence"]]
        stated = set(re.findall(r"\d+", f"{fact['statement']} {fact['value']}"))
        assert set(re.findall(r"\d+", row["advice"])) <= stated, row


@pytest.mark.realdata
def test_the_age_is_the_evidences_own() -> None:
    assert (
        f"age {load('growth', 'fleischner')['applies']['min_age']}+"
        in read_evidence()["fleischner_solid_single"]["statement"]
    )


def read_evidence() -> dict[str, dict[str, Any]]:
    path = EVIDENCE / "evidence.yaml"
    if not path.is_file():
        pytest.skip("the shared evidence is not here")
    return {fact["id"]: fact for fact in yaml.safe_load(path.read_text(encoding="utf-8"))["facts"]}
