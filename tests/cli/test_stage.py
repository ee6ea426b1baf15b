"""``overread stage``: one tumour in a sentence or as JSON, a file of them one answer a line."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from overread.cli.stage import stage

ASKED = ["--site", "lung", "--edition", "8", "--t", "pT3", "--n", "N0", "--m", "M0"]


def test_a_sentence() -> None:
    assert CliRunner().invoke(stage, ASKED).output.startswith("T3 N0 M0 is stage IIB")


def test_the_whole_answer() -> None:
    words = [*ASKED, "--histology", "8140/3", "--factor", "age = 61", "--stated", "IIIA", "--json"]
    answer = json.loads(CliRunner().invoke(stage, words).output)
    assert (answer["group"], answer["consistent"]) == ("IIB", False)


def test_a_file_loses_no_line(tmp_path: Path) -> None:
    tumour = {"id": 1, "site": "lung", "edition": "8", "t": "T3", "n": "N0", "m": "M0", "stated_group": "IIB"}
    lines = [json.dumps(tumour), "", "not JSON", "[1]", json.dumps({"id": 2, "site": "lung", "prognostic": [1]})]
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(lines))

    assert CliRunner().invoke(stage, ["--jsonl", str(source), "--out", str(out)]).exit_code == 0
    answers = [json.loads(line) for line in out.read_text().splitlines()]
    assert [(a["id"], a["group"], a["consistent"]) for a in answers] == [
        (1, "IIB", True), (None, None, None), (None, None, None), (2, None, None),
    ]  # fmt: skip
    assert [a["reason"] for a in answers[1:]] == [
        "the line is not a JSON object", "the line is not a JSON object", "prognostic is not a JSON object",
    ]  # fmt: skip
