"""What was acknowledged is there; what failed left nothing."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from overread.workflow.errors import Invalid
from overread.workflow.intake import store

LIMIT = 1000


@pytest.fixture(autouse=True)
def root(tmp_path: Path, settings: Any) -> Path:
    settings.FILES_ROOT = tmp_path / "received"
    return tmp_path / "received"


def everything(root: Path) -> list[Path]:
    return [p for p in root.rglob("*") if p.is_file()]


def test_bytes_lie_under_their_digest(root: Path) -> None:
    kept = store.keep([b"some ", b"words"], limit=LIMIT)
    assert kept == store.Stored(hashlib.sha256(b"some words").hexdigest(), 10)
    assert store.read(kept.sha256) == b"some words"
    assert everything(root) == [store.path_of(kept.sha256)]


def test_nobody_else_may_read_them(root: Path) -> None:
    kept = store.keep([b"words"], limit=LIMIT)
    assert store.path_of(kept.sha256).stat().st_mode & 0o077 == 0
    assert root.stat().st_mode & 0o077 == 0


def test_the_same_bytes_twice_are_kept_once(root: Path) -> None:
    assert store.keep([b"words"], limit=LIMIT) == store.keep([b"wor", b"ds"], limit=LIMIT)
    assert len(everything(root)) == 1


@pytest.mark.parametrize(
    ("chunks", "said"), [([], "empty"), ([b""], "empty"), ([b"x" * 600, b"y" * 600], "larger")], ids=str
)
def test_what_cannot_be_used_leaves_nothing(root: Path, chunks: list[bytes], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        store.keep(chunks, limit=LIMIT)
    assert everything(root) == []


def test_exactly_as_much_as_is_allowed_is_kept() -> None:
    assert store.keep([b"x" * LIMIT], limit=LIMIT).size == LIMIT


def broken_line() -> Iterator[bytes]:
    yield b"half of"
    raise ConnectionResetError("gone")


def test_a_sender_who_goes_away_leaves_nothing(root: Path) -> None:
    with pytest.raises(Invalid):
        store.keep(broken_line(), limit=LIMIT)
    assert everything(root) == []


@pytest.mark.parametrize("step", ["fsync", "replace", "fdopen"])
def test_a_full_disk_is_said_and_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(Invalid, match="No space left") as refusal:
        store.keep([b"words"], limit=LIMIT)
    assert "Nothing was kept" in refusal.value.do
    assert everything(root) == []


def test_the_order_is_write_flush_name_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are on the disk before they have their name, and the name before anybody is told."""
    done: list[str] = []

    def noted(step: str, real: Any) -> Any:
        def both(*args: Any) -> Any:
            done.append(step)
            return real(*args)

        return both

    for step in ("fsync", "replace"):
        monkeypatch.setattr(os, step, noted(step, getattr(os, step)))
    store.keep([b"words"], limit=LIMIT)
    assert done == ["fsync", "replace", "fsync"]


KILLED = """
import os, signal, sys
from django.conf import settings
settings.configure(FILES_ROOT=sys.argv[1])
from overread.workflow.intake import store
real = getattr(os, sys.argv[2])
def killed(*args):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(os, sys.argv[2], killed)
store.keep([b"words"], limit=1000)
print("acknowledged")
"""


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_killed_at_any_point_nothing_half_has_a_name(root: Path, step: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(root), step], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == -9
    assert done.stdout == "", "nothing was acknowledged"
    assert not store.path_of(hashlib.sha256(b"words").hexdigest()).exists()
    assert store.keep([b"words"], limit=LIMIT).size == 5, "and sent again it is kept"


def test_what_is_removed_is_gone_and_may_be_removed_again() -> None:
    kept = store.keep([b"words"], limit=LIMIT)
    store.remove(kept.sha256)
    store.remove(kept.sha256)
    with pytest.raises(FileNotFoundError):
        store.read(kept.sha256)
