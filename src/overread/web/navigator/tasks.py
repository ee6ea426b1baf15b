"""What a navigator does before a record counts as understood, and how far each of it is. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


class _Text(Protocol):
    @property
    def cleared_at(self) -> object: ...


class _Shown(Protocol):
    @property
    def view(self) -> _Subject: ...


class _Subject(Protocol):
    @property
    def is_patient(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Task:
    """``href``: the part of the page where it is done. ``done`` where the page can tell; checking has no end."""

    said: str
    href: str
    done: bool = False


def tasks(subjects: Sequence[_Shown], contradictions: int, texts: Sequence[_Text]) -> Iterator[Task]:
    """The tasks in the order in which they are done. texts: reports and questions that blinded reviewers might read."""
    known = any(shown.view.is_patient for shown in subjects)
    yield Task("Say which subject is the patient." if not known else "The patient is named.", "#s1", known)
    open_ones = (
        f" {contradictions} contradiction{'s' if contradictions > 1 else ''} to explain." if contradictions else ""
    )
    yield Task(f"Check the facts against their words, and correct what was misread.{open_ones}", "#missing-title")
    if texts:
        released = sum(text.cleared_at is not None for text in texts)
        said = f"Read and release what blinded reviewers may read: {released} of {len(texts)} released."
        yield Task(said, "#clear-title", released == len(texts))
