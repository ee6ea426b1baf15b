"""Who may compare opinions, draft, sign and read reports."""

from __future__ import annotations

from ..accounts.models import Person
from ..accounts.roles import Permission
from ..audit.actors import Actor
from ..cases.models import Case
from ..cases.permissions import holds, require
from ..reviews.models import Review
from ..reviews.transitions import ReviewState

__all__ = ["may_compare", "may_draft", "may_read", "may_see_comparison", "may_sign", "require"]


def may_compare(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.COMPARE)


def may_draft(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.DRAFT_REPORT)


def may_sign(by: Actor, case: Case) -> bool:
    """A specialist signs who has a final opinion in this case: nobody signs for another, and no machine signs."""
    if not isinstance(by, Person) or not holds(by, case, Permission.SIGN_REPORT):
        return False
    return Review.objects.filter(
        case=case, seat__person=by, seat__ended_at=None, state=ReviewState.FINAL
    ).exists()  # fmt: skip


def may_read(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.SEE_REPORT)


def may_see_comparison(by: Actor, case: Case) -> bool:
    """Those who compare or decide see the comparison before the report; the others see it in the report."""
    return holds(by, case, Permission.COMPARE) or holds(by, case, Permission.ADJUDICATE) or may_sign(by, case)
