"""Who may do what to a case. Everything follows from live participation and the role's list of permissions."""

from __future__ import annotations

from ..accounts.models import Person
from ..accounts.permissions import holds as holds_anywhere
from ..accounts.permissions import require, roles_of
from ..accounts.roles import ROLES, Permission, Role
from ..audit.actors import Actor, System
from . import remembering
from .models import Case, Participation
from .transitions import MOVES, Move

__all__ = ["Permission", "holds", "live_seats", "may_open_case", "require"]


def live_seats(by: Actor, case: Case) -> list[Participation]:
    """The actor's own places in the case, now."""
    if not isinstance(by, Person) or not by.is_active:
        return []
    live = Participation.objects.filter(case=case, person=by, ended_at=None).order_by("joined_at", "pk")
    return remembering.places(by.pk, case.pk, lambda: list(live))


def holds(by: Actor, case: Case, permission: Permission) -> bool:
    """May the actor do this to the case? The System may: its jobs act for people who were allowed to start them."""
    if isinstance(by, System):
        return True
    return any(permission in ROLES[Role(seat.role)].permissions for seat in live_seats(by, case))


def may_open_case(by: Actor, role: Role | None = None) -> bool:
    """In a role that they hold and that opens cases; without one nobody but the installation takes part."""
    if isinstance(by, Person) and role is not None:
        return role in roles_of(by) and Permission.OPEN_CASE in ROLES[role].permissions
    return holds_anywhere(by, Permission.OPEN_CASE)


def may_add_participant(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.ENGAGE_PEOPLE)


def may_take(by: Actor, case: Case) -> bool:
    """A navigator of the case's organisation, while the case has none."""
    if not isinstance(by, Person) or not by.is_active:
        return False
    own = by.grants.filter(organisation=case.organisation, role=Role.NAVIGATOR, ended_at=None).exists()
    return own and not Participation.objects.filter(case=case, role=Role.NAVIGATOR, ended_at=None).exists()


def may_end_participation(by: Actor, participation: Participation) -> bool:
    """Who brings people in may let them go; everybody may leave."""
    own = isinstance(by, Person) and participation.person_id == by.pk
    return own or may_add_participant(by, participation.case)


def may_give_consent(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.GIVE_CONSENT)


def may_ask(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.ASK_QUESTION)


def may_agree(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.AGREE)


def may_clear(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.CLEAR_TEXT)


def may_move(by: Actor, case: Case, to: Move, *, as_part_of: Permission = Permission.MOVE_CASE) -> bool:
    """Some moves are part of another step (signing a report); that step's permission decides them, and no other."""
    return to in MOVES.get(as_part_of, frozenset()) and holds(by, case, as_part_of)


def may_see_case(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.SEE_CASE)


def may_see_audit(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.SEE_AUDIT)


def may_reveal(by: Actor, participation: Participation) -> bool:
    """Only the reviewer's own seal reveals; nobody can lift another's blinding."""
    own = isinstance(by, Person) and participation.person_id == by.pk
    return own and participation.ended_at is None and participation.role == Role.REVIEWER
