"""Who may read and write a case's thread. Reviewers may not: the thread speaks of the first interpretation."""

from __future__ import annotations

from ..accounts.roles import Permission
from ..audit.actors import Actor
from ..cases.models import Case
from ..cases.permissions import holds, require

__all__ = ["may_write", "require"]


def may_write(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.WRITE_MESSAGE)
