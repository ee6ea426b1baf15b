"""The files of a case as its people see them: how far the reading is, and what became of each. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from overread.workflow.cases.transitions import State
from overread.workflow.intake.models import ReceivedFile
from overread.workflow.intake.transitions import FileState

# What becomes of files that are sent late, where that is not plain.
LATE: dict[State, str] = {
    State.REVIEWING: "The review has begun. What you send now is kept and read too. Its text reaches the reviewing physician "
    "only when the navigator lets it.",
    **dict.fromkeys(
        (State.COMPARING, State.RECONSIDERING, State.ADJUDICATING, State.REPORTING, State.LEARNING),
        "The opinions are in. What you send now is kept and read too, but they were written without it. If it may matter, "
        "say so under Messages.",
    ),
}
# Why no files are taken.
CLOSED: dict[State, str] = {
    State.AGREEING: "Records can be added as soon as a doctor has agreed that the case may start.",
    State.CLOSED: "The case is finished and takes no more records. For a new question open a new case.",
    State.WITHDRAWN: "The case was withdrawn and takes no more records.",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One file, named. attempts: how often a file of this name was sent before and could not be kept."""

    file: ReceivedFile
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the reading is of the files that were sent together: ``done`` of ``of``."""

    done: int
    of: int


def papers(files: Sequence[ReceivedFile]) -> list[Paper]:
    """Everything but the images that were kept. What was not kept and sent again under its name is counted there."""
    named = [file for file in files if not is_image(file)]
    latest = {file.name: file for file in named}
    failed = [file for file in named if file.state == FileState.REFUSED and latest[file.name] is not file]
    return [
        Paper(file, sum(other.name == file.name for other in failed) if latest[file.name] is file else 0)
        for file in named
        if file not in failed
    ]


def is_image(file: ReceivedFile) -> bool:
    """Images of a disc come by the hundred: they are counted."""
    return file.kind == "dicom" and file.state == FileState.ACCEPTED


def reading(files: Sequence[ReceivedFile]) -> Reading | None:
    """None when nothing waits to be read."""
    waiting = [file for file in files if file.state == FileState.QUARANTINED]
    if not waiting:
        return None
    done = sum(1 for _ in _done_meanwhile(files, waiting))
    return Reading(done, done + len(waiting))


def _done_meanwhile(files: Sequence[ReceivedFile], waiting: Sequence[ReceivedFile]) -> Iterator[ReceivedFile]:
    """Files that were read after the first of those that wait had come."""
    began = min(file.received_at for file in waiting)
    return (file for file in files if file.examined_at and file.examined_at >= began)
