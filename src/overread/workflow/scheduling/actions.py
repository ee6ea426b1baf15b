"""All writes to calls."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ..accounts.models import Person
from ..audit.actions import record
from ..audit.actors import Actor
from ..cases.actions import hold
from ..cases.models import Case
from ..errors import Invalid
from . import permissions, transitions
from .models import Call
from .transitions import CallState


@transaction.atomic
def arrange(*, case: Case, at: datetime, minutes: int = 30, by: Actor, now: datetime) -> Call:
    permissions.require(permissions.may_arrange(by, case))
    if at <= now:
        raise Invalid("The time has passed.", "Choose a time ahead.")
    arranged_by = by if isinstance(by, Person) else None
    call = Call.objects.create(
        case=hold(case), at=at, minutes=minutes, state=CallState.ARRANGED, arranged_by=arranged_by, arranged_at=now
    )
    record(action="scheduling.arranged", by=by, now=now, case_key=case.key, about=("call", call.key))
    return call


@transaction.atomic
def end(*, call: Call, to: CallState, by: Actor, now: datetime) -> Call:
    """Note that a call was held or cancelled."""
    permissions.require(permissions.may_arrange(by, call.case))
    held = Call.objects.select_for_update().get(pk=call.pk)
    transitions.check(CallState(held.state), to)
    held.state = to
    held.save(update_fields=["state"])
    record(action=f"scheduling.{to}", by=by, now=now, case_key=call.case.key, about=("call", call.key))
    return held
