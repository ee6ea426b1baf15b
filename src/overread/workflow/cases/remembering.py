"""While a page is read nothing changes who takes part: each viewer's places are asked of the database once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .models import Participation

Places = dict[tuple[int, int], list[Participation]]  # (person, case) -> live places, the first joined first

_remembered: ContextVar[Places | None] = ContextVar("remembered places", default=None)


@contextmanager
def while_reading() -> Iterator[None]:
    """Only around what writes nothing (GET, HEAD): an action must see the places as they are at that moment."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def places(person: int, case: int, ask: Callable[[], list[Participation]]) -> list[Participation]:
    """The person's live places in the case: as remembered, or else as the database says now."""
    known = _remembered.get()
    if known is None:
        return ask()
    if (person, case) not in known:
        known[person, case] = ask()
    return list(known[person, case])


def learn(rows: list[Participation]) -> None:
    """Live places of one person that one question brought, for all the cases that they are in."""
    known = _remembered.get()
    if known is None:
        return
    found: Places = {}
    for row in rows:
        found.setdefault((row.person_id, row.case_id), []).append(row)
    known.update(found)
