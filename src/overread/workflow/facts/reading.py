"""From a sorted file to subjects and the facts it states. No database is written here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from overread.clinical import extraction
from overread.clinical.record import Fact, Method, Provenance, Subject
from overread.clinical.record.identity import same_person
from overread.interop import dicom

from ..intake.sorting import Sorted
from .models import SubjectRow

STUDY_PATH = "study"
ENTERED = Provenance("entered", Method.ENTERED)


def read(document: str, found: Sorted) -> Iterator[tuple[Subject, list[Fact]]]:
    """Each subject that the file speaks of, with the facts about them."""
    if found.bundle:
        for record in (*found.bundle.records, *found.bundle.apart):
            yield record.subject, list(record.facts)
    elif found.instance:
        yield found.instance.subject, _of_study(document, found.instance)
    elif found.text:
        text = found.text
        facts = extraction.read(text.text, document, method=Method(text.method), page_starts=text.page_starts)
        yield extraction.subject(text.text, document), list(facts)


def _of_study(document: str, instance: dicom.Instance) -> list[Fact]:
    """The study's own facts, marked so that a series of hundreds states them once."""
    facts = dicom.study_facts(dicom.index([instance])[0])
    return [
        replace(f, about=instance.study_uid, provenance=replace(f.provenance, document=document, path=STUDY_PATH))
        for f in facts
    ]


def subject_of(row: SubjectRow) -> Subject:
    return Subject(
        key=str(row.key),
        name=row.name or None,
        birth_date=row.birth_date or None,
        sex=row.sex or None,
        identifiers=frozenset(row.identifiers),
    )


def same_subject(row: SubjectRow, subject: Subject) -> bool:
    """Provably the same person as the row's."""
    return same_person(subject_of(row), subject)
