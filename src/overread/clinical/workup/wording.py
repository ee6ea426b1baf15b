"""The limitations paragraph and the questions, computed from what the check found. No sentence without a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..record import Domain, Identity, Record
from .answer import Contradiction, DocumentQuality, Missing, NotChecked, Quality, Question, Stale
from .elements import EVERY_RECORD, SUPPLIERS

_TO_ASK = {True: "How does this fit together?", False: "Which is right?"}
NO_LIMITS = "The checks that Overread makes found nothing missing, out of date or contradictory in this record."


def limitations(
    record: Record,
    no_tumour: str | None,
    missing: tuple[Missing, ...],
    not_checked: tuple[NotChecked, ...],
    stale: tuple[Stale, ...],
    contradictory: tuple[Contradiction, ...],
    documents: tuple[DocumentQuality, ...],
) -> str:
    """One paragraph for a report: on what this record can and cannot bear."""
    sentences = (
        *_identity(record),
        *([f"What this tumour's record should hold was not checked, because {no_tumour}."] if no_tumour else []),
        *_listed("Not in the record: {}.", (m.label for m in missing if m.condition is None)),
        *_listed(
            "Possibly owed, depending on what the record does not say: {}.", (m.label for m in missing if m.condition)
        ),
        *_listed("Possibly out of date: {}.", (s.label for s in stale)),
        *(f"Contradictory: {c.sentence}" for c in contradictory if not c.to_explain),
        *(f"To be explained: {c.sentence}" for c in contradictory if c.to_explain),
        *_documents(documents),
    )
    unchecked = [f"Overread could not look for {_counted(len(not_checked))}."] if not_checked else []
    return " ".join((*(sentences or (NO_LIMITS,)), *unchecked))


def _identity(record: Record) -> Iterator[str]:
    if not record.facts:
        yield "The record holds no facts."
    if record.subject.identity is Identity.NOT_CONFIRMED:
        yield "That these sources are about this person has not been confirmed."


def _documents(documents: tuple[DocumentQuality, ...]) -> Iterator[str]:
    for document in documents:
        if document.quality is not Quality.GOOD:
            yield f"“{document.title}” is of {document.quality} quality: {'; '.join(document.reasons)}."


def _listed(sentence: str, labels: Iterable[str]) -> Iterator[str]:
    if named := ", ".join(dict.fromkeys(labels)):
        yield sentence.format(named)


def questions(
    missing: tuple[Missing, ...], stale: tuple[Stale, ...], contradictory: tuple[Contradiction, ...]
) -> tuple[Question, ...]:
    """What to ask, and whom, so that the gaps close; each question once."""
    asked = (
        *(_for_missing(entry) for entry in missing),
        *(Question(f"Is there a newer result than this: {s.label} ({s.why})?", SUPPLIERS[s.domain]) for s in stale),
        *(Question(f"{c.sentence} {_TO_ASK[c.to_explain]}", SUPPLIERS[c.domain]) for c in contradictory),
    )
    return tuple(dict.fromkeys(asked))


def _for_missing(entry: Missing) -> Question:
    condition = f" It matters {entry.condition}." if entry.condition else ""
    if (not entry.fields and entry.domain is not Domain.MOLECULAR) or entry.source == EVERY_RECORD:
        return Question(f"The record does not show this: {entry.label}. Can it be sent?{condition}", entry.who)
    return Question(f"Was this determined, and with what result: {entry.label}?{condition}", entry.who)


def _counted(items: int) -> str:
    return "one further item" if items == 1 else f"{items} further items"
