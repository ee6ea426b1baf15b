"""While a page is read nothing changes: what each query rests on is asked of the database once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from .models import Participation

T = TypeVar("T")

_remembered: ContextVar[dict[Hashable, Sequence[object]] | None] = ContextVar("remembered", default=None)


@contextmanager
def while_reading() -> Iterator[None]:
    """Only around what writes nothing (GET, HEAD): an action must see everything as it is at that moment."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def once(key: Hashable, ask: Callable[[], Sequence[T]]) -> list[T]:
    """The answer as remembered, or else as ``ask`` gives it now. ``key`` names the question, its viewer and its case."""
    known = _remembered.get()
    if known is None:
        return list(ask())
    if key not in known:
        known[key] = ask()
    return list(known[key])  # type: ignore[arg-type]  # what was kept under a key came from that key's question


def places(person: int, case: int, ask: Callable[[], Sequence[Participation]]) -> list[Participation]:
    """The person's live places in the case, the first joined first."""
    return once(("places", person, case), ask)


def learn(rows: Sequence[Participation]) -> None:
    """Live places of one person that one question brought, for all the cases that they are in."""
    known = _remembered.get()
    if known is None:
        return
    found: dict[Hashable, list[Participation]] = {}
    for row in rows:
        found.setdefault(("places", row.person_id, row.case_id), []).append(row)
    known.update(found)
