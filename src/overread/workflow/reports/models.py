from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..accounts.models import Person
from ..cases.models import Case
from ..privacy import Privacy
from ..referrals.models import OutsideOpinion
from ..reviews.models import Review
from .transitions import ReportState


class Comparison(models.Model):
    """Where the first interpretation and a final opinion agree and differ, as computed on that day."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="comparisons")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="comparisons")
    outside = models.ForeignKey(OutsideOpinion, on_delete=models.PROTECT, null=True, related_name="+")
    content = models.JSONField()  # ``concordance.Concordance`` of the first with the final opinion
    # The same of the first with the blind opinion, for the installation's own rates; empty for an outside opinion.
    blind = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "review": Privacy.OPERATIONAL,
        "outside": Privacy.OPERATIONAL,
        "content": Privacy.HEALTH,
        "blind": Privacy.HEALTH,
        "made_at": Privacy.OPERATIONAL,
    }

    class Meta:
        ordering = ("made_at", "key")
        constraints = (
            models.CheckConstraint(
                condition=Q(review=None, outside__isnull=False) | Q(review__isnull=False, outside=None),
                name="reports_comparison_of_one_opinion",
            ),
        )

    def __str__(self) -> str:
        return f"comparison {self.key}"


class Report(models.Model):
    """One version of the case's report. Clinician's, patient's and FHIR editions are made from its one content."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ReportState])
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signature = models.CharField(max_length=128, blank=True)
    amends = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="amended_by")
    amendment_reason = models.TextField(blank=True)

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "number": Privacy.OPERATIONAL,
        "state": Privacy.OPERATIONAL,
        "content": Privacy.HEALTH,
        "digest": Privacy.OPERATIONAL,
        "drafted_at": Privacy.OPERATIONAL,
        "signed_by": Privacy.IDENTITY,
        "signed_at": Privacy.OPERATIONAL,
        "signature": Privacy.OPERATIONAL,
        "amends": Privacy.OPERATIONAL,
        "amendment_reason": Privacy.HEALTH,
    }

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("case", "number"), name="reports_numbered"),
            models.CheckConstraint(
                condition=Q(state="draft", signed_at=None, signed_by=None, signature="")
                | (Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(state="draft") & ~Q(signature="")),
                name="reports_signature_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(amends=None) | ~Q(amendment_reason=""), name="reports_amendment_has_reason"
            ),
        )

    def __str__(self) -> str:
        return f"report {self.number} of {self.case}"
