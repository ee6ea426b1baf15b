"""All writes to request letters and to the custody of material."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from ..accounts.models import Person
from ..audit.actions import record
from ..audit.actors import Actor
from ..cases.actions import hold
from ..cases.models import Case
from ..errors import Invalid
from . import permissions, transitions
from .models import CustodyEvent, Material, RequestLetter
from .transitions import LetterKind, MaterialState


@transaction.atomic
def write_letter(
    *, case: Case, kind: LetterKind, recipient: str, content: Mapping[str, str], by: Actor, now: datetime
) -> RequestLetter:
    """Write a request. Records and material need one each: access to records does not cover slides and blocks."""
    permissions.require(permissions.may_write_request(by, case))
    if not recipient.strip():
        raise Invalid("The letter has nobody to go to.", "Give the name and address of the hospital or laboratory.")
    letter = RequestLetter.objects.create(
        case=hold(case), kind=kind, recipient=recipient.strip(), content=dict(content), written_at=now,
        written_by=by if isinstance(by, Person) else None,
    )  # fmt: skip
    about = ("letter", letter.key)
    record(action="materials.letter_written", by=by, now=now, case_key=case.key, about=about, detail={"kind": kind})
    return letter


@transaction.atomic
def note_letter(
    *,
    letter: RequestLetter,
    received_on: date | None = None,
    extended_on: date | None = None,
    answered_on: date | None = None,
    by: Actor,
    now: datetime,
) -> RequestLetter:
    """Note the day a request was received, extended or answered; days not given stay as they were."""
    permissions.require(permissions.may_write_request(by, letter.case))
    given = {"received_on": received_on, "extended_on": extended_on, "answered_on": answered_on}
    changes = {name: day for name, day in given.items() if day}
    if "extended_on" in changes and not (letter.received_on or received_on):
        raise Invalid("The clock has not started.", "First note the day the request was received.")
    for name, day in changes.items():
        setattr(letter, name, day)
    letter.save(update_fields=list(changes))
    about, detail = ("letter", letter.key), {"noted": sorted(changes)}
    record(action="materials.letter_noted", by=by, now=now, case_key=letter.case.key, about=about, detail=detail)
    return letter


@transaction.atomic
def expect_material(
    *, case: Case, kind: str, accession: str, label: str = "", holder: str, by: Actor, now: datetime
) -> Material:
    """Write down a piece that was asked for, and who holds it now."""
    permissions.require(permissions.may_track(by, case))
    if not accession.strip() or not holder.strip():
        raise Invalid("A piece needs its accession number and its holder.", "Both stand on the pathology report.")
    material = Material.objects.create(
        case=hold(case), kind=kind, accession=accession.strip(), label=label, state=MaterialState.REQUESTED
    )
    _custody(material, MaterialState.REQUESTED, holder, by=by, now=now)
    return material


@transaction.atomic
def move_material(
    *,
    material: Material,
    to: MaterialState,
    holder: str,
    condition: str = "",
    courier: str = "",
    by: Actor,
    now: datetime,
) -> Material:
    """One more link in the chain of custody."""
    permissions.require(permissions.may_track(by, material.case))
    held = Material.objects.select_for_update().get(pk=material.pk)
    transitions.check(MaterialState(held.state), to)
    held.state = to
    held.save(update_fields=["state"])
    _custody(held, to, holder, condition=condition, courier=courier, by=by, now=now)
    return held


def _custody(
    material: Material,
    state: MaterialState,
    holder: str,
    *,
    condition: str = "",
    courier: str = "",
    by: Actor,
    now: datetime,
) -> None:
    CustodyEvent.objects.create(
        material=material, state=state, holder=holder.strip(), condition=condition, courier=courier, at=now,
        noted_by=by if isinstance(by, Person) else None,
    )  # fmt: skip
    about, detail = ("material", material.key), {"state": state}
    record(action="materials.moved", by=by, now=now, case_key=material.case.key, about=about, detail=detail)
