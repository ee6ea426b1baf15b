"""All reads of accounts, scoped to who asks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from allauth.mfa.models import Authenticator

from ..audit.actors import Actor
from ..errors import Expired, NotFound
from . import permissions
from .actions import digest_of
from .models import Invitation, Notice, Organisation, Person
from .roles import Role


def notices(person: Person) -> Sequence[Notice]:
    """What the person was told, the last first."""
    return list(Notice.objects.filter(person=person).select_related("of").order_by("-made_at", "-pk"))


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


def everybody(viewer: Actor) -> Sequence[Person]:
    """All accounts with the roles that stand, for who runs the installation. Nothing of any case."""
    permissions.require(permissions.may_run_installation(viewer))
    return list(Person.objects.prefetch_related("grants__organisation").order_by("name", "pk"))


def person_for(viewer: Actor, key: uuid.UUID) -> Person:
    """One account, for who runs the installation."""
    found = next((person for person in everybody(viewer) if person.key == key), None)
    if found is None:
        raise NotFound
    return found


def with_second_factor(viewer: Actor) -> frozenset[int]:
    """Whose sign-in asks for a second factor: primary keys of people."""
    permissions.require(permissions.may_run_installation(viewer))
    return frozenset(Authenticator.objects.values_list("user_id", flat=True))


def organisations(viewer: Actor) -> Sequence[Organisation]:
    """Every institution of the installation, for who runs it."""
    permissions.require(permissions.may_run_installation(viewer))
    return list(Organisation.objects.order_by("pk"))


def open_invitations(viewer: Actor, now: datetime) -> Sequence[Invitation]:
    """Invitations into the installation itself (not into a case) that wait to be used."""
    permissions.require(permissions.may_run_installation(viewer))
    live = Invitation.objects.filter(used_at=None, expires_at__gt=now, case_key=None)
    return list(live.select_related("organisation").order_by("made_at"))


def open_invitation(token: str, now: object) -> Invitation:
    """The live invitation behind a link, or Expired; an unknown link and an old one answer alike."""
    live = Invitation.objects.filter(token_digest=digest_of(token), used_at=None, expires_at__gt=now).first()
    if live is None:
        raise Expired(
            "It has expired or was used.", "Already used it? Sign in. If not, ask whoever invited you for a new one."
        )
    return live
