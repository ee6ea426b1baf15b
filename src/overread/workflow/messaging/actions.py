"""All writes to threads."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ..accounts.models import Person
from ..accounts.roles import Role
from ..audit.actions import record
from ..audit.actors import Actor
from ..cases.models import Case
from ..cases.telling import tell
from ..errors import Invalid
from . import permissions
from .models import Message


@transaction.atomic
def write(*, case: Case, text: str, by: Actor, now: datetime) -> Message:
    """Write on the thread; the others who may read it are told that something waits."""
    permissions.require(permissions.may_write(by, case))
    if not text.strip():
        raise Invalid("The message is empty.", "Write something, or go back.")
    written_by = by if isinstance(by, Person) else None
    message = Message.objects.create(case=case, text=text.strip()[:10_000], written_by=written_by, written_at=now)
    record(action="messaging.written", by=by, now=now, case_key=case.key, about=("message", message.key))
    tell(case, "message", list(Role), among=lambda seat: permissions.may_write(seat.person, case), by=by, now=now)
    return message
