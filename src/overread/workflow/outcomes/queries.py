"""All reads of outcomes, scoped to a viewer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ..accounts.models import Person
from ..audit.actors import Actor
from ..cases.models import Case
from ..cases.queries import seat_of
from ..cases.transitions import State
from ..reports.models import Comparison
from . import permissions
from .models import FollowUp, Rating


def follow_up(viewer: Actor, case: Case) -> FollowUp | None:
    """The case's follow-up, for those who may answer it."""
    seat_of(viewer, case)
    if not permissions.may_answer(viewer, case):
        return None
    return FollowUp.objects.filter(case=case).first()


def own_rating(viewer: Actor, case: Case) -> Rating | None:
    """How the viewer rated the case; None where they did not. Nobody reads another's rating here."""
    seat_of(viewer, case)
    return Rating.objects.filter(case=case, person=viewer).first() if isinstance(viewer, Person) else None


def due(now: datetime) -> Sequence[FollowUp]:
    """Questions whose day has come and that were not asked, for the installation's own job."""
    rows = FollowUp.objects.filter(due_at__lte=now, asked_at=None, answered_at=None)
    return list(rows.select_related("case").order_by("due_at", "pk"))


def without_follow_up() -> Sequence[Case]:
    """Cases with a signed report whose question has no day yet, for the installation's own job."""
    return list(Case.objects.filter(state=State.LEARNING, follow_up=None).order_by("pk"))


@dataclass(frozen=True, slots=True)
class OwnRate:
    """How often a discipline's blind reads differed from the first interpretation, in this installation."""

    discipline: str
    grade: str
    count: int
    of: int


def own_rates(viewer: Actor) -> Sequence[OwnRate]:
    """The installation's own rates by discipline, from blind reads only. Counts beside every share."""
    permissions.require(permissions.may_see_rates(viewer))
    rows = Comparison.objects.filter(review__isnull=False).select_related("review__seat")
    newest = {row.review_id: row for row in rows}  # an opinion that was compared again counts once
    graded = [(r.review.seat.discipline, r.blind.get("grade", "not addressed")) for r in newest.values() if r.review]
    total, cells = Counter(d for d, _ in graded), Counter(graded)
    return [OwnRate(d, g, n, total[d]) for (d, g), n in sorted(cells.items())]
