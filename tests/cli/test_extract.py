"""``overread extract``: one answer a line, errors that say why, the same with several processes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from overread.cli.extract import extract

LINES = [
    json.dumps({"id": "a", "text": "Kidney, nephrectomy: carcinoma. Stage pT1b pNX. History: cT2"}),
    json.dumps({"id": "b", "text": ""}),
    "",
    json.dumps({"id": "c"}),
    json.dumps([1]),
    "not json",
    json.dumps({"id": "d", "text": "Nothing of the kind"}),
]


def run(tmp_path: Path, *options: str, lines: list[str] = LINES) -> list[dict]:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(lines))
    result = CliRunner().invoke(extract, ["--jsonl", str(source), "--out", str(out), *options])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in out.read_text().splitlines()]


def test_facts_and_reasons(tmp_path: Path) -> None:
    a, b, c, array, broken, d = run(tmp_path)
    t = next(f for f in a["facts"] if f["field"] == "t")
    assert (a["id"], t["value"], t["stated"]) == ("a", "T1b", True)
    assert json.loads(LINES[0])["text"][t["start"] : t["end"]] == "pT1b"
    assert 0.9 < t["confidence"] <= 1
    assert [f["value"] for f in a["earlier_or_other"]] == ["T2"]
    assert max(a["classes"]["pT"], key=a["classes"]["pT"].get) == "T1"
    assert (b["id"], b["facts"], b["note"]) == ("b", [], "the text is empty")
    assert 'no "text"' in c["error"] and c["id"] == "c"
    assert 'no "text"' in array["error"]
    assert "not JSON" in broken["error"]
    assert d["note"].startswith("nothing")


def test_every_report_is_ranked(tmp_path: Path) -> None:
    read = [line for line in run(tmp_path) if "error" not in line]
    assert [line["id"] for line in read] == ["a", "b", "d"]
    for line in read:
        assert {name: list(shares) for name, shares in line["classes"].items()} == {
            "pT": ["T1", "T2", "T3", "T4"],
            "pN": ["N0", "N1", "N2", "N3"],
            "pM": ["M0", "M1"],
        }
        assert [round(sum(shares.values()), 4) for shares in line["classes"].values()] == [1, 1, 1]


CLASSES = {"pT": ["T1", "T2", "T3", "T4"], "pN": ["N0", "N1", "N2", "N3"], "pM": ["M0", "M1"]}
ODD = [
    *LINES,
    '\ufeff{"id": "bom", "text": "Stage pT2"}',
    '{"id": NaN, "text": "pT2"}',
    '{"id": 12, "text": null}',
    '{"id": [1, {"a": null}], "text": "Lesion: \\ud800 pT3 N0"}',
    '{"id": {"a": 1}, "text": "\\u0000\\u0007 pT1c, ER positive"}',
    '{"text": "Stage pT2 pN1"}',
    '{"id": true, "text": ["pT2"]}',
    "[" * 5000,
    '{"id": "é", "text": "Größe: ☒ pT2, Gleason 3+4=7"}',
]


@pytest.mark.parametrize("line", ODD, ids=[str(n) for n in range(len(ODD))])
def test_every_line_has_the_same_shape(tmp_path: Path, line: str) -> None:
    answers = run(tmp_path, lines=[line])
    assert len(answers) == bool(line)
    for answer in answers:
        assert (
            {"id", "facts", "classes"} <= set(answer) <= {"id", "facts", "classes", "earlier_or_other", "note", "error"}
        )
        assert {name: list(shares) for name, shares in answer["classes"].items()} == CLASSES
        for fact in answer["facts"] + answer.get("earlier_or_other", []):
            assert {"field", "value", "stated", "start", "end", "confidence"} <= set(fact)
            assert set(fact) - {"about"} <= {"field", "value", "stated", "start", "end", "confidence"}
            assert fact["stated"] is True and 0 <= fact["start"] < fact["end"]
            assert fact["confidence"] is None or 0 <= fact["confidence"] <= 1


def test_an_odd_id_comes_back_as_it_was(tmp_path: Path) -> None:
    ids = [answer["id"] for answer in run(tmp_path, lines=ODD[-9:])]
    assert ids == ["bom", None, 12, [1, {"a": None}], {"a": 1}, None, True, None, "é"]


def test_several_processes_give_the_same(tmp_path: Path) -> None:
    assert run(tmp_path, "--workers", "2") == run(tmp_path)
    assert run(tmp_path, "--workers", "2", lines=[]) == []
