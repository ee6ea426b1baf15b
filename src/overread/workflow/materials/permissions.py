"""Who may write requests and record where material is."""

from __future__ import annotations

from ..accounts.roles import Permission
from ..audit.actors import Actor
from ..cases.models import Case
from ..cases.permissions import holds, require

__all__ = ["may_read_letters", "may_track", "may_write_request", "require"]


def may_write_request(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.WRITE_REQUEST)


def may_track(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.TRACK_MATERIAL)


def may_read_letters(by: Actor, case: Case) -> bool:
    """Letters name the first institution, so only those see them who may write them."""
    return holds(by, case, Permission.WRITE_REQUEST)
