"""Telling those who take part in a case that there is news for them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from ..accounts.actions import notify
from ..accounts.models import Person
from ..accounts.roles import Role
from ..audit.actors import Actor
from .models import Case, Participation


def tell(
    case: Case,
    kind: str,
    roles: Collection[Role],
    *,
    among: Callable[[Participation], bool] = lambda seat: True,
    by: Actor,
    now: datetime,
) -> None:
    """Notify everybody who holds one of the roles, once each and in the order they came; never who brought the news.

    kind: a key of ``accounts.notices.NOTICES``. among: narrows the seats further.
    """
    seats = Participation.objects.filter(case=case, role__in=roles, ended_at=None).select_related("person", "case")
    told: dict[Person, None] = dict.fromkeys(s.person for s in seats.order_by("joined_at", "pk") if among(s))
    for person in told:
        if person != by:
            notify(person=person, kind=kind, case_key=case.key, by=by, now=now)
