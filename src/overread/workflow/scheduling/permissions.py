"""Who may arrange calls. A blinded reviewer may not: a call would unblind."""

from __future__ import annotations

from ..accounts.roles import Permission
from ..audit.actors import Actor
from ..cases.models import Case
from ..cases.permissions import holds, require

__all__ = ["may_arrange", "require"]


def may_arrange(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.ARRANGE_CALL)
