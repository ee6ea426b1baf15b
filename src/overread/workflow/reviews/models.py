from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..accounts.models import Person
from ..cases.models import Case, Participation
from ..privacy import Privacy
from ..referrals.models import OutsideOpinion
from .transitions import AdjudicationState, Decision, ReviewState

STAGES = [("blind", "blind"), ("final", "final"), ("reconsidered", "reconsidered")]


class Review(models.Model):
    """One specialist's review of a case."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    seat = models.OneToOneField(Participation, on_delete=models.PROTECT, related_name="review")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ReviewState])
    draft = models.JSONField(default=dict)
    draft_saved_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField()

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "seat": Privacy.OPERATIONAL,
        "state": Privacy.OPERATIONAL,
        "draft": Privacy.HEALTH,
        "draft_saved_at": Privacy.OPERATIONAL,
        "started_at": Privacy.OPERATIONAL,
    }

    class Meta:
        ordering = ("started_at", "key")

    def __str__(self) -> str:
        return f"review {self.key}"


class OpinionVersion(models.Model):
    """A sealed opinion: blind or final. Both are kept; neither is ever edited."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="versions")
    stage = models.CharField(max_length=12, choices=STAGES)
    content = models.JSONField()
    changed = models.BooleanField(default=False)  # the final one: differs from the blind one
    reason = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "review": Privacy.OPERATIONAL,
        "stage": Privacy.OPERATIONAL,
        "content": Privacy.HEALTH,
        "changed": Privacy.HEALTH,
        "reason": Privacy.HEALTH,
        "digest": Privacy.OPERATIONAL,
        "signature": Privacy.OPERATIONAL,
        "signed_by": Privacy.IDENTITY,
        "signed_at": Privacy.OPERATIONAL,
    }

    class Meta:
        ordering = ("signed_at", "stage")
        constraints = (
            models.UniqueConstraint(fields=("review", "stage"), name="reviews_one_version_a_stage"),
            models.CheckConstraint(condition=Q(stage="blind") | ~Q(reason=""), name="reviews_final_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.stage} opinion {self.key}"


class Reconsideration(models.Model):
    """Opinions differ, and one physician was asked to look again: of the first opinion, of a review, of an outside one.

    name: whose answer it is, where somebody wrote it down for them (``recorded``).
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reconsiderations")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="reconsiderations")
    outside = models.ForeignKey(OutsideOpinion, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, blank=True, choices=[(d.value, d.value) for d in Decision])
    reason = models.TextField(blank=True)
    name = models.CharField(max_length=200, blank=True)
    recorded = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "review": Privacy.OPERATIONAL,
        "outside": Privacy.OPERATIONAL,
        "asked_at": Privacy.OPERATIONAL,
        "decision": Privacy.HEALTH,
        "reason": Privacy.HEALTH,
        "name": Privacy.IDENTITY,
        "recorded": Privacy.OPERATIONAL,
        "answered_at": Privacy.OPERATIONAL,
        "answered_by": Privacy.IDENTITY,
    }

    class Meta:
        ordering = ("asked_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_at=None, decision="")
                | (Q(answered_at__isnull=False) & ~Q(decision="") & ~Q(reason="")),
                name="reviews_answer_is_whole",
            ),
        )

    def __str__(self) -> str:
        return f"reconsideration {self.key}"

    @property
    def of_first(self) -> bool:
        return self.review is None and self.outside is None

    @property
    def whose(self) -> str:
        """Whose opinion it is about, in words."""
        if self.review is not None:
            return self.review.seat.person.name
        return self.outside.author if self.outside is not None else "The first physician"


class Adjudication(models.Model):
    """A tumor board that decides between opinions: its question, its members' votes, its minutes."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="adjudications")
    question = models.TextField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in AdjudicationState])
    minutes = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "key": Privacy.OPERATIONAL,
        "case": Privacy.OPERATIONAL,
        "question": Privacy.HEALTH,
        "state": Privacy.OPERATIONAL,
        "minutes": Privacy.HEALTH,
        "opened_at": Privacy.OPERATIONAL,
        "decided_at": Privacy.OPERATIONAL,
        "decided_by": Privacy.IDENTITY,
    }

    class Meta:
        ordering = ("opened_at", "key")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None, decided_by=None)
                | (Q(state="decided", decided_at__isnull=False, decided_by__isnull=False) & ~Q(minutes="")),
                name="reviews_decision_is_whole",
            ),
        )

    def __str__(self) -> str:
        return f"adjudication {self.key}"


class Vote(models.Model):
    """How one member of the board voted, and why."""

    adjudication = models.ForeignKey(Adjudication, on_delete=models.PROTECT, related_name="votes")
    member = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=20)  # first, second, neither
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    PRIVACY: ClassVar = {
        "id": Privacy.OPERATIONAL,
        "adjudication": Privacy.OPERATIONAL,
        "member": Privacy.IDENTITY,
        "choice": Privacy.HEALTH,
        "reason": Privacy.HEALTH,
        "at": Privacy.OPERATIONAL,
    }

    class Meta:
        ordering = ("at", "id")
        constraints = (models.UniqueConstraint(fields=("adjudication", "member"), name="reviews_one_vote_each"),)

    def __str__(self) -> str:
        return f"vote {self.choice}"
