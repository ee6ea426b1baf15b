from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from ..accounts.models import Person
from ..cases.models import Case, Participation
from ..cases.visibility import Discipline
from ..intake.models import ReceivedFile
from ..privacy import Privacy
from .transitions import ReferralState


class Referral(models.Model):
    """A specialist was asked, physician to physician. Keeps why this one: the ranking's arithmetic of that day."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    seat = models.OneToOneField(Participation, on_delete=models.PROTECT, related_name="referral")
    discipline = models.CharField(max_length=20, choices=[(d.value, d.value) for d in Discipline])
    why = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ReferralState])
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "seat": Privacy.OPERATIONAL,
        "discipline": Privacy.OPERATIONAL,
        "why": Privacy.PUBLIC,
        "state": Privacy.OPERATIONAL,
        "sent_at": Privacy.OPERATIONAL,
        "sent_by": Privacy.IDENTITY,
        "answered_at": Privacy.OPERATIONAL,
    }

    class Meta:
        ordering = ("sent_at", "key")

    def __str__(self) -> str:
        return f"referral {self.key}"


class OutsideOpinion(models.Model):
    """An opinion obtained elsewhere that came back as a document, entered as coded facts by a navigator."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="outside_opinions")
    file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, related_name="+")
    author = models.CharField(max_length=200)
    examined = models.BooleanField(default=False)  # the author saw and examined the patient, says the document
    content = models.JSONField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "file": Privacy.OPERATIONAL,
        "author": Privacy.IDENTITY,
        "examined": Privacy.HEALTH,
        "content": Privacy.HEALTH,
        "entered_at": Privacy.OPERATIONAL,
        "entered_by": Privacy.IDENTITY,
    }

    class Meta:
        ordering = ("entered_at", "key")

    def __str__(self) -> str:
        return f"outside opinion {self.key}"
