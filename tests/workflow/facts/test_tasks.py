"""The job that reads a received file."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from overread.workflow.errors import Expired
from overread.workflow.facts import actions, tasks
from overread.workflow.intake import store
from overread.workflow.intake.models import ReceivedFile
from overread.workflow.intake.transitions import FileState
from tests.factories.cases import REPORT, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def received() -> ReceivedFile:
    world = World().opened()
    return actions.take_in(
        case=world.case, chunks=[REPORT.encode()], name="report.txt", by=world.patient, now=world.now()
    )


def job(attempts: int) -> Any:
    return SimpleNamespace(job=SimpleNamespace(attempts=attempts))


def run(file: ReceivedFile, attempts: int = 0) -> ReceivedFile:
    tasks.read_file.func(job(attempts), str(file.key))
    file.refresh_from_db()
    return file


def test_a_received_file_is_queued_with_it_and_read_by_the_job(received: ReceivedFile) -> None:
    assert received.state == FileState.QUARANTINED
    assert run(received).state == FileState.ACCEPTED
    assert received.facts.filter(field="t", value="T3").exists()


def test_a_file_that_was_read_meanwhile_is_left_alone(received: ReceivedFile) -> None:
    count = run(received).facts.count()
    assert run(received).facts.count() == count


def test_a_reading_that_keeps_failing_sets_the_file_aside_and_keeps_its_bytes(
    received: ReceivedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise Expired("broken")

    monkeypatch.setattr(actions, "read_file", broken)
    with pytest.raises(Expired):
        run(received, attempts=0)
    received.refresh_from_db()
    assert received.state == FileState.QUARANTINED
    with pytest.raises(Expired):
        run(received, attempts=tasks.ATTEMPTS)
    received.refresh_from_db()
    assert received.state == FileState.REFUSED
    assert "original is kept" in received.reason
    assert store.read(received.sha256) == REPORT.encode()


def test_stalled_jobs_are_done_again() -> None:
    done: list[object] = []

    class Jobs:
        async def get_stalled_jobs(self) -> list[str]:
            return ["job 7"]

        async def retry_job(self, job: str) -> None:
            done.append(job)

    context: Any = SimpleNamespace(app=SimpleNamespace(job_manager=Jobs()))
    asyncio.run(tasks.retry_stalled.func(context, 0))
    assert done == ["job 7"]
