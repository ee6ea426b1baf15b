"""All writes to reviews, opinions and adjudications."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ..accounts.models import Person
from ..accounts.roles import Permission
from ..audit import signing
from ..audit.actions import record
from ..audit.actors import Actor
from ..cases.actions import hold, move, reveal
from ..cases.models import Case
from ..cases.transitions import Move
from ..errors import Invalid
from ..referrals import actions as referrals
from ..referrals import opinions
from ..referrals.models import Referral
from . import permissions, transitions
from .models import Adjudication, OpinionVersion, Review, Vote
from .transitions import AdjudicationState, ReviewState

CHOICES = ("first", "second", "neither")


@transaction.atomic
def accept(*, referral: Referral, by: Person, now: datetime) -> Review:
    """Take a referral on: the blinded reading begins."""
    held = referrals.accept(referral=referral, by=by, now=now)
    review = Review.objects.create(case=held.case, seat=held.seat, state=ReviewState.BLIND, started_at=now)
    record(action="reviews.started", by=by, now=now, case_key=held.case.key, about=("review", review.key))
    return review


@transaction.atomic
def save_draft(*, review: Review, content: Mapping[str, Any], by: Actor, now: datetime) -> Review:
    """Keep the opinion as far as it is written; it can still change."""
    held = _held(review, by, ReviewState.BLIND)
    held.draft, held.draft_saved_at = opinions.checked(content), now
    held.save(update_fields=["draft", "draft_saved_at"])
    record(action="reviews.draft_saved", by=by, now=now, case_key=held.case.key, about=("review", held.key))
    return held


@transaction.atomic
def seal(*, review: Review, by: Person, now: datetime) -> OpinionVersion:
    """Sign the blind opinion. It never changes again, and the first interpretation is shown from now on."""
    held = _held(review, by, ReviewState.BLIND)
    if not held.draft or not held.draft.get("addressed"):
        raise Invalid("The opinion speaks to nothing yet.", "Save it with at least one domain answered, then seal.")
    version = _sign(held, "blind", held.draft, by=by, now=now)
    held.state = ReviewState.REVEALED
    held.save(update_fields=["state"])
    reveal(participation=held.seat, by=by, now=now)
    return version


@transaction.atomic
def finalise(
    *, review: Review, content: Mapping[str, Any] | None, reason: str, by: Person, now: datetime
) -> OpinionVersion:
    """Keep the blind opinion (content None) or change it, with the reason; both versions stay."""
    held = _held(review, by, ReviewState.REVEALED)
    if not reason.strip():
        raise Invalid("Keeping or changing needs a reason.", "Say in a sentence why the opinion stays or changes.")
    blind = held.versions.get(stage="blind").content
    final = opinions.checked(content) if content is not None else blind
    version = _sign(held, "final", final, changed=final != blind, reason=reason.strip(), by=by, now=now)
    held.state = ReviewState.FINAL
    held.save(update_fields=["state"])
    if not Review.objects.filter(case=held.case).exclude(state=ReviewState.FINAL).exists():
        move(case=held.case, to=Move.OPINION_FINAL, as_part_of=Permission.REVIEW, by=by, now=now)
    return version


def _held(review: Review, by: Actor, expected: ReviewState) -> Review:
    permissions.require(permissions.may_review(by, review))
    held = Review.objects.select_for_update().select_related("case", "seat").get(pk=review.pk)
    transitions.must_be(ReviewState(held.state), expected)
    return held


def _sign(
    review: Review,
    stage: str,
    content: Mapping[str, Any],
    *,
    changed: bool = False,
    reason: str = "",
    by: Person,
    now: datetime,
) -> OpinionVersion:
    digest = opinions.digest({"review": str(review.key), "stage": stage, "at": now.isoformat(), "content": content})
    version = OpinionVersion.objects.create(
        review=review, stage=stage, content=content, changed=changed, reason=reason, digest=digest,
        signature=signing.sign(digest), signed_by=by, signed_at=now,
    )  # fmt: skip
    about, detail = ("opinion", version.key), {"stage": stage, "digest": digest}
    record(action="reviews.signed", by=by, now=now, case_key=review.case.key, about=about, detail=detail)
    return version


@transaction.atomic
def open_board(*, case: Case, question: str, by: Actor, now: datetime) -> Adjudication:
    """Put a disagreement before the tumor board."""
    permissions.require(permissions.may_open_board(by, case))
    if not question.strip():
        raise Invalid("The board needs a question.", "Say what the opinions disagree about.")
    board = Adjudication.objects.create(
        case=hold(case), question=question.strip(), state=AdjudicationState.OPEN, opened_at=now
    )
    record(action="reviews.board_opened", by=by, now=now, case_key=case.key, about=("adjudication", board.key))
    return board


@transaction.atomic
def vote(*, board: Adjudication, choice: str, reason: str = "", by: Person, now: datetime) -> Vote:
    """A member votes for the first opinion, the second, or neither."""
    permissions.require(permissions.may_adjudicate(by, board.case))
    transitions.must_be_open(AdjudicationState(board.state))
    if choice not in CHOICES:
        raise Invalid("There is no such choice.", "Vote for the first opinion, the second, or neither.")
    if Vote.objects.filter(adjudication=board, member=by).exists():
        raise Invalid("You have already voted.", "A vote is cast once.")
    cast = Vote.objects.create(adjudication=board, member=by, choice=choice, reason=reason.strip(), at=now)
    record(action="reviews.voted", by=by, now=now, case_key=board.case.key, about=("adjudication", board.key))
    return cast


@transaction.atomic
def decide(*, board: Adjudication, minutes: str, by: Person, now: datetime) -> Adjudication:
    """Close the board with its minutes."""
    permissions.require(permissions.may_adjudicate(by, board.case))
    held = Adjudication.objects.select_for_update().get(pk=board.pk)
    transitions.must_be_open(AdjudicationState(held.state))
    if not minutes.strip() or not held.votes.exists():
        raise Invalid("A decision needs a vote and minutes.", "Vote first, then write down what was decided and why.")
    held.state, held.minutes, held.decided_at, held.decided_by = AdjudicationState.DECIDED, minutes.strip(), now, by
    held.save(update_fields=["state", "minutes", "decided_at", "decided_by"])
    record(action="reviews.decided", by=by, now=now, case_key=held.case.key, about=("adjudication", held.key))
    return held
