"""All writes to calls."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ..accounts.models import Person
from ..accounts.roles import Role
from ..audit.actions import record
from ..audit.actors import Actor
from ..cases.actions import hold
from ..cases.models import Case
from ..cases.telling import tell
from ..cases.transitions import State, has_ended
from ..errors import Invalid, WrongState
from . import permissions, transitions
from .models import Call
from .transitions import CallState


@transaction.atomic
def arrange(*, case: Case, at: datetime, minutes: int = 30, by: Actor, now: datetime) -> Call:
    permissions.require(permissions.may_arrange(by, case))
    if at <= now:
        raise Invalid("The time has passed.", "Choose a time ahead.")
    held = hold(case)
    if has_ended(State(held.state)):
        raise WrongState("The case has ended.", "Write to each other under Messages.")
    arranged_by = by if isinstance(by, Person) else None
    call = Call.objects.create(
        case=held, at=at, minutes=minutes, state=CallState.ARRANGED, arranged_by=arranged_by, arranged_at=now
    )
    record(action="scheduling.arranged", by=by, now=now, case_key=case.key, about=("call", call.key))
    _tell_the_others(case, "call_arranged", by=by, now=now)
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
    if to is CallState.CANCELLED:
        _tell_the_others(call.case, "call_cancelled", by=by, now=now)
    return held


def _tell_the_others(case: Case, kind: str, *, by: Actor, now: datetime) -> None:
    tell(case, kind, list(Role), among=lambda seat: permissions.may_arrange(seat.person, case), by=by, now=now)
