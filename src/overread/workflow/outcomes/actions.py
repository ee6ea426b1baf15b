"""All writes to follow-ups and ratings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ..accounts.models import Person
from ..accounts.roles import Permission, Role
from ..audit.actions import record
from ..audit.actors import Actor, System
from ..cases.actions import hold, move
from ..cases.models import Case
from ..cases.telling import tell
from ..cases.transitions import Move, State
from ..errors import Invalid, WrongState
from ..reports.queries import last_signed_at
from . import permissions, transitions
from .models import FollowUp, Rating
from .transitions import Outcome


@transaction.atomic
def schedule(*, case: Case, by: System, now: datetime) -> FollowUp:
    """Set the day on which the question will be asked. Setting it twice changes nothing."""
    permissions.require(permissions.may_ask(by, case))
    held = hold(case)
    due_at = (last_signed_at(held) or now) + transitions.ASK_AFTER
    follow_up, made = FollowUp.objects.get_or_create(case=held, defaults={"due_at": due_at})
    if made:
        record(action="outcomes.scheduled", by=by, now=now, case_key=held.key, about=("follow-up", follow_up.key))
    return follow_up


@transaction.atomic
def ask(*, follow_up: FollowUp, by: System, now: datetime) -> FollowUp:
    """Ask the patient's side what happened next."""
    permissions.require(permissions.may_ask(by, follow_up.case))
    held = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if held.asked_at or held.due_at > now:
        raise WrongState("It is not yet time, or it was asked already.")
    held.asked_at = now
    held.save(update_fields=["asked_at"])
    record(action="outcomes.asked", by=by, now=now, case_key=held.case.key, about=("follow-up", held.key))
    tell(held.case, "your_turn", {Role.PATIENT, Role.PROXY}, by=by, now=now)
    return held


@transaction.atomic
def answer(*, case: Case, outcomes: Sequence[Outcome], comment: str = "", by: Actor, now: datetime) -> FollowUp:
    """Say what happened next; the case closes. It may be said before it was asked."""
    permissions.require(permissions.may_answer(by, case))
    held = hold(case)
    if State(held.state) is not State.LEARNING:
        raise WrongState("There is no report yet to tell the outcome of.", "Wait until the report is signed.")
    if not outcomes:
        raise Invalid("Nothing was chosen.", "Choose what happened; more than one may fit.")
    follow_up, _ = FollowUp.objects.get_or_create(case=held, defaults={"due_at": now})
    transitions.must_be_unanswered(follow_up.answered_at)
    follow_up.outcomes, follow_up.comment = sorted({Outcome(o) for o in outcomes}), comment.strip()
    follow_up.answered_at, follow_up.answered_by = now, by if isinstance(by, Person) else None
    follow_up.save()
    record(action="outcomes.answered", by=by, now=now, case_key=held.key, about=("follow-up", follow_up.key))
    move(case=held, to=Move.OUTCOME_KNOWN, as_part_of=Permission.ANSWER_OUTCOME, by=by, now=now)
    return follow_up


@transaction.atomic
def rate(*, case: Case, stars: int, text: str = "", by: Person, now: datetime) -> Rating:
    """Rate the service once the report is there. Ratings never rank an expert."""
    permissions.require(permissions.may_rate(by, case))
    if State(case.state) not in (State.LEARNING, State.CLOSED):
        raise WrongState("There is no report yet to rate.", "Wait until the report is signed.")
    if not case.organisation.patients_may_rate:
        raise WrongState("This institution asks for no ratings.", "Write to the navigator instead.")
    if not 1 <= stars <= 5:
        raise Invalid("A rating has one to five stars.", "Choose again.")
    if Rating.objects.filter(case=case, person=by).exists():
        raise Invalid("You have already rated this case.", "Write to the navigator if you changed your mind.")
    rating = Rating.objects.create(case=case, person=by, stars=stars, text=text.strip(), at=now)
    record(action="outcomes.rated", by=by, now=now, case_key=case.key, about=("rating", rating.key))
    return rating
