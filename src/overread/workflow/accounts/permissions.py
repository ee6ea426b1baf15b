"""Who may act on accounts. Pure questions about an actor's live roles."""

from __future__ import annotations

from ..audit.actors import Actor, System
from ..errors import NotAllowed
from .models import Invitation, Notice, Person
from .roles import ROLES, Permission, Role


def roles_of(by: Actor) -> frozenset[Role]:
    """The roles the actor holds in the installation now."""
    if not isinstance(by, Person) or not by.is_active:
        return frozenset()
    return frozenset(Role(g.role) for g in by.grants.all() if g.ended_at is None)


def holds(by: Actor, permission: Permission) -> bool:
    """May the actor do this somewhere in the installation?"""
    return isinstance(by, System) or any(permission in ROLES[role].permissions for role in roles_of(by))


def may_run_installation(by: Actor) -> bool:
    return holds(by, Permission.RUN_INSTALLATION)


def may_invite(by: Actor, role: Role | None = None) -> bool:
    """Who brings people in. Only who runs the installation hands out the roles that could do so again."""
    if role in (Role.OPERATOR, Role.NAVIGATOR):
        return may_run_installation(by)
    return holds(by, Permission.ENGAGE_PEOPLE) or (role is not None and may_run_installation(by))


def may_accept(by: Actor, invitation: Invitation) -> bool:
    """Only who can show the account of the address that it was sent to."""
    return isinstance(by, Person) and invitation.email == by.email.lower()


def require(allowed: bool) -> None:
    """Stop the action unless allowed."""
    if not allowed:
        raise NotAllowed()


def may_notify(by: Actor) -> bool:
    """Notices are sent by actions on behalf of whoever acts; a visitor sends none."""
    return isinstance(by, System | Person)


def may_read_notice(by: Actor, notice: Notice) -> bool:
    return isinstance(by, Person) and notice.person_id == by.pk
