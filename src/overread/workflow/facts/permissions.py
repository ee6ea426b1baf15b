"""Who may confirm identity and correct facts; reading files into facts is the installation's own job."""

from __future__ import annotations

from ..accounts.roles import Permission
from ..audit.actors import Actor, System
from ..cases.models import Case
from ..cases.permissions import holds, require

__all__ = ["may_confirm_identity", "may_correct", "may_read_into_facts", "require"]


def may_confirm_identity(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.CONFIRM_IDENTITY)


def may_correct(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.CORRECT_FACT)


def may_read_into_facts(by: Actor, case: Case) -> bool:
    return isinstance(by, System)
