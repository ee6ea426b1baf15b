from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from overread.clinical.record import Domain, Nature

from ..accounts.models import Person
from ..cases.models import Case
from ..privacy import Privacy
from .transitions import FileState

DOMAINS = [(d.value, d.value) for d in Domain]
NATURES = [(n.value, n.value) for n in Nature]


class ReceivedFile(models.Model):
    """One file as it came. Its bytes never change; refused bytes are removed, the refusal stays."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in FileState])
    kind = models.CharField(max_length=20, blank=True)  # fhir, report, scan, dicom, slide
    domain = models.CharField(max_length=20, choices=DOMAINS, default=Domain.PLAN)
    nature = models.CharField(max_length=20, choices=NATURES, default=Nature.INTERPRETATION)
    reason = models.TextField(blank=True)  # why it was refused, and what to do
    received_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()
    examined_at = models.DateTimeField(null=True)
    cleared_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    cleared_at = models.DateTimeField(null=True)

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "name": Privacy.HEALTH,
        "size": Privacy.OPERATIONAL,
        "sha256": Privacy.OPERATIONAL,
        "state": Privacy.OPERATIONAL,
        "kind": Privacy.OPERATIONAL,
        "domain": Privacy.OPERATIONAL,
        "nature": Privacy.OPERATIONAL,
        "reason": Privacy.HEALTH,
        "received_by": Privacy.IDENTITY,
        "received_at": Privacy.OPERATIONAL,
        "examined_at": Privacy.OPERATIONAL,
        "cleared_by": Privacy.IDENTITY,
        "cleared_at": Privacy.OPERATIONAL,
    }

    class Meta:
        ordering = ("received_at", "key")
        constraints = (
            models.UniqueConstraint(
                fields=("case", "sha256"), condition=~Q(state=FileState.REFUSED), name="intake_once_a_case"
            ),
            models.CheckConstraint(
                condition=~Q(state=FileState.REFUSED) | ~Q(reason=""), name="intake_refusal_has_reason"
            ),
        )

    def __str__(self) -> str:
        return f"file {self.key}"


class TextOfFile(models.Model):
    """The text of a document, with where each page starts. Facts point into it by character."""

    file = models.OneToOneField(ReceivedFile, on_delete=models.PROTECT, related_name="text")
    text = models.TextField()
    page_starts = models.JSONField(default=list)
    method = models.CharField(max_length=10)  # "text" or "ocr"

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "file": Privacy.OPERATIONAL,
        "text": Privacy.HEALTH,
        "page_starts": Privacy.OPERATIONAL,
        "method": Privacy.OPERATIONAL,
    }

    def __str__(self) -> str:
        return f"text of {self.file_id}"


class WordPlaces(models.Model):
    """Where the words of a document stand on its pages, so that what was read can be marked on their picture.

    places: for each page (by its number, as text), words as [start, end, left, top, right, bottom]: characters of the
    document's text, then the box in ten-thousandths of the page's width and height from its top left.
    """

    file = models.OneToOneField(ReceivedFile, on_delete=models.PROTECT, related_name="word_places")
    places = models.JSONField()

    PRIVACY: ClassVar = {"id": Privacy.OPERATIONAL, "file": Privacy.OPERATIONAL, "places": Privacy.HEALTH}

    def __str__(self) -> str:
        return f"places of the words of {self.file_id}"


class Instance(models.Model):
    """One DICOM instance of the case, as the viewer's index needs it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="instances")
    file = models.OneToOneField(ReceivedFile, on_delete=models.PROTECT, related_name="instance")
    study_uid = models.CharField(max_length=64)
    series_uid = models.CharField(max_length=64)
    sop_uid = models.CharField(max_length=64)
    modality = models.CharField(max_length=16)
    number = models.IntegerField(default=0)
    study_date = models.CharField(max_length=10, blank=True)

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "file": Privacy.OPERATIONAL,
        "study_uid": Privacy.IDENTITY,
        "series_uid": Privacy.IDENTITY,
        "sop_uid": Privacy.IDENTITY,
        "modality": Privacy.HEALTH,
        "number": Privacy.OPERATIONAL,
        "study_date": Privacy.HEALTH,
    }

    class Meta:
        ordering = ("study_date", "study_uid", "series_uid", "number", "sop_uid")
        constraints = (models.UniqueConstraint(fields=("case", "sop_uid"), name="intake_one_instance_a_case"),)

    def __str__(self) -> str:
        return self.sop_uid
