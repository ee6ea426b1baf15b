"""``overread assess``: files or answers in, everything the library says out, in lines and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from overread.cli.assess import assess
from overread.clinical.indication import EMERGENCIES, TRIGGERS, TUMOURS
from tests.cli import samples

DAY = ["--on", "2026-11-21"]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(assess, [*map(str, words), *DAY])


def lay(folder: Path, **files: bytes | str) -> list[Path]:
    paths = []
    for name, data in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        paths.append(path)
    return paths


def plain(result: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(result.stdout)["assessments"]
    return found


def test_answers_alone_get_an_answer_and_no_work_up() -> None:
    told = run("--situation", "patient_unsure", "--tumour", "lung").output
    assert told.startswith("=== Your answers, on 2026-11-21 ===\nYes: a second opinion is worth asking for.")
    assert "That alone is reason enough" in told and "Missing, from" not in told


def test_a_report_is_staged_and_its_gaps_are_named(tmp_path: Path) -> None:
    told = run(*lay(tmp_path, ana_txt=samples.report())).output
    assert "stage" in told and "IV" in told
    assert "Missing, from the pathology laboratory" in told and "Limitations" in told and "Questions to ask" in told


def test_what_does_not_fit_is_told_with_its_definition_and_its_facts(tmp_path: Path) -> None:
    told = run(*lay(tmp_path, a_txt=samples.report(), b_txt=samples.report(stage="II"))).output
    assert "\nContradictory\n" in told and "[definition: a case has one value of it at a time]" in told
    assert "In the record: Stage group: IV; Stage group: II." in told


def test_json_holds_every_part(tmp_path: Path) -> None:
    (one,) = plain(run(*lay(tmp_path, ada_json=samples.bundle()), "--json"))
    assert {"stage", "workup", "indication", "specialties", "timeline", "growth", "answers"} <= set(one)
    assert one["as_of"] == "2026-11-21" and one["workup"]["missing"]


def test_people_are_never_joined_by_chance(tmp_path: Path) -> None:
    files = lay(tmp_path, ana_txt=samples.report(), ada_json=samples.bundle())
    assert len(plain(run(*files, "--json"))) == 2
    refused = run(*files, "--same-person")
    assert refused.exit_code == 1 and "different sexes or birth dates" in refused.output


def test_what_provably_belongs_together_is_one_record(tmp_path: Path) -> None:
    files = lay(tmp_path, a_txt=samples.report(), b_txt=samples.report(stage="III"))
    (one,) = plain(run(*files, "--json"))
    assert len(one["workup"]["documents"]) == 2
    assert "stage_group" in {fact["field"] for c in one["workup"]["contradictory"] for fact in c["facts"]}


def test_you_may_say_that_files_are_about_one_person(tmp_path: Path) -> None:
    files = lay(tmp_path, a_txt="FINAL DIAGNOSIS: Lung, left: Adenocarcinoma.", b_txt="Impression: cT2 lung cancer.")
    assert len(plain(run(*files, "--json"))) == 2
    assert len(plain(run(*files, "--same-person", "--json"))) == 1


def test_what_the_person_says_is_added_to_the_record(tmp_path: Path) -> None:
    files = lay(tmp_path, ada_json=samples.bundle())
    (one,) = plain(run(*files, "--situation", "patient_unsure", "--metastatic", "no", "--stage", "IIA", "--json"))
    assert "patient_unsure" in one["answers"]["situations"]
    assert (one["answers"]["metastatic"], one["answers"]["stage"], one["answers"]["tumour"]) == (False, "IIA", "breast")


def test_an_emergency_comes_first() -> None:
    told = run("--emergency", "suspected_apl").output
    assert "Treatment comes first" in told.splitlines()[1] and "Urgent review beside treatment" in told


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    files = lay(tmp_path, bad_pdf=b"%PDF-1.4 broken", ana_txt=samples.report())
    result = run(*files)
    assert result.exit_code == 0 and "bad.pdf: not read." in result.stderr and "=== " in result.stdout
    alone = run(files[0])
    assert alone.exit_code == 1 and "bad.pdf: not read." in alone.stderr


def test_nothing_given_is_said() -> None:
    assert run().exit_code == 2


@pytest.mark.parametrize(
    ("option", "value", "answer"),
    [
        ("--situation", "no such", "'no such' is no key of this list. --keys lists them."),
        ("--emergency", "apl_suspected", "Did you mean suspected_apl?"),
        ("--tumour", "melanom", "Did you mean melanoma"),
        ("--stage", "banana", "'banana' is no stage."),
    ],
)
def test_what_is_not_known_is_refused_by_name(option: str, value: str, answer: str) -> None:
    result = run(option, value)
    assert result.exit_code == 2 and answer in " ".join(result.stderr.split())


@pytest.mark.parametrize("stage", ["0", "IIA", "Stage 2", "3b", "iv"])
def test_stages_as_doctors_write_them(stage: str) -> None:
    assert run("--tumour", "colon", "--stage", stage).exit_code == 0


def test_the_keys_are_listed() -> None:
    listed = run("--keys").output
    assert all(f"- {key}: " in listed for key in (*TRIGGERS, *EMERGENCIES, *TUMOURS))


@pytest.mark.parametrize("data", [b"", b"{", b'{"resourceType": "Bundle"}', b"\xff\xfe" * 50])
def test_bad_input_gets_a_reason_and_never_a_traceback(tmp_path: Path, data: bytes) -> None:
    result = run(*lay(tmp_path, odd_json=data))
    assert result.exit_code in (0, 1)
    assert result.exception is None or isinstance(result.exception, SystemExit)
