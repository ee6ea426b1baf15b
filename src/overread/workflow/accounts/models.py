from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from ..privacy import Privacy
from .roles import Role

ROLE_CHOICES = [(role.value, role.value) for role in Role]


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Organisation(models.Model):
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    address = models.TextField(blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    doctor_must_agree = models.BooleanField(default=False)  # before a case that no doctor opened starts
    patients_may_rate = models.BooleanField(default=True)
    holidays = models.JSONField(default=list)  # ISO 8601 days on which nobody works, beside the weekend
    targets = models.JSONField(
        default=dict
    )  # step of a case -> business days: the institution's own, where no source gives one

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "name": Privacy.PUBLIC,
        "address": Privacy.PUBLIC,
        "time_zone": Privacy.PUBLIC,
        "doctor_must_agree": Privacy.PUBLIC,
        "patients_may_rate": Privacy.PUBLIC,
        "holidays": Privacy.PUBLIC,
        "targets": Privacy.PUBLIC,
    }

    def __str__(self) -> str:
        return self.name


class Person(AbstractBaseUser):
    """Somebody with an account. What they may do follows from their roles and from each case's participation."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    npi = models.CharField(max_length=10, blank=True)
    specialty = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[PersonManager] = PersonManager()

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "email": Privacy.IDENTITY,
        "name": Privacy.IDENTITY,
        "npi": Privacy.PUBLIC,
        "specialty": Privacy.PUBLIC,
        "is_active": Privacy.OPERATIONAL,
        "joined_at": Privacy.OPERATIONAL,
        "password": Privacy.SECRET,
        "last_login": Privacy.OPERATIONAL,
    }

    @property
    def audit_kind(self) -> str:
        return "person"

    @property
    def audit_key(self) -> str:
        return str(self.key)

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """A role somebody holds in an organisation, from one moment until another."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "person", "organisation", "role", "granted_at", "ended_at"), Privacy.OPERATIONAL
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "organisation", "role"), condition=Q(ended_at=None), name="accounts_one_live_grant"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.role}"


class Invitation(models.Model):
    """A link that brings somebody into a case; only its digest is kept."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    case_key = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "token_digest": Privacy.SECRET,
        "email": Privacy.IDENTITY,
        "role": Privacy.OPERATIONAL,
        "organisation": Privacy.OPERATIONAL,
        "case_key": Privacy.OPERATIONAL,
        "made_at": Privacy.OPERATIONAL,
        "expires_at": Privacy.OPERATIONAL,
        "used_at": Privacy.OPERATIONAL,
        "used_by": Privacy.OPERATIONAL,
    }

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(used_at=None, used_by=None) | Q(used_at__isnull=False, used_by__isnull=False),
                name="accounts_invitation_used_pair",
            ),
        )

    def __str__(self) -> str:
        return f"invitation {self.key}"


class Notice(models.Model):
    """News for somebody: that there is something to read, never what it says."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    case_key = models.UUIDField(null=True, blank=True)
    of = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # whose deed it was
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "key", "person", "kind", "case_key", "of", "made_at", "read_at"), Privacy.OPERATIONAL
    )

    def __str__(self) -> str:
        return f"notice {self.kind}"
