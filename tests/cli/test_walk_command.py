"""``overread walk`` as somebody calls it: a program of its own, and what it says when it cannot begin."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from overread.cli.walk import walk
from tests.cli import samples

START = "from overread.cli import main; main()"


def test_the_whole_command(var: Path, tmp_path: Path) -> None:
    """Its own database starts, everything is written, the database stops again."""
    report = tmp_path / "report.txt"
    report.write_text(samples.report())
    surroundings = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    done = subprocess.run(
        [sys.executable, "-c", START, "walk", "--report", str(report), "--out", str(tmp_path / "new" / "out")],
        env=surroundings | {"OVERREAD_VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "The stated stage IV does not follow." in done.stdout
    assert (tmp_path / "new/out/clinician.pdf").read_bytes().startswith(b"%PDF")
    assert not (var / "postgres/postmaster.pid").exists()


def test_a_place_for_the_results_that_cannot_be_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = CliRunner().invoke(walk, ["--out", str(tmp_path / "file" / "out")])

    assert result.exit_code == 1
    assert str(tmp_path / "file") in result.output
    assert "Not a directory" in result.output


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(walk, ["--report", str(tmp_path / "none.pdf"), "--out", str(tmp_path)])

    assert result.exit_code == 2
    assert "none.pdf" in result.output


@pytest.mark.parametrize(
    ("address", "said"),
    [("mysql://x/y", "runs on PostgreSQL only"), ("postgresql://nobody:wrong@127.0.0.1:1/none", "cannot be reached")],
)
def test_a_database_that_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, said: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    result = CliRunner().invoke(walk, ["--out", str(tmp_path)])

    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output
