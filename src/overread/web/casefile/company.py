"""Who is in company on a page: whom a message or a call reaches, and who never hears of it. From the real permissions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from overread.workflow.accounts.models import Person
from overread.workflow.accounts.roles import ROLES, Permission, Role
from overread.workflow.cases.models import Case, Participation
from overread.workflow.cases.queries import participants, participants_who_may

APART = frozenset({Role.OPERATOR})  # takes part in no case, so that nobody asks whether they read along


@dataclass(frozen=True, slots=True)
class Company:
    """``named``: "You, Dr. Reyes (navigator) and ..."; the viewer first. never: the roles that are kept out, in words."""

    named: str
    alone: bool
    never: str


def company(viewer: Person, case: Case, permission: Permission) -> Company:
    """Those who may do this in the case now, as the viewer may know them."""
    seats = participants_who_may(viewer, case, permission)
    others = [described(seat) for seat in seats if seat.person_id != viewer.pk]
    return Company(in_a_row(["You", *others]), not others, never(permission))


def never(permission: Permission) -> str:
    """ "reviewing physicians and payers": whoever joins in another role may."""
    kept_out = [role for role in Role if role not in APART and permission not in ROLES[role].permissions]
    return in_a_row([f"{ROLES[role].label.lower()}s" for role in kept_out])


def described(seat: Participation) -> str:
    """ "Dr. Reyes (navigator)"."""
    return f"{seat.person.name} ({ROLES[Role(seat.role)].label.lower()})"


def roles_by_person(viewer: Person, case: Case) -> dict[int, str]:
    """What each person in the case is there; nothing of who left."""
    return {seat.person_id: ROLES[Role(seat.role)].label for seat in participants(viewer, case)}


def in_a_row(names: Sequence[str]) -> str:
    """ "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
