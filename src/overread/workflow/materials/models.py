from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..accounts.models import Person
from ..cases.models import Case
from ..privacy import Privacy
from .transitions import LetterKind, MaterialState


class RequestLetter(models.Model):
    """A request for records (HIPAA access) or for pathology material (loan or release), with its clock."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in LetterKind])
    recipient = models.TextField()  # name and address of the holder
    content = models.JSONField()  # what the letter says, as ``interop.documents.letters`` reads it
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    received_on = models.DateField(null=True)  # the day the holder received it: the clock's start
    extended_on = models.DateField(null=True)  # the day the holder's one extension was notified
    answered_on = models.DateField(null=True)

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "kind": Privacy.OPERATIONAL,
        "recipient": Privacy.HEALTH,
        "content": Privacy.HEALTH,
        "written_at": Privacy.OPERATIONAL,
        "written_by": Privacy.IDENTITY,
        "received_on": Privacy.OPERATIONAL,
        "extended_on": Privacy.OPERATIONAL,
        "answered_on": Privacy.OPERATIONAL,
    }

    class Meta:
        ordering = ("written_at", "key")
        constraints = (
            models.CheckConstraint(
                condition=Q(extended_on=None) | Q(received_on__isnull=False), name="materials_extension_after_receipt"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} request {self.key}"


class Material(models.Model):
    """One physical thing: a slide, a block, a disc."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="materials")
    kind = models.CharField(max_length=20)  # slide, block, media
    accession = models.CharField(max_length=100)
    label = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in MaterialState])

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "kind": Privacy.OPERATIONAL,
        "accession": Privacy.IDENTITY,
        "label": Privacy.HEALTH,
        "state": Privacy.OPERATIONAL,
    }

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class CustodyEvent(models.Model):
    """Who held a material from when, in which condition, brought by which courier. Never changed, only added to."""

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="custody")
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in MaterialState])
    holder = models.CharField(max_length=200)
    condition = models.CharField(max_length=200, blank=True)
    courier = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "material": Privacy.OPERATIONAL,
        "state": Privacy.OPERATIONAL,
        "holder": Privacy.IDENTITY,
        "condition": Privacy.OPERATIONAL,
        "courier": Privacy.OPERATIONAL,
        "at": Privacy.OPERATIONAL,
        "noted_by": Privacy.IDENTITY,
    }

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.state} at {self.holder}"
