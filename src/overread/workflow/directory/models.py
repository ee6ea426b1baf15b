from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..privacy import Privacy


class Release(models.Model):
    """A versioned, read-only release of public data. One release of a kind is in use at a time."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20)  # pubmed, trials
    state = models.CharField(max_length=10, choices=[("importing", "importing"), ("ready", "ready")])
    source = models.CharField(max_length=300)
    folder = models.CharField(max_length=500)
    counts = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    in_use = models.BooleanField(default=False)

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "key", "kind", "state", "source", "folder", "counts", "made_at", "ready_at", "in_use"), Privacy.PUBLIC
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("kind",), condition=Q(in_use=True), name="directory_one_in_use_a_kind"),
            models.CheckConstraint(
                condition=Q(in_use=False) | Q(state="ready"), name="directory_only_ready_releases_in_use"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%d}"
