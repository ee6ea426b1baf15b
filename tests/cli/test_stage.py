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


def answers(tmp_path: Path, *lines: str | bytes) -> list[dict[str, object]]:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode("utf-8") for line in lines))
    result = CliRunner().invoke(stage, ["--jsonl", str(source), "--out", str(out)])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


ODD = [
    "{", "null", "true", "7", '"T2"', "[]", "{}", '{"id":NaN}', '{"t":Infinity}', "\x00", "[" * 100_000, '{"a":' * 50_000,
    '{"id":"\\ud800","site":"lung"}', '{"id":1e999}', '{"id":{"a":[1,null]}}', '{"id":' + "9" * 5000 + "}",
    '{"site":null,"edition":null,"t":null,"n":null,"m":null,"prognostic":null,"stated_group":null}',
    '{"site":34,"edition":[8],"t":{"a":1},"n":["N1"],"m":true,"prognostic":{"psa":[1],"age":{}},"stated_group":["IV"]}',
    '{"site":"lung","prognostic":"none"}',
    '{"site":"lung","edition":8,"t":"' + "T2a " * 5000 + '","n":"N1","m":"M0"}', b"\xff\xfe{}", b'{"id":"\xc3("}',
]  # fmt: skip


def test_every_line_however_odd_has_its_answer(tmp_path: Path) -> None:
    found = answers(tmp_path, *ODD)
    assert len(found) == len(ODD)
    for answer in found:
        assert {"id", "group", "possible", "reason", "consistent"} <= set(answer)
        assert answer["reason"]
        assert answer["group"] is None
        assert answer["consistent"] is None


def test_a_byte_order_mark_is_no_content(tmp_path: Path) -> None:
    (answer,) = answers(tmp_path, '\ufeff{"id":"ä","site":"lung","edition":8,"t":"T2a","n":"N1","m":"M0"}')
    assert (answer["id"], answer["group"]) == ("ä", "IIB")


def line(**changes: object) -> str:
    tumour = {"id": 1, "site": "lung", "edition": "8", "t": "T2a", "n": "N1", "m": "M0", "prognostic": {}}
    return json.dumps(tumour | changes)


def test_consistent_is_true_false_or_null(tmp_path: Path) -> None:
    """True: nothing stated speaks against the stated group. False: the table rules it out. Null: it cannot be said."""
    cases = [
        (line(stated_group="IIB"), True), (line(stated_group="Stage 2"), True), (line(stated_group="IIIA"), False),
        (line(t="T1", n="N0", stated_group="IA2"), True), (line(t="T1", n="N0", stated_group="IB"), False),
        (line(), None), (line(stated_group="unclear"), None), (line(edition="", stated_group="IIB"), None),
        (line(edition="6", stated_group="IIB"), None), (line(site="pancreas", stated_group="IIB"), None),
        (line(t="T9", stated_group="IIB"), None), (line(stated_group=True), None), (line(stated_group=2), True),
        # a stated group that is finer than the table divides, and cells that are not verified, decide nothing
        (line(site="kidney", t="T1", n="N0", stated_group="IB"), None),
        (line(site="breast", t="cT3", n="cN0", prognostic={"grade": 2, "er": "neg", "pr": "neg"}, stated_group="IV"), None),
    ]  # fmt: skip
    assert [a["consistent"] for a in answers(tmp_path, *(text for text, _ in cases))] == [said for _, said in cases]


def test_a_group_that_does_not_follow_names_what_would(tmp_path: Path) -> None:
    lung, prostate = answers(
        tmp_path,
        line(stated_group="IIIA"),
        line(site="prostate", t="cT1c", n="N0", stated_group="IIB", prognostic={"psa": 8.2, "grade_group": 1}),
    )
    assert (lung["consistent"], lung["would_fit"]) == (False, {"t": ["T3", "T4"], "n": ["N2"]})
    # by the 7th edition the grade group is not asked, and the Gleason score that is leaves IIB possible
    assert prostate["would_fit"] == {"grade_group": ["2"], "edition": ["7"]}


def test_without_an_edition_each_edition_answers(tmp_path: Path) -> None:
    (answer,) = answers(tmp_path, line(edition=None, t="T1b", n="N0"))
    assert (answer["group"], answer["possible"]) == (None, ["IA", "IA2"])
    assert {edition: one["group"] for edition, one in answer["by_edition"].items()} == {"7": "IA", "8": "IA2"}
