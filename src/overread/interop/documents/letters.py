"""The two request letters: records under the right of access, and pathology material on loan."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from .layout import laid_out

# 45 CFR 164.524(b)(2): 30 days from receipt, one extension of at most 30 days; checked 2026-11-21.
ACCESS_DAYS = 30
EXTENSION_DAYS = 30


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the patient, or somebody who may act for them (``acting_as`` says by what right)."""

    name: str
    address: tuple[str, ...] = ()
    email: str | None = None
    phone: str | None = None
    acting_as: str | None = None


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """A request for records under 45 CFR 164.524. ``deliver_to``: where the copy goes; ``items``: what is asked for."""

    case_reference: str
    sent_on: date
    holder: str
    patient_name: str
    sender: Sender
    items: tuple[str, ...]
    deliver_to: str
    holder_address: tuple[str, ...] = ()
    birth_date: str | None = None
    record_number: str | None = None
    format: str = "electronic copies: images as DICOM files, reports as PDF"
    signed_by: str | None = None

    @property
    def due_on(self) -> date:
        """The last day, if the letter arrives on the day it is sent."""
        return self.sent_on + timedelta(days=ACCESS_DAYS)

    @property
    def extended_until(self) -> date:
        return self.due_on + timedelta(days=EXTENSION_DAYS)


@dataclass(frozen=True, slots=True)
class Material:
    """One case of glass or paraffin at a laboratory, for example accession S20-1234, block A3, H&E and unstained slides."""

    accession: str
    description: str
    collected_on: str | None = None


@dataclass(frozen=True, slots=True)
class MaterialRequest:
    """A request to lend physical slides and blocks for review. The right of access to records does not cover them."""

    case_reference: str
    sent_on: date
    laboratory: str
    patient_name: str
    sender: Sender
    materials: tuple[Material, ...]
    ship_to: tuple[str, ...]
    laboratory_address: tuple[str, ...] = ()
    birth_date: str | None = None
    reviewer: str | None = None
    courier: str | None = None
    return_by: date | None = None
    signed_by: str | None = None


def access_request(request: AccessRequest) -> bytes:
    """The letter as PDF. Raises LayoutFailed."""
    data = asdict(request) | {"access_days": ACCESS_DAYS, "extension_days": EXTENSION_DAYS}
    data |= {"due_on": _long(request.due_on), "extended_until": _long(request.extended_until)}
    return _letter("access_request.typ", data, request.sent_on)


def material_request(request: MaterialRequest) -> bytes:
    """The letter as PDF. Raises LayoutFailed."""
    data = asdict(request) | {"return_by": _long(request.return_by) if request.return_by else None}
    return _letter("material_request.typ", data, request.sent_on)


def _letter(template: str, data: dict[str, Any], on: date) -> bytes:
    noon = datetime.combine(on, time(12), UTC)
    return laid_out(template, data | {"sent_on": _long(on)}, noon)


def _long(day: date) -> str:
    return f"{day.day} {day.strftime('%B %Y')}"
