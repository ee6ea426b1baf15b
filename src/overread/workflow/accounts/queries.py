"""All reads of accounts, scoped to who asks."""

from __future__ import annotations

from collections.abc import Sequence

from ..audit.actors import Actor
from ..errors import Expired
from . import permissions
from .actions import digest_of
from .models import Invitation, Notice, Organisation, Person
from .roles import Role


def unread_notices(person: Person) -> Sequence[Notice]:
    return list(Notice.objects.filter(person=person, read_at=None).order_by("-made_at"))


def organisations_of(person: Person, role: Role) -> Sequence[Organisation]:
    """Where the person holds the role now."""
    held = Organisation.objects.filter(grants__person=person, grants__role=role, grants__ended_at=None)
    return list(held.distinct().order_by("name"))


def people_with_role(viewer: Actor, role: Role) -> Sequence[Person]:
    """Everybody who holds the role, for those who bring people into cases."""
    permissions.require(permissions.may_invite(viewer) or permissions.may_run_installation(viewer))
    held = Person.objects.filter(grants__role=role, grants__ended_at=None, is_active=True)
    return list(held.distinct().order_by("name"))


def open_invitation(token: str, now: object) -> Invitation:
    """The live invitation behind a link, or Expired; an unknown link and an old one answer alike."""
    live = Invitation.objects.filter(token_digest=digest_of(token), used_at=None, expires_at__gt=now).first()
    if live is None:
        raise Expired("This invitation has expired or was used.", "Ask whoever invited you for a new one.")
    return live
