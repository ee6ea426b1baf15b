"""Who may refer, and who may answer a referral."""

from __future__ import annotations

from ..accounts.models import Person
from ..accounts.roles import Permission
from ..audit.actors import Actor
from ..cases.models import Case
from ..cases.permissions import holds, require
from .models import Referral

__all__ = ["may_answer", "may_enter_outside_opinion", "may_refer", "require"]


def may_refer(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.ROUTE)


def may_enter_outside_opinion(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.ROUTE)


def may_answer(by: Actor, referral: Referral) -> bool:
    """Only the specialist who was asked, while they still have their place in the case."""
    seat = referral.seat
    return isinstance(by, Person) and by.is_active and seat.person_id == by.pk and seat.ended_at is None
