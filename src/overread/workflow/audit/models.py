from __future__ import annotations

from typing import ClassVar

from django.db import models

from ..privacy import Privacy


class AuditRow(models.Model):
    """One thing done. No foreign keys, so that nothing can cascade it away; triggers refuse change and removal."""

    chain = models.CharField(max_length=64)  # the case's key, or "installation"
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=100)
    by_kind = models.CharField(max_length=10)
    by_key = models.CharField(max_length=64)
    about_kind = models.CharField(max_length=60, blank=True)
    about_key = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "chain": Privacy.OPERATIONAL,
        "sequence": Privacy.OPERATIONAL,
        "at": Privacy.OPERATIONAL,
        "action": Privacy.OPERATIONAL,
        "by_kind": Privacy.OPERATIONAL,
        "by_key": Privacy.IDENTITY,
        "about_kind": Privacy.OPERATIONAL,
        "about_key": Privacy.OPERATIONAL,
        "detail": Privacy.OPERATIONAL,
        "previous": Privacy.OPERATIONAL,
        "digest": Privacy.OPERATIONAL,
    }

    class Meta:
        ordering = ("chain", "sequence")
        constraints = (models.UniqueConstraint(fields=("chain", "sequence"), name="audit_one_row_a_place"),)

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence} {self.action}"
