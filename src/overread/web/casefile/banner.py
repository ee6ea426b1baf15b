"""The patient's banner: who the case is about, as far as the viewer may know, in the same place on every page of it."""

from __future__ import annotations

from dataclasses import dataclass

from overread.clinical.indication import KINDS
from overread.workflow.accounts.roles import Role
from overread.workflow.audit.actors import Actor
from overread.workflow.cases.models import Case
from overread.workflow.cases.queries import participants
from overread.workflow.cases.visibility import Seat
from overread.workflow.facts.queries import patient_shown


@dataclass(frozen=True, slots=True)
class Banner:
    """``name`` is None where the viewer may not know it; ``confirmed`` once the record was matched to the person."""

    name: str | None
    birth_date: str | None
    sex: str | None
    confirmed: bool
    kind: str
    withheld: str = ""


def banner(viewer: Actor, case: Case, seat: Seat) -> Banner:
    """Nothing but what ``patient_shown`` and ``participants`` tell this viewer."""
    people = participants(viewer, case)
    kind = _kind(case, [seat.discipline for seat in people if seat.role == Role.REVIEWER])
    if withheld := _withheld(seat):
        return Banner(None, None, None, False, kind, withheld)
    patient = patient_shown(viewer, case)
    if patient is None:
        name = next((s.person.name for s in people if s.role == Role.PATIENT), None)
        return Banner(name, None, None, False, kind)
    return Banner(patient.label, patient.birth_date, patient.sex, True, kind)


def _withheld(seat: Seat) -> str:
    if seat.role is Role.REVIEWER and not seat.revealed:
        return "Name withheld until you seal; a released document may show it"
    return "Patient named in the PDF of the report only" if seat.role is Role.PAYER else ""


def _kind(case: Case, disciplines: list[str]) -> str:
    """Which review it is: as it was chosen, or else from the specialists engaged whom the viewer may see."""
    if case.kind in KINDS:
        return KINDS[case.kind].name
    heard = sorted({d for d in disciplines if d})
    return f"{' and '.join(heard).capitalize()} review" if heard else "Kind of review not chosen yet"
