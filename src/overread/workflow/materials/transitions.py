"""The life of physical material, and the clock of a request for records."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from ..errors import WrongState


class LetterKind(StrEnum):
    RECORDS = "records"  # 45 CFR 164.524
    MATERIAL = "material"  # slides and blocks: a request of its own


class MaterialState(StrEnum):
    REQUESTED = "requested"
    SENT = "sent"
    RECEIVED = "received"
    RETURNED = "returned"
    LOST = "lost"


S = MaterialState

TABLE: dict[MaterialState, frozenset[MaterialState]] = {
    S.REQUESTED: frozenset({S.SENT, S.RECEIVED}),
    S.SENT: frozenset({S.RECEIVED, S.LOST}),
    S.RECEIVED: frozenset({S.SENT, S.RETURNED, S.LOST}),
    S.RETURNED: frozenset(),
    S.LOST: frozenset({S.RECEIVED}),
}

# 45 CFR 164.524(b)(2): 30 days, and one extension of 30 days.
ACCESS_DAYS = 30


def check(before: MaterialState, after: MaterialState) -> None:
    if after not in TABLE[before]:
        raise WrongState(f"Material that is {before} cannot become {after}.", "Check which piece this is.")


def due(received_on: date | None, extended: bool) -> date | None:
    """The last day to answer an access request; None while nobody knows when it was received."""
    if received_on is None:
        return None
    return received_on + timedelta(days=ACCESS_DAYS * (2 if extended else 1))
