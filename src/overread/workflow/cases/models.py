from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..accounts.models import ROLE_CHOICES, Organisation, Person
from ..privacy import Privacy
from .transitions import State
from .visibility import Discipline


class Case(models.Model):
    """One second opinion, from the question to the outcome."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in State], default=State.GATHERING)
    state_since = models.DateTimeField()
    title = models.CharField(max_length=200, blank=True)
    assessment = models.JSONField(default=dict)  # the answers given at step "ask", as ``indication.Answers`` reads them
    kind = models.CharField(max_length=30, blank=True)  # of review: a key of ``indication.KINDS``, or not chosen yet
    opened_at = models.DateTimeField()
    complete_at = models.DateTimeField(null=True)  # when the records were last said to be complete
    agreed_by = models.CharField(
        max_length=200, blank=True
    )  # the doctor who agreed, where the institution asks for one
    is_demo = models.BooleanField(default=False)

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "reference": Privacy.OPERATIONAL,
        "organisation": Privacy.OPERATIONAL,
        "state": Privacy.OPERATIONAL,
        "state_since": Privacy.OPERATIONAL,
        "title": Privacy.HEALTH,
        "assessment": Privacy.HEALTH,
        "kind": Privacy.OPERATIONAL,
        "complete_at": Privacy.OPERATIONAL,
        "agreed_by": Privacy.IDENTITY,
        "opened_at": Privacy.OPERATIONAL,
        "is_demo": Privacy.OPERATIONAL,
    }

    def __str__(self) -> str:
        return self.reference


class Participation(models.Model):
    """Somebody's place in a case: the role, what is hidden from them, and when it was revealed."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="participations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    discipline = models.CharField(max_length=20, choices=[(d.value, d.value) for d in Discipline], blank=True)
    hidden = models.JSONField(default=list)  # as ``visibility.Hidden`` writes itself
    authority = models.CharField(max_length=200, blank=True)  # a proxy's recorded authority
    joined_at = models.DateTimeField()
    revealed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "person": Privacy.IDENTITY,
        "role": Privacy.OPERATIONAL,
        "discipline": Privacy.OPERATIONAL,
        "hidden": Privacy.OPERATIONAL,
        "authority": Privacy.IDENTITY,
        "joined_at": Privacy.OPERATIONAL,
        "revealed_at": Privacy.OPERATIONAL,
        "ended_at": Privacy.OPERATIONAL,
    }

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case", "person", "role"), condition=Q(ended_at=None), name="cases_one_live_seat"
            ),
            models.CheckConstraint(
                condition=~Q(role="proxy") | ~Q(authority=""), name="cases_proxy_has_recorded_authority"
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} in {self.case}"


class Consent(models.Model):
    """What the patient, or who acts for them, agreed to, in the words they were shown."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consents")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    scope = models.CharField(max_length=40)
    text = models.TextField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "given_by": Privacy.IDENTITY,
        "scope": Privacy.OPERATIONAL,
        "text": Privacy.OPERATIONAL,
        "given_at": Privacy.OPERATIONAL,
        "withdrawn_at": Privacy.OPERATIONAL,
    }

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case", "scope"), condition=Q(withdrawn_at=None), name="cases_one_live_consent"
            ),
        )

    def __str__(self) -> str:
        return f"consent {self.scope}"


class Question(models.Model):
    """A question that the patient's side wants answered. Hidden from blinded eyes until a navigator clears it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField()
    cleared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    cleared_at = models.DateTimeField(null=True)

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "text": Privacy.HEALTH,
        "asked_by": Privacy.IDENTITY,
        "asked_at": Privacy.OPERATIONAL,
        "cleared_by": Privacy.IDENTITY,
        "cleared_at": Privacy.OPERATIONAL,
    }

    class Meta:
        ordering = ("asked_at", "key")

    def __str__(self) -> str:
        return f"question {self.key}"
