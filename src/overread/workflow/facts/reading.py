"""From a sorted file to subjects and the facts it states. No database is written here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from overread.clinical import extraction
from overread.clinical.record import Fact, Method, Provenance, Subject
from overread.clinical.record.identity import same_person
from overread.interop import dicom, documents, fhir

from ..intake.sorting import Sorted
from .models import Stated, SubjectRow

STUDY_PATH = "study"
ENTERED = Provenance("entered", Method.ENTERED)


def read(document: str, found: Sorted) -> Iterator[tuple[Subject, list[Fact]]]:
    """Each subject that the file speaks of, with the facts about them."""
    if found.bundle:
        for record in (*found.bundle.records, *found.bundle.apart):
            yield record.subject, list(record.facts)
    elif found.instance:
        yield _of_its_study(found.instance), _of_study(document, found.instance)
    elif found.text:
        text = found.text
        yield text.subject or extraction.subject(text.text, document), of_text(document, text)


def of_text(document: str, text: documents.TextDocument) -> list[Fact]:
    """The facts that a text states."""
    return list(extraction.read(text.text, document, method=text.method, page_starts=text.page_starts))


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside a file. ``subject``: the key of the patient whom a bundle says it is about; None in an archive."""

    subject: str | None
    name: str
    data: bytes


def parts(found: Sorted) -> Iterator[Part]:
    """The files of an archive, and the reports that travelled inside a bundle, each once."""
    yield from (Part(None, member.name, member.data) for member in found.files if member.data)
    if found.bundle:
        yield from _reports_in(found.bundle)


def _reports_in(bundle: fhir.FhirRead) -> Iterator[Part]:
    known = {attachment.id for attachment in bundle.attachments}
    for attachment in bundle.attachments:
        if attachment.data:
            yield Part(attachment.subject, attachment.title, attachment.data)
    for record in (*bundle.records, *bundle.apart):
        for document in record.documents:
            if document.text and document.id not in known:
                yield Part(record.subject.key, document.title, document.text.encode())


def _of_its_study(instance: dicom.Instance) -> Subject:
    """The images of one study are of one person, also where nothing but the study says so."""
    numbers = instance.subject.identifiers or {""}
    issued = {f"{instance.study_uid}|{number}" for number in numbers}
    return replace(instance.subject, identifiers=instance.subject.identifiers | issued)


def _of_study(document: str, instance: dicom.Instance) -> list[Fact]:
    """The study's own facts, marked so that a series of hundreds states them once."""
    facts = dicom.study_facts(dicom.index([instance])[0])
    return [
        replace(f, about=instance.study_uid, provenance=replace(f.provenance, document=document, path=STUDY_PATH))
        for f in facts
    ]


def subject_of(row: SubjectRow | Stated) -> Subject:
    return Subject(
        key=str(row.key if isinstance(row, SubjectRow) else row.pk),
        name=row.name or None,
        birth_date=row.birth_date or None,
        sex=row.sex or None,
        identifiers=frozenset(row.identifiers),
    )


def same_subject(row: SubjectRow, subject: Subject) -> bool:
    """Provably the same person as the row's."""
    return same_person(subject_of(row), subject)
