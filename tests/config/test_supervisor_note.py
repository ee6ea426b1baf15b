from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from overread.config.supervisor_note import Identity, Note, stop_all


def test_a_note_is_read_as_it_was_written(tmp_path: Path) -> None:
    note = Note("http://127.0.0.1:8000", (Identity(12, 34.5),))
    note.write(tmp_path / "note.json")
    assert Note.read(tmp_path / "note.json") == note


@pytest.mark.parametrize("content", ["", "{", "[]", '{"address": "x"}', '{"address": "x", "children": [{"pid": 1}]}'])
def test_a_spoilt_note_is_no_note(tmp_path: Path, content: str) -> None:
    (tmp_path / "note.json").write_text(content)
    assert Note.read(tmp_path / "note.json") is None


def test_a_missing_note_is_no_note(tmp_path: Path) -> None:
    assert Note.read(tmp_path / "note.json") is None


def test_a_reused_process_number_is_not_our_process() -> None:
    me = Identity.of(os.getpid())
    assert me.process() is not None
    assert Identity(me.pid, me.began - 60).process() is None
    assert stop_all([Identity(me.pid, me.began - 60)]) == 0


def test_a_stubborn_process_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overread.config.supervisor_note.STOP_SECONDS", 0.3)
    ignore = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", ignore], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        stubborn = Identity.of(child.pid)
        assert stop_all([stubborn]) == 1
        assert stubborn.process() is None
