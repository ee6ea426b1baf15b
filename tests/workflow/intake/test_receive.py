"""Receiving and examining a case's files."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from overread.clinical.record import Domain
from overread.workflow.errors import Invalid, WrongState
from overread.workflow.facts import actions as facts
from overread.workflow.facts import tasks
from overread.workflow.facts.models import FactRow, SubjectRow
from overread.workflow.intake import actions as intake
from overread.workflow.intake import queries, store
from overread.workflow.intake.models import Instance, ReceivedFile
from overread.workflow.intake.transitions import FileState
from tests.factories.cases import REPORT, SYSTEM, World
from tests.interop.dicom.synthetic import as_bytes, ct_slice

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World().opened()


def received(world: World, data: bytes, name: str = "a.txt") -> ReceivedFile:
    return intake.receive(case=world.case, chunks=[data], name=name, by=world.patient, now=world.now())


def test_the_same_bytes_in_a_case_are_one_file(world: World) -> None:
    assert received(world, b"words", "a.txt") == received(world, b"words", "b.txt")
    assert ReceivedFile.objects.count() == 1


def test_the_same_bytes_in_two_cases_are_two_files_and_one_refusal_leaves_the_other(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    one = received(world, b"%PDF-1.7 broken")
    first_case = world.case
    two = received(world.opened(), b"%PDF-1.7 broken")
    assert one.case_id == first_case.pk
    with django_capture_on_commit_callbacks(execute=True):
        refused = facts.read_file(file=one, by=SYSTEM, now=world.now())
    assert refused.state == FileState.REFUSED
    assert store.read(two.sha256), "the other case still has it"
    with django_capture_on_commit_callbacks(execute=True):
        facts.read_file(file=two, by=SYSTEM, now=world.now())
    with pytest.raises(FileNotFoundError):
        store.read(two.sha256)


def test_a_file_is_examined_once(world: World) -> None:
    file = received(world, b"some words")
    facts.read_file(file=file, by=SYSTEM, now=world.now())
    with pytest.raises(WrongState):
        facts.read_file(file=file, by=SYSTEM, now=world.now())
    with pytest.raises(WrongState):
        intake.set_aside(file=file, by=SYSTEM, now=world.now())


def test_waiting_files_are_those_not_yet_examined(world: World) -> None:
    file = received(world, b"some words")
    assert queries.waiting(world.case) == [file]
    tasks.read_file(attempt(0), str(file.key))
    assert queries.waiting(world.case) == []
    tasks.read_file(attempt(0), str(file.key))  # a job that runs twice does nothing the second time
    assert FactRow.objects.count() == 0


def attempt(number: int) -> Any:
    """What the job is told of itself: how often it failed before."""
    return SimpleNamespace(job=SimpleNamespace(attempts=number))


def test_a_file_on_which_our_own_reading_fails_again_and_again_is_set_aside_and_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**told: Any) -> None:
        raise RuntimeError("our mistake")

    file = received(world, b"some words")
    monkeypatch.setattr(facts, "read_file", fails)
    for number, state in ((0, FileState.QUARANTINED), (tasks.ATTEMPTS, FileState.REFUSED)):
        with pytest.raises(RuntimeError):
            tasks.read_file(attempt(number), str(file.key))
        file.refresh_from_db()
        assert file.state == state
    assert file.reason
    assert store.read(file.sha256) == b"some words"


def test_another_image_with_the_same_identifier_is_refused_and_the_first_one_stays(world: World) -> None:
    first = world.add(as_bytes(ct_slice(square=100)), "a.dcm")
    second = world.add(as_bytes(ct_slice(square=200)), "b.dcm")
    assert (first.state, second.state) == (FileState.ACCEPTED, FileState.REFUSED)
    assert "same identifier" in second.reason
    assert Instance.objects.get().file == first


def test_a_series_states_its_study_once(world: World) -> None:
    for number in (1, 2, 3):
        world.add(as_bytes(ct_slice(number)), f"{number}.dcm")
    assert FactRow.objects.filter(field="study").count() == 1
    assert Instance.objects.count() == 3


def test_an_ended_case_takes_no_more_records() -> None:
    world = World().closed()
    with pytest.raises(WrongState):
        received(world, b"late")


def test_only_an_accepted_report_can_be_cleared(world: World) -> None:
    image, bundle = world.add(as_bytes(ct_slice()), "a.dcm"), received(world, b"not yet read")
    for file in (image, bundle):
        with pytest.raises(Invalid):
            intake.clear(file=file, domain=Domain.IMAGING, by=world.navigator, now=world.now())


def test_a_refused_file_has_a_reason_and_no_bytes_to_hand_out(world: World) -> None:
    refused = world.add(b"%PDF-1.7 broken", "a.pdf")
    with pytest.raises(Exception, match="refused"):
        queries.content(world.patient, world.case, refused.key)


def test_two_reports_about_one_person_are_one_subject_and_about_another_two(world: World) -> None:
    world.add(REPORT.encode(), "a.txt")
    world.add((REPORT + "Addendum: as above.").encode(), "b.txt")
    assert SubjectRow.objects.count() == 1
    world.add(REPORT.replace("Rivera, Ana", "Stone, Eva").replace("778812", "99").encode(), "c.txt")
    assert SubjectRow.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_twice_at_once_is_one_file() -> None:
    world = World().opened()
    found: list[ReceivedFile] = []
    gate = threading.Barrier(4)

    def send() -> None:
        gate.wait()
        try:
            found.append(received(world, b"the same words"))
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert len({file.key for file in found}) == 1
    assert len(found) == 4
    assert ReceivedFile.objects.count() == 1
