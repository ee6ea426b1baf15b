"""What a reader found: a value and the characters it stands on, before it becomes a fact of the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from overread.clinical.record import Value


@dataclass(frozen=True, slots=True)
class Found:
    """A value for a field at characters ``start``..``end``.

    rule: the name of the rule that read it, which its confidence is measured by (see ``confidence``).
    about: the specimen or lesion it concerns; None for the case.
    rank: orders several values of one field, lowest first; the first is what the report says of the main tumour.
    on: the day that the words give it, ISO 8601 to their precision.
    """

    field: str
    value: Value
    start: int
    end: int
    rule: str
    about: str | None = None
    rank: int = 0
    on: str | None = None


Finds = Iterator[Found]
