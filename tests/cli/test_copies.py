"""Back up, lose everything, restore: the same people, files and keys; and every reason for which it is refused."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from overread.cli import copies, main
from overread.config.database_url import DatabaseUrl
from tests.conftest import open_directory

PASSWORD = "a fairly long sentence"


@pytest.fixture
def other_var() -> Iterator[Path]:
    with open_directory() as directory:
        (directory / "var").mkdir(mode=0o700)
        yield directory / "var"


def overread(var: Path, *words: str) -> subprocess.CompletedProcess[str]:
    left_out = ("DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE")
    surroundings = {k: v for k, v in os.environ.items() if k not in left_out} | {"OVERREAD_VAR": str(var)}
    start = [sys.executable, "-c", "from overread.cli import main; main()"]
    return subprocess.run([*start, *words], env=surroundings, capture_output=True, text=True, check=False)


def person(var: Path, role: str, password: str = PASSWORD) -> str:
    words = (
        "person",
        "--email",
        "ops@example.org",
        "--name",
        "Olive",
        "--organisation",
        "North",
        "--password",
        password,
    )
    done = overread(var, *words, "--role", role)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_was_backed_up_is_restored(var: Path, other_var: Path, tmp_path: Path) -> None:
    copy, report = tmp_path / "copy", a_file(var, b"A report.", name=hashlib.sha256(b"A report.").hexdigest())
    assert person(var, "operator") == "Olive can sign in as ops@example.org: operator at North.\n"

    first = overread(var, "backup", str(copy))
    assert "1 new files" in first.stdout, first.stderr
    restored = overread(other_var, "restore", str(copy))
    assert "1 files are restored" in restored.stdout, restored.stderr

    [kept] = copies.files(other_var)
    assert (kept.name, kept.read_bytes()) == (report.name, b"A report.")
    assert (other_var / "secret_key").read_bytes() == (var / "secret_key").read_bytes()
    # The account is there: its password, which would not do, is not looked at.
    assert person(other_var, "navigator", password="x") == "Olive can sign in as ops@example.org: navigator at North.\n"
    again = overread(other_var, "restore", str(copy))
    assert (again.returncode, "not empty" in again.stderr) == (1, True)


def a_file(folder: Path, content: bytes, name: str = "") -> Path:
    path = folder / copies.RECEIVED / "ab" / (name or content.hex())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def refused(var: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("OVERREAD_VAR", str(var))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    result = CliRunner().invoke(main, ["restore", str(folder)])
    assert result.exit_code == 1
    return result.output


def test_a_folder_without_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "holds no backup" in refused(tmp_path, tmp_path, monkeypatch)


def test_a_damaged_copy_restores_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "database-1.dump").touch()
    bad = a_file(tmp_path, b"changed")

    said = refused(tmp_path / "var", tmp_path, monkeypatch)
    assert bad.name in said
    assert "Nothing was restored" in said


def test_a_running_installation_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "database-1.dump").touch()
    with (tmp_path / "supervisor.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "running. Stop it first" in refused(tmp_path, tmp_path, monkeypatch)


def test_the_newest_dump_is_taken(tmp_path: Path) -> None:
    for day in ("20261121", "20260101"):
        (tmp_path / f"database-{day}T020000Z.dump").touch()
    (tmp_path / "database-20261231T020000Z.part").touch()

    assert copies.newest(tmp_path).name == "database-20261121T020000Z.dump"


def test_only_what_is_missing_is_copied(tmp_path: Path) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    a_file(source, b"one")
    a_file(source, b"two")
    (source / copies.RECEIVED / ".incoming-x").write_bytes(b"half")
    a_file(target, b"one")

    assert copies.copy_files(source, target) == 1
    assert copies.copy_files(source, target) == 0
    assert [path.read_bytes() for path in copies.files(target)] == [b"one", b"two"]


def test_a_database_that_does_not_answer_leaves_no_half_dump(tmp_path: Path) -> None:
    nowhere = DatabaseUrl(name="x", user="y", password="hidden", host="127.0.0.1", port="1")
    with pytest.raises(copies.NotCopied, match="pg_dump") as raised:
        copies.dump(nowhere, tmp_path)

    assert "hidden" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("backup", "copy"),
        ("person", "--email", "a@b.org", "--name", "A", "--role", "payer", "--organisation", "B", "--password", "x"),
    ],
)
def test_a_database_of_another_kind_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OVERREAD_VAR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "mysql://x/y")
    result = CliRunner().invoke(main, list(words))

    assert result.exit_code == 1
    assert "PostgreSQL only" in result.output
