"""From files to assessments, without a database: what each file says, whose it is, and what can be said about it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from overread.clinical import extraction
from overread.clinical.assessment import Assessment
from overread.clinical.assessment import assess as assessed
from overread.clinical.indication import Answers, answers_from_record
from overread.clinical.record import Document, Method, Record, Subject
from overread.clinical.record.identity import group
from overread.interop import documents, fhir


class DifferentPeople(ValueError):
    """Files that are said to be about one person state another sex or birth date."""


@dataclass(frozen=True, slots=True)
class Found:
    """One assessment a person; refused: files that could not be read, each with the reason."""

    assessments: tuple[Assessment, ...]
    refused: tuple[str, ...]


def assess(files: Iterable[Path], said: Answers, on: date, *, same_person: bool = False) -> Found:
    """Everything about every person in the files; about the answers alone where there is no file.

    Raises DifferentPeople where ``same_person`` is claimed and cannot be.
    """
    records, refused = list[Record](), list[str]()
    for path in files:
        try:
            records += _records(path)
        except (fhir.FhirError, documents.DocumentError, OSError) as error:
            refused.append(f"{path.name}: not read. {error}")
    people = _joined(records) if same_person else _grouped(records)
    if not records and not refused:
        people = (Record(Subject("answers")),)
    return Found(tuple(_one(person, said, on) for person in people), tuple(refused))


def _one(record: Record, said: Answers, on: date) -> Assessment:
    """What the person said is added to what the record says, and goes before it."""
    if said == Answers():
        return assessed(record, on)
    own = answers_from_record(record)
    return assessed(
        record,
        on,
        answers=replace(
            own,
            situations=own.situations | said.situations,
            emergencies=own.emergencies | said.emergencies,
            tumour=said.tumour or own.tumour,
            stage=said.stage or own.stage,
            metastatic=own.metastatic if said.metastatic is None else said.metastatic,
            none_of_these=said.none_of_these,
        ),
    )


def _records(path: Path) -> tuple[Record, ...]:
    """A FHIR bundle may be about several people; any other document is about one."""
    data = path.read_bytes()
    try:
        return fhir.read_bundle(data, title=path.name).records
    except (fhir.NotJson, fhir.EmptyInput):
        return (_of_document(data, path.name),)


def _of_document(data: bytes, name: str) -> Record:
    read = documents.read(data, name)
    facts = extraction.read(read.text, read.id, method=read.method, page_starts=read.page_starts)
    kind = "scan" if read.method is Method.OCR else "report"
    subject = read.subject or extraction.subject(read.text, hashlib.sha256(data).hexdigest())
    return Record(subject, (Document(read.id, name, kind, read.pages, read.text),), facts)


def _grouped(records: list[Record]) -> tuple[Record, ...]:
    """Sources that provably speak of one person are one record; nobody else's are joined."""
    by_subject = {record.subject: record for record in records}
    return tuple(_merged([by_subject[subject] for subject in subjects]) for subjects in group(by_subject))


def _joined(records: list[Record]) -> tuple[Record, ...]:
    subjects = [record.subject for record in records]
    sexes = {subject.sex for subject in subjects if subject.sex}
    born = sorted({subject.birth_date for subject in subjects if subject.birth_date}, key=len)
    if len(sexes) > 1 or any(not day.startswith(born[0]) for day in born) or len(set(born[1:])) > 1:
        raise DifferentPeople("The files state different sexes or birth dates, so they are not about one person.")
    return (_merged(records),) if records else ()


def _merged(records: list[Record]) -> Record:
    every = [record.subject for record in records]
    subject = replace(
        every[0],
        name=next((s.name for s in every if s.name), None),
        birth_date=max((s.birth_date for s in every if s.birth_date), key=len, default=None),
        sex=next((s.sex for s in every if s.sex), None),
    )
    papers = tuple(dict.fromkeys(paper for record in records for paper in record.documents))
    return Record(subject, papers, tuple(dict.fromkeys(fact for record in records for fact in record.facts)))
