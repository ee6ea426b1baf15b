"""The life of a received file."""

from __future__ import annotations

from enum import StrEnum

from ..errors import WrongState


class FileState(StrEnum):
    QUARANTINED = "quarantined"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Verdict(StrEnum):
    ACCEPT = "accept"
    REFUSE = "refuse"


TABLE: dict[tuple[FileState, Verdict], FileState] = {
    (FileState.QUARANTINED, Verdict.ACCEPT): FileState.ACCEPTED,
    (FileState.QUARANTINED, Verdict.REFUSE): FileState.REFUSED,
}


def after(state: FileState, verdict: Verdict) -> FileState:
    try:
        return TABLE[state, verdict]
    except KeyError:
        raise WrongState("This file was already checked.", "Look at the list of files.") from None
