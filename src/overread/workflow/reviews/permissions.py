"""Who may write an opinion, and who may decide between two."""

from __future__ import annotations

from ..accounts.models import Person
from ..accounts.roles import Permission
from ..audit.actors import Actor
from ..cases.models import Case
from ..cases.permissions import holds, require
from .models import Review

__all__ = ["may_adjudicate", "may_open_board", "may_review", "require"]


def may_review(by: Actor, review: Review) -> bool:
    """Only the reviewer whose review it is, while they still have their place in the case."""
    seat = review.seat
    own = isinstance(by, Person) and by.is_active and seat.person_id == by.pk and seat.ended_at is None
    return own and holds(by, review.case, Permission.REVIEW)


def may_answer_for_first(by: Actor, case: Case) -> bool:
    """The referring physician for themselves, or a navigator who writes down what a physician without account says."""
    return isinstance(by, Person) and holds(by, case, Permission.ANSWER_FIRST)


def may_see_reconsiderations(by: Actor, case: Case) -> bool:
    return any(holds(by, case, p) for p in (Permission.ANSWER_FIRST, Permission.ADJUDICATE, Permission.REVIEW))


def may_open_board(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.COMPARE)


def may_adjudicate(by: Actor, case: Case) -> bool:
    return isinstance(by, Person) and holds(by, case, Permission.ADJUDICATE)
