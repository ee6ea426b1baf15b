from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..accounts.models import Person
from ..cases.models import Case
from ..privacy import Privacy


class FollowUp(models.Model):
    """The question asked 30 days after the report, and its answer."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="follow_up")
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    outcomes = models.JSONField(default=list)
    comment = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "due_at": Privacy.OPERATIONAL,
        "asked_at": Privacy.OPERATIONAL,
        "outcomes": Privacy.HEALTH,
        "comment": Privacy.HEALTH,
        "answered_by": Privacy.IDENTITY,
        "answered_at": Privacy.OPERATIONAL,
    }

    def __str__(self) -> str:
        return f"follow-up {self.key}"


class Rating(models.Model):
    """What a patient thought of the service. Never enters any expert's score."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ratings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stars = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "person": Privacy.IDENTITY,
        "stars": Privacy.OPERATIONAL,
        "text": Privacy.HEALTH,
        "at": Privacy.OPERATIONAL,
    }

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "person"), name="outcomes_one_rating_each"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="outcomes_one_to_five_stars"),
        )

    def __str__(self) -> str:
        return f"rating {self.key}"
