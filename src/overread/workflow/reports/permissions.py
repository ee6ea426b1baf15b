"""Who may compare opinions, draft, sign and read reports."""

from __future__ import annotations

from ..accounts.models import Person
from ..accounts.roles import Permission, Role
from ..audit.actors import Actor
from ..cases.models import Case
from ..cases.permissions import holds, live_seats, require
from ..reviews.models import Review
from ..reviews.transitions import ReviewState

__all__ = ["may_compare", "may_draft", "may_read", "may_see_comparison", "may_sign", "require"]


def may_compare(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.COMPARE)


def may_draft(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.DRAFT_REPORT)


def may_sign(by: Actor, case: Case) -> bool:
    """A specialist signs who has a final opinion in this case: nobody signs for another, and no machine signs.

    Where every second opinion came from outside, nobody here has one: the chair of the board reads and signs.
    """
    if not isinstance(by, Person) or not holds(by, case, Permission.SIGN_REPORT):
        return False
    final = Review.objects.filter(case=case, state=ReviewState.FINAL, seat__ended_at=None)
    chairs = any(seat.role == Role.BOARD for seat in live_seats(by, case))
    return not final.exists() if chairs else final.filter(seat__person=by).exists()


def may_read(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.SEE_REPORT)


def may_see_comparison(by: Actor, case: Case) -> bool:
    """Those who compare or decide see the comparison before the report; the others see it in the report."""
    asked = (Permission.COMPARE, Permission.ADJUDICATE, Permission.ANSWER_FIRST)
    return any(holds(by, case, permission) for permission in asked) or may_sign(by, case)
