"""The life of a release."""

from __future__ import annotations

from ..errors import WrongState

TABLE = {"importing": "ready"}


def after(state: str) -> str:
    if state not in TABLE:
        raise WrongState("This release is already ready.", "Import a new one.")
    return TABLE[state]
