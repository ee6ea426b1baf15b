"""The life of a call."""

from __future__ import annotations

from enum import StrEnum

from ..errors import WrongState


class CallState(StrEnum):
    ARRANGED = "arranged"
    HELD = "held"
    CANCELLED = "cancelled"


TABLE = {CallState.ARRANGED: frozenset({CallState.HELD, CallState.CANCELLED})}


def check(before: CallState, after: CallState) -> None:
    if after not in TABLE.get(before, frozenset()):
        raise WrongState(f"A call that was {before} cannot be {after}.", "Arrange a new one.")
