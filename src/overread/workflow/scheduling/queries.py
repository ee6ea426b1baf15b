"""All reads of calls, scoped to a viewer."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from ..audit.actors import Actor
from ..cases.models import Case
from ..cases.queries import seat_of
from ..errors import NotFound
from . import permissions
from .models import Call


def calls(viewer: Actor, case: Case) -> Sequence[Call]:
    """The case's calls, for those who may arrange them."""
    seat_of(viewer, case)
    found = Call.objects.filter(case=case).select_related("arranged_by")
    return list(found) if permissions.may_arrange(viewer, case) else []


def call_for(viewer: Actor, case: Case, key: uuid.UUID) -> Call:
    for call in calls(viewer, case):
        if call.key == key:
            return call
    raise NotFound
