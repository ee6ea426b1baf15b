from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..accounts.models import Person
from ..cases.models import Case
from ..intake.models import DOMAINS, NATURES, ReceivedFile
from ..privacy import Privacy


class SubjectRow(models.Model):
    """Whom a source says it is about. Two sources are one subject only when that is proven or a person says so."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="subjects")
    name = models.CharField(max_length=300, blank=True)
    birth_date = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=10, blank=True)
    identifiers = models.JSONField(default=list)
    is_patient = models.BooleanField(default=False)  # the person the case is about
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "name": Privacy.IDENTITY,
        "birth_date": Privacy.IDENTITY,
        "sex": Privacy.IDENTITY,
        "identifiers": Privacy.IDENTITY,
        "is_patient": Privacy.OPERATIONAL,
        "confirmed_by": Privacy.IDENTITY,
        "confirmed_at": Privacy.OPERATIONAL,
        "made_at": Privacy.OPERATIONAL,
    }

    class Meta:
        ordering = ("made_at", "key")
        constraints = (
            models.UniqueConstraint(fields=("case",), condition=Q(is_patient=True), name="facts_one_patient_a_case"),
        )

    def __str__(self) -> str:
        return f"subject {self.key}"


class Stated(models.Model):
    """Whom one source itself says it is about, before anything is compared: what blinded eyes' view is grouped by."""

    file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, related_name="stated")
    name = models.CharField(max_length=300, blank=True)
    birth_date = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=10, blank=True)
    identifiers = models.JSONField(default=list)

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "file": Privacy.OPERATIONAL,
        "name": Privacy.IDENTITY,
        "birth_date": Privacy.IDENTITY,
        "sex": Privacy.IDENTITY,
        "identifiers": Privacy.IDENTITY,
    }

    def __str__(self) -> str:
        return f"stated in file {self.file_id}"


class FactRow(models.Model):
    """One fact as a source states it, or as a person corrected it. Corrected facts stay, superseded."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="facts")
    subject = models.ForeignKey(SubjectRow, on_delete=models.PROTECT, related_name="facts")
    file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, related_name="facts", null=True)
    stated = models.ForeignKey(Stated, on_delete=models.PROTECT, related_name="facts", null=True)
    field = models.CharField(max_length=60)
    value = models.JSONField()
    about = models.CharField(max_length=100, blank=True)
    on = models.CharField(max_length=40, blank=True)
    provenance = models.JSONField()
    domain = models.CharField(max_length=20, choices=DOMAINS)
    nature = models.CharField(max_length=20, choices=NATURES)
    order = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    reason = models.TextField(blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "subject": Privacy.OPERATIONAL,
        "file": Privacy.OPERATIONAL,
        "stated": Privacy.OPERATIONAL,
        "field": Privacy.HEALTH,
        "value": Privacy.HEALTH,
        "about": Privacy.HEALTH,
        "on": Privacy.HEALTH,
        "provenance": Privacy.HEALTH,
        "domain": Privacy.HEALTH,
        "nature": Privacy.OPERATIONAL,
        "order": Privacy.OPERATIONAL,
        "made_at": Privacy.OPERATIONAL,
        "corrects": Privacy.OPERATIONAL,
        "reason": Privacy.HEALTH,
        "entered_by": Privacy.IDENTITY,
    }

    class Meta:
        ordering = ("order", "key")
        constraints = (
            models.CheckConstraint(condition=Q(corrects=None) | ~Q(reason=""), name="facts_correction_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.field} {self.key}"
