"""Who may change the public data in use, and who may rank experts from it."""

from __future__ import annotations

from ..accounts.permissions import may_run_installation, require
from ..accounts.roles import Permission
from ..audit.actors import Actor
from ..cases.models import Case
from ..cases.permissions import holds

__all__ = ["may_import", "may_rank", "require"]


def may_import(by: Actor) -> bool:
    return may_run_installation(by)


def may_rank(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.ROUTE)
