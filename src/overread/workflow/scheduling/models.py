from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from ..accounts.models import Person
from ..cases.models import Case
from ..privacy import Privacy
from .transitions import CallState


class Call(models.Model):
    """A call that people of a case agreed on."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="calls")
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in CallState])
    arranged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    arranged_at = models.DateTimeField()

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "key", "case", "at", "minutes", "state", "arranged_by", "arranged_at"), Privacy.OPERATIONAL
    )

    class Meta:
        ordering = ("at", "key")

    def __str__(self) -> str:
        return f"call {self.at:%Y-%m-%d %H:%M}"
