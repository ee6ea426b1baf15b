"""Who may add files, clear their text, and read them."""

from __future__ import annotations

from ..accounts.roles import Permission
from ..audit.actors import Actor, System
from ..cases.models import Case
from ..cases.permissions import holds, require

__all__ = ["may_add", "may_clear", "may_examine", "require"]


def may_add(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.ADD_FILES)


def may_clear(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.CLEAR_TEXT)


def may_examine(by: Actor, case: Case) -> bool:
    """Files are examined by the installation's own job, never at somebody's wish."""
    return isinstance(by, System)
