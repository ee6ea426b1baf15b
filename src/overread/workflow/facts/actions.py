"""All writes to facts: reading files into them, confirming whom they are about, correcting them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from overread.clinical.record import FIELDS, Fact, FactError, Kind, Subject

from ..accounts.models import Person
from ..audit.actions import record
from ..audit.actors import Actor, System
from ..cases.actions import hold
from ..cases.models import Case
from ..errors import Invalid
from ..intake import actions as intake
from ..intake.models import ReceivedFile
from ..intake.transitions import FileState
from . import permissions, reading, tasks
from .models import FactRow, Stated, SubjectRow
from .rows import provenance_to_json, value_to_json


@transaction.atomic
def take_in(*, case: Case, chunks: Iterable[bytes], name: str, by: Actor, now: datetime) -> ReceivedFile:
    """Receive a file and have it read; the job is queued in the transaction that keeps the file."""
    file = intake.receive(case=case, chunks=chunks, name=name, by=by, now=now)
    tasks.read_file.defer(file_key=str(file.key))
    return file


@transaction.atomic
def read_file(*, file: ReceivedFile, by: System, now: datetime) -> ReceivedFile:
    """Examine a quarantined file and, when it is accepted, keep the facts it states."""
    permissions.require(permissions.may_read_into_facts(by, file.case))
    return _read(hold(file.case), file, by=by, now=now)


def _read(case: Case, file: ReceivedFile, *, by: System, now: datetime) -> ReceivedFile:
    file, found = intake.examine(file=file, by=by, now=now)
    if found is None:
        return file
    homes: dict[str, tuple[SubjectRow, Subject]] = {}
    for number, (subject, facts) in enumerate(reading.read(file.sha256, found)):
        homes[subject.key] = _subject(case, file, number, subject, now), subject
        _keep(case, homes[subject.key][0], file, _new_only(case, facts), now, stated=_stated(file, subject))
    for part in reading.parts(found):
        _read_part(case, part, homes, by=by, now=now)
    about, detail = ("file", file.key), {"facts": file.facts.count()}
    record(action="facts.read", by=by, now=now, case_key=case.key, about=about, detail=detail)
    return file


def _read_part(
    case: Case, part: reading.Part, homes: Mapping[str, tuple[SubjectRow, Subject]], *, by: System, now: datetime
) -> None:
    """A file that travelled inside another becomes a file of its own.

    A report inside a bundle is about the patient whom the bundle names; a file of an archive speaks for itself.
    """
    file = intake.receive(case=case, chunks=[part.data], name=part.name, by=by, now=now)
    if file.state != FileState.QUARANTINED:
        return
    if part.subject is None:
        _read(case, file, by=by, now=now)
        return
    file, found = intake.examine(file=file, by=by, now=now)
    if found and found.text:
        row, subject = homes[part.subject]
        _keep(case, row, file, reading.of_text(file.sha256, found.text), now, stated=_stated(file, subject))


def _subject(case: Case, file: ReceivedFile, number: int, subject: Subject, now: datetime) -> SubjectRow:
    """The subject's row: an existing one only when it is provably the same person.

    Its key follows from the file's, so that nothing random depends on whom an earlier, perhaps hidden file was about.
    """
    for row in SubjectRow.objects.filter(case=case):
        if reading.same_subject(row, subject):
            return row
    key = uuid.uuid5(file.key, f"subject {number}")
    return SubjectRow.objects.create(case=case, key=key, **_columns(subject), made_at=now)


def _stated(file: ReceivedFile, subject: Subject) -> Stated:
    return Stated.objects.create(file=file, **_columns(subject))


def _columns(subject: Subject) -> dict[str, Any]:
    return {
        "name": (subject.name or "")[:300],
        "birth_date": subject.birth_date or "",
        "sex": subject.sex or "",
        "identifiers": sorted(subject.identifiers),
    }


def _new_only(case: Case, facts: Sequence[Fact]) -> list[Fact]:
    """Every image of a study states the study's facts; they are kept once."""
    of_studies = FactRow.objects.filter(case=case, provenance__path=reading.STUDY_PATH)
    known = set(of_studies.values_list("about", flat=True))
    return [f for f in facts if not (f.provenance.path == reading.STUDY_PATH and f.about in known)]


def _keep(
    case: Case,
    row: SubjectRow,
    file: ReceivedFile,
    facts: Sequence[Fact],
    now: datetime,
    *,
    stated: Stated | None = None,
) -> None:
    start = (FactRow.objects.filter(case=case).aggregate(last=Max("order"))["last"] or 0) + 1
    FactRow.objects.bulk_create(
        FactRow(
            case=case, subject=row, file=file, stated=stated, field=f.field, value=value_to_json(f.value), about=f.about or "",
            on=f.on or "", provenance=provenance_to_json(f.provenance), domain=f.spec.domain, nature=f.spec.nature,
            order=start + i, made_at=now,
        )
        for i, f in enumerate(facts)
    )  # fmt: skip


@transaction.atomic
def name_patient(*, subject: SubjectRow, by: Actor, now: datetime) -> SubjectRow:
    """Say which of the subjects found in the sources the case is about."""
    permissions.require(permissions.may_confirm_identity(by, subject.case))
    case = hold(subject.case)
    SubjectRow.objects.filter(case=case, is_patient=True).update(is_patient=False)
    subject.is_patient = True
    subject.save(update_fields=["is_patient"])
    record(action="facts.patient_named", by=by, now=now, case_key=case.key, about=("subject", subject.key))
    return subject


@transaction.atomic
def confirm_identity(*, subject: SubjectRow, by: Person, now: datetime) -> SubjectRow:
    """A person compared the source with the patient and says that it is the same person."""
    permissions.require(permissions.may_confirm_identity(by, subject.case))
    subject.confirmed_by, subject.confirmed_at = by if isinstance(by, Person) else None, now
    subject.save(update_fields=["confirmed_by", "confirmed_at"])
    about = ("subject", subject.key)
    record(action="facts.identity_confirmed", by=by, now=now, case_key=subject.case.key, about=about)
    return subject


@transaction.atomic
def correct(*, fact: FactRow, value: str, reason: str, by: Person, now: datetime) -> FactRow:
    """Replace what was misread. The first reading stays, superseded, with the reason."""
    permissions.require(permissions.may_correct(by, fact.case))
    if not reason.strip():
        raise Invalid("A correction needs a reason.", "Say what the source really states.")
    if FactRow.objects.filter(corrects=fact).exists():
        raise Invalid("This fact was already corrected.", "Correct the newer one.")
    row = FactRow.objects.create(
        case=fact.case, subject=fact.subject, file=fact.file, stated=fact.stated, field=fact.field, value=_checked(fact.field, value),
        about=fact.about, on=fact.on, provenance={**fact.provenance, "method": "entered", "confidence": None},
        domain=fact.domain, nature=fact.nature, order=fact.order, made_at=now, corrects=fact, reason=reason.strip(),
        entered_by=by if isinstance(by, Person) else None,
    )  # fmt: skip
    record(action="facts.corrected", by=by, now=now, case_key=fact.case.key, about=("fact", row.key))
    return row


def _checked(field: str, text: str) -> object:
    """The typed value as the field holds it; Invalid when it cannot."""
    spec = FIELDS[field]
    try:
        value = float(text) if spec.kind is Kind.NUMBER else text.strip()
        return value_to_json(Fact(field, value, reading.ENTERED).value)
    except (FactError, ValueError) as error:
        choices = f" Choose one of: {', '.join(spec.choices)}." if spec.choices else ""
        raise Invalid(f"“{text}” is not a value of “{spec.label}”.", f"Check the value.{choices}") from error
