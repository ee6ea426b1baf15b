"""A request letter of a case as PDF."""

from __future__ import annotations

from datetime import date

from overread.interop.documents.letters import (
    AccessRequest,
    Material,
    MaterialRequest,
    Sender,
    access_request,
    material_request,
)
from overread.workflow.cases.models import Case
from overread.workflow.materials.models import RequestLetter
from overread.workflow.materials.transitions import LetterKind


def pdf(letter: RequestLetter, case: Case) -> bytes:
    """The letter as it was written; the same bytes whenever it is asked for."""
    return _records(letter, case) if letter.kind == LetterKind.RECORDS else _material(letter, case)


def _records(letter: RequestLetter, case: Case) -> bytes:
    holder, address = _recipient(letter)
    return access_request(
        AccessRequest(
            case_reference=case.reference,
            sent_on=_written_on(letter),
            holder=holder,
            holder_address=address,
            patient_name=letter.content["patient"],
            birth_date=letter.content["birth_date"],
            sender=Sender(letter.content["patient"]),
            items=_lines(letter.content["details"]) or ("All reports, images and laboratory results of the illness.",),
            deliver_to=_organisation(case),
        )
    )


def _material(letter: RequestLetter, case: Case) -> bytes:
    laboratory, address = _recipient(letter)
    asked = _lines(letter.content["details"]) or ("As listed in the pathology report",)
    return material_request(
        MaterialRequest(
            case_reference=case.reference,
            sent_on=_written_on(letter),
            laboratory=laboratory,
            laboratory_address=address,
            patient_name=letter.content["patient"],
            birth_date=letter.content["birth_date"],
            sender=Sender(letter.content["patient"]),
            materials=tuple(Material(line, "slides and blocks") for line in asked),
            ship_to=(_organisation(case), *_lines(case.organisation.address)),
        )
    )


def _written_on(letter: RequestLetter) -> date:
    return letter.written_at.date()


def _recipient(letter: RequestLetter) -> tuple[str, tuple[str, ...]]:
    name, *address = _lines(letter.recipient)
    return name, tuple(address)


def _organisation(case: Case) -> str:
    return f"{case.organisation.name}, for case {case.reference}"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
