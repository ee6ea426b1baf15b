"""All reads of threads, scoped to a viewer."""

from __future__ import annotations

from collections.abc import Sequence

from ..audit.actors import Actor
from ..cases.models import Case
from ..cases.queries import seat_of
from . import permissions
from .models import Message


def thread(viewer: Actor, case: Case) -> Sequence[Message]:
    """The messages, oldest first; nothing for those who may not write here."""
    seat_of(viewer, case)
    if not permissions.may_write(viewer, case):
        return []
    return list(Message.objects.filter(case=case).select_related("written_by"))
