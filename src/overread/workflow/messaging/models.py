from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from ..accounts.models import Person
from ..cases.models import Case
from ..privacy import Privacy


class Message(models.Model):
    """Something written on the case's thread. Never edited."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    text = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "text": Privacy.HEALTH,
        "written_by": Privacy.IDENTITY,
        "written_at": Privacy.OPERATIONAL,
    }

    class Meta:
        ordering = ("written_at", "key")

    def __str__(self) -> str:
        return f"message {self.key}"
