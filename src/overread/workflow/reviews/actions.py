"""All writes to reviews, opinions and adjudications."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ..accounts.models import Person
from ..accounts.roles import Permission, Role
from ..audit import signing
from ..audit.actions import record
from ..audit.actors import Actor
from ..cases.actions import hold, move, reveal
from ..cases.models import Case
from ..cases.permissions import live_seats
from ..cases.telling import tell
from ..cases.transitions import TABLE as CASE_TABLE
from ..cases.transitions import Move, State
from ..errors import Invalid, NotAllowed, WrongState
from ..referrals import actions as referrals
from ..referrals import opinions
from ..referrals.models import OutsideOpinion, Referral
from . import permissions, transitions
from .models import Adjudication, OpinionVersion, Reconsideration, Review, Vote
from .transitions import AdjudicationState, Decision, ReviewState

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
def ask_again(*, case: Case, by: Actor, now: datetime) -> list[Reconsideration]:
    """The opinions differ: ask the first physician and every other author to look again. Asked once a case."""
    permissions.require(permissions.may_open_board(by, case))
    held = hold(case)
    if Reconsideration.objects.filter(case=held).exists():
        raise WrongState("The physicians were already asked.", "Ask the board, or for a third opinion.")
    made = [Reconsideration.objects.create(case=held, asked_at=now)]
    for review in Review.objects.filter(case=held, state=ReviewState.FINAL):
        made.append(Reconsideration.objects.create(case=held, review=review, asked_at=now))
    for outside in OutsideOpinion.objects.filter(case=held):
        made.append(Reconsideration.objects.create(case=held, outside=outside, asked_at=now))
    record(action="reviews.asked_again", by=by, now=now, case_key=held.key, detail={"asked": len(made)})
    authors = {row.review.seat.pk for row in made if row.review}
    told = {Role.REFERRER, Role.REVIEWER}
    tell(held, "asked_again", told, among=lambda s: s.role == Role.REFERRER or s.pk in authors, by=by, now=now)
    return made


@transaction.atomic
def answer_for_first(
    *, asked: Reconsideration, decision: Decision, reason: str, name: str = "", by: Person, now: datetime
) -> Reconsideration:
    """The referring physician keeps or changes the first opinion; a navigator writes down what another physician said.

    name: whose answer a navigator writes down. A reviewer answers for themselves (``reconsider``); for them, and for
    whoever stays silent, a navigator can only note that no answer came.
    """
    permissions.require(permissions.may_answer_for_first(by, asked.case))
    held = _unanswered(asked)
    own = any(seat.role == Role.REFERRER for seat in live_seats(by, held.case))
    if own and not held.of_first:
        raise NotAllowed("This is another physician's to answer.")
    if own and decision is Decision.NO_ANSWER:
        raise Invalid("Say whether you keep or change it.", "Either needs a reason.")
    if held.review is not None and decision is not Decision.NO_ANSWER:
        raise NotAllowed("A reviewer answers for themselves.", "Ask them; or note that no answer came.")
    if not own and decision is not Decision.NO_ANSWER and not name.strip():
        raise Invalid("Nobody was named.", "Write whose answer this is.")
    said_by = by.name if own else name.strip() or held.whose
    return _answer(held, decision, reason, name=said_by, recorded=not own, by=by, now=now)


@transaction.atomic
def reconsider(
    *, review: Review, content: Mapping[str, Any] | None, reason: str, by: Person, now: datetime
) -> Reconsideration:
    """The reviewer looks again and keeps (content None) or changes the signed opinion; every version stays."""
    permissions.require(permissions.may_review(by, review))
    asked = Reconsideration.objects.filter(review=review, answered_at=None).first()
    if asked is None:
        raise WrongState("You are not asked to look again.", "Look at the review's page.")
    held = _unanswered(asked)
    if not reason.strip():
        raise Invalid("Keeping or changing needs a reason.", "Say in a sentence why the opinion stays or changes.")
    before = review.versions.get(stage="final").content
    after = opinions.checked(content) if content is not None else before
    if after != before:
        _sign(review, "reconsidered", after, changed=True, reason=reason.strip(), by=by, now=now)
    decision = Decision.CHANGES if after != before else Decision.KEEPS
    return _answer(held, decision, reason, name=by.name, recorded=False, by=by, now=now)


def _unanswered(asked: Reconsideration) -> Reconsideration:
    held = (
        Reconsideration.objects.select_for_update(of=("self",))
        .select_related("case", "review", "outside")
        .get(pk=asked.pk)
    )
    transitions.must_be_unanswered(held.answered_at)
    if State(held.case.state) is not State.RECONSIDERING:
        raise WrongState("The case has moved on.", "Look at the case's progress to see what comes next.")
    return held


def _answer(
    held: Reconsideration, decision: Decision, reason: str, *, name: str, recorded: bool, by: Person, now: datetime
) -> Reconsideration:
    if not reason.strip():
        raise Invalid("The answer needs a reason.", "Say in a sentence why the opinion stays or changes.")
    held.decision, held.reason, held.name, held.recorded = decision, reason.strip(), name[:200], recorded
    held.answered_at, held.answered_by = now, by
    held.save()
    about, detail = ("reconsideration", held.key), {"recorded": recorded}
    record(action="reviews.answered_again", by=by, now=now, case_key=held.case.key, about=about, detail=detail)
    return held


@transaction.atomic
def open_third_opinion(*, case: Case, by: Actor, now: datetime) -> Case:
    """The difference stays: the case goes back to find a third specialist, who reads blinded like the second."""
    permissions.require(permissions.may_open_board(by, case))
    _all_answered(hold(case))
    record(action="reviews.third_opinion", by=by, now=now, case_key=case.key, about=("case", case.key))
    return move(case=case, to=Move.THIRD_OPINION, as_part_of=Permission.COMPARE, by=by, now=now)


def _all_answered(case: Case) -> None:
    if Reconsideration.objects.filter(case=case, answered_at=None).exists():
        raise WrongState("Not every physician has answered.", "Wait, or write down that no answer came.")


@transaction.atomic
def open_board(*, case: Case, question: str, by: Actor, now: datetime) -> Adjudication:
    """Put a disagreement before the tumor board, once the physicians themselves were heard."""
    permissions.require(permissions.may_open_board(by, case))
    if not question.strip():
        raise Invalid("The board needs a question.", "Say what the opinions disagree about.")
    held = hold(case)
    board = Adjudication.objects.create(
        case=held, question=question.strip(), state=AdjudicationState.OPEN, opened_at=now
    )
    record(action="reviews.board_opened", by=by, now=now, case_key=case.key, about=("adjudication", board.key))
    if (State(held.state), Move.BOARD_OPENED) in CASE_TABLE:
        _all_answered(held)
        move(case=held, to=Move.BOARD_OPENED, as_part_of=Permission.COMPARE, by=by, now=now)
        tell(held, "your_turn", {Role.BOARD}, by=by, now=now)
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
    still_open = Adjudication.objects.filter(case=held.case, state=AdjudicationState.OPEN).exists()
    if State(hold(held.case).state) is State.ADJUDICATING and not still_open:
        move(case=held.case, to=Move.BOARD_DECIDED, as_part_of=Permission.ADJUDICATE, by=by, now=now)
    return held
