"""Until when a case's step is due, from what the viewer may know of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects

from overread.clinical.indication import Calendar

from ..accounts.models import Organisation
from ..audit.actors import Actor
from ..cases.models import Case
from ..cases.permissions import may_see_case
from ..cases.queries import seat_of, shown_state
from ..cases.transitions import State
from ..materials import queries as materials
from ..materials.models import CustodyEvent, RequestLetter
from ..materials.transitions import LetterKind, MaterialState
from ..outcomes.queries import follow_up
from ..outcomes.transitions import ASK_AFTER
from ..reports.queries import last_signed_at
from .until import Known, Span, Until, until


def due(viewer: Actor, case: Case, now: datetime) -> Until | None:
    """When the step that is on is due, as far as the viewer may know; None once it has ended."""
    if not may_see_case(viewer, case):
        return None
    return until(_known(viewer, case), today(case.organisation, now))


def read_ahead(cases: Sequence[Case]) -> None:
    """What the clocks of many cases rest on, asked for once. Who may know of it is asked for each case as ever."""
    prefetch_related_objects(cases, "letters")


def today(organisation: Organisation, now: datetime) -> date:
    """The day that it is at the institution."""
    return now.astimezone(ZoneInfo(organisation.time_zone)).date()


def calendar(organisation: Organisation) -> Calendar:
    return Calendar(holidays=frozenset(date.fromisoformat(day) for day in organisation.holidays))


def _known(viewer: Actor, case: Case) -> Known:
    state, place = shown_state(case, seat_of(viewer, case)), case.organisation
    waiting = _waiting_requests(viewer, case) if state is State.GATHERING else []
    received = [letter for letter in waiting if letter.received_on]
    return Known(
        state=state,
        since=today(place, case.state_since),
        kind=case.kind,
        complete=today(place, case.complete_at) if case.complete_at else None,
        material=_material_arrived(case) if state is State.REVIEWING else None,
        request=min((_span(letter) for letter in received), key=lambda span: span.ends, default=None),
        request_unreceived=len(waiting) > len(received),
        follow_up=_follow_up(viewer, case) if state is State.LEARNING else None,
        targets=place.targets,
        calendar=calendar(place),
    )


def _waiting_requests(viewer: Actor, case: Case) -> Sequence[RequestLetter]:
    """Requests for records, which alone have a clock set by law, that nobody has answered."""
    letters = materials.letters(viewer, case)
    return [x for x in letters if x.kind == LetterKind.RECORDS and x.answered_on is None]


def _span(letter: RequestLetter) -> Span:
    ends = materials.due(letter)
    assert letter.received_on and ends  # noqa: S101 only those received are asked for
    return Span(letter.received_on, ends)


def _material_arrived(case: Case) -> date | None:
    """The day the last piece arrived. That day alone: pieces that were asked for stay hidden from who reads blinded."""
    arrived = CustodyEvent.objects.filter(material__case=case, state=MaterialState.RECEIVED)
    last = arrived.order_by("-at").values_list("at", flat=True).first()
    return today(case.organisation, last) if last else None


def _follow_up(viewer: Actor, case: Case) -> Span | None:
    """From the signature to the question; the one that was set, or 30 days on."""
    signed = last_signed_at(case)
    if signed is None:
        return None
    asked = follow_up(viewer, case)
    ends = asked.due_at if asked else signed + timedelta(days=ASK_AFTER.days)
    return Span(today(case.organisation, signed), today(case.organisation, ends))
