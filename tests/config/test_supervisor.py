"""A whole installation started, interrupted, killed and started again, as an operator would."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from overread.config.embedded_postgres import EmbeddedPostgres
from overread.config.supervisor_note import Identity, Note, stop_all

OVERREAD = Path(sys.executable).with_name("overread")
PATIENCE = 90


class Installation:
    """One var directory and the ``overread serve`` processes started over it."""

    def __init__(self, var: Path, port: int) -> None:
        self.var, self.port, self.log = var, port, var.with_suffix(".log")
        self.postgres = EmbeddedPostgres(var / "postgres")
        self.started: list[subprocess.Popen[bytes]] = []

    def serve(self) -> subprocess.Popen[bytes]:
        with self.log.open("wb") as log:
            process = subprocess.Popen(
                [OVERREAD, "serve", "--port", str(self.port)],
                env={**os.environ, "OVERREAD_VAR": str(self.var), "DJANGO_SETTINGS_MODULE": "overread.config.settings"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.started.append(process)
        return process

    def said(self) -> str:
        return self.log.read_text()

    def serve_until_running(self) -> subprocess.Popen[bytes]:
        process = self.serve()
        until(lambda: "is running at" in self.said() or process.poll() is not None)
        assert process.poll() is None, self.said()
        return process

    def children(self) -> tuple[Identity, ...]:
        note = Note.read(self.var / "supervisor.json")
        assert note is not None
        return note.children

    def nothing_runs(self) -> bool:
        return self.postgres.process() is None and not (self.var / "supervisor.json").exists()


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)


@pytest.fixture
def installation(var: Path) -> Iterator[Installation]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Installation(var, port)
    yield made
    for process in made.started:
        process.kill()
        process.wait()
    left = Note.read(made.var / "supervisor.json")
    stop_all(left.children if left else ())
    made.postgres.stop()


def test_a_taken_port_a_second_start_and_ctrl_c(installation: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", installation.port))
        taken.listen()
        running = installation.serve_until_running()
    said = installation.said()
    assert f"Port {installation.port} cannot be used" in said
    found = re.search(r"is running at (\S+)", said)
    assert found is not None
    address = found[1]
    assert not address.endswith(f":{installation.port}")

    second = installation.serve()
    assert second.wait(PATIENCE) == 0
    assert f"already running at {address}" in installation.said()

    children = installation.children()
    running.send_signal(signal.SIGINT)
    assert running.wait(PATIENCE) == 0
    assert installation.nothing_runs()
    assert [child.process() for child in children] == [None, None]


def test_kill_9_is_recovered_from_and_a_childs_death_ends_everything(installation: Installation) -> None:
    first = installation.serve_until_running()
    orphans = installation.children()
    first.kill()
    first.wait()
    database = installation.postgres.process()
    assert database is not None

    second = installation.serve_until_running()
    assert installation.postgres.process() == database, "the orphaned database is adopted"
    until(lambda: all(orphan.process() is None for orphan in orphans))

    database.kill()  # and now the database dies too, with everything it had not written
    second.kill()
    second.wait()
    psutil.wait_procs([database], timeout=PATIENCE)
    third = installation.serve_until_running()

    web, worker = installation.children()
    process = worker.process()
    assert process is not None
    process.kill()
    assert third.wait(PATIENCE) != 0
    assert "The worker ended by itself" in installation.said()
    assert web.process() is None
    assert installation.nothing_runs()


def test_term_while_starting_leaves_nothing(installation: Installation) -> None:
    process = installation.serve()
    until(lambda: installation.postgres.process() is not None)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0, installation.said()
    assert installation.nothing_runs()
