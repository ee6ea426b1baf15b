"""Until when a step should be done. Pure; no date is guessed: where nothing sets a time, none is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from overread.clinical.indication import EVENTS, KINDS, Calendar, add_business_days

from ..cases.transitions import State

ACCESS_RULE = "Last day to answer the records request, 45 CFR 164.524(b)(2)"
OWN_TARGET = "This institution's own target"
FOLLOW_UP = "30 days after the report was signed the patient is asked what happened"
LETTER_NOT_RECEIVED = (
    "The clock of the records request has not started. It starts on the day the letter is noted as received."
)
NO_TIME = "No time is set for this step."


@dataclass(frozen=True, slots=True)
class Span:
    """From the day a clock started to the last day."""

    started: date
    ends: date


@dataclass(frozen=True, slots=True)
class Known:
    """What a viewer may know of a case's clocks, in days of the institution's time zone. None: it has not happened.

    since: the step began. kind: key of ``indication.KINDS`` or "". complete, material: the records were said to be
    complete; the last piece of material arrived. request: the earliest records request that waits for an answer.
    request_unreceived: a letter is written and nobody knows of its arrival. follow_up: to the day of the question.
    targets: step to business days, the institution's own.
    """

    state: State
    since: date
    kind: str = ""
    complete: date | None = None
    material: date | None = None
    request: Span | None = None
    request_unreceived: bool = False
    follow_up: Span | None = None
    targets: Mapping[str, int] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=Calendar)


@dataclass(frozen=True, slots=True)
class Until:
    """``said`` in words, to be read after "Waiting for the navigator"; ``on`` None where no day can be named.

    used: how much of the time has gone. basis: who set the time. overdue: the day has passed.
    """

    said: str
    on: date | None = None
    used: str = ""
    basis: str = ""
    overdue: bool = False


def until(known: Known, today: date) -> Until | None:
    """When the step that is on is due; None once the case has ended."""
    if known.state in (State.CLOSED, State.WITHDRAWN):
        return None
    if known.state is State.GATHERING and known.request:
        return _in_days(known.request, today, ACCESS_RULE)
    if known.state is State.LEARNING and known.follow_up:
        return _asked_later(known.follow_up, today)
    if known.state is State.REVIEWING and known.kind and KINDS[known.kind].turnaround:
        return _of_kind(known, today)
    return _own_target(known, today)


def _of_kind(known: Known, today: date) -> Until:
    kind = KINDS[known.kind]
    started = _started(known, kind.clock)
    if started is None or kind.turnaround is None:
        return Until(f"The clock has not started. It starts on {EVENTS[kind.clock]}.", basis=kind.name)
    basis = f"{kind.name}. {kind.sentence}".removesuffix(".")
    return _in_business_days(started, kind.turnaround.high, today, known.calendar, basis)


def _started(known: Known, event: str) -> date | None:
    """The day of the event that starts the clock of a review; None while it has not come, or where nobody notes it."""
    if event == "material_received":
        return known.material
    if event == "records_complete":
        return known.complete
    if event == "records_and_material_complete" and known.complete:
        return max(known.complete, known.material or known.complete)
    return None


def _own_target(known: Known, today: date) -> Until:
    days = known.targets.get(known.state)
    if days:
        return _in_business_days(known.since, days, today, known.calendar, OWN_TARGET)
    if known.state is State.GATHERING and known.request_unreceived:
        return Until(LETTER_NOT_RECEIVED)
    if known.state is State.REVIEWING and known.kind:
        return Until(KINDS[known.kind].sentence)
    return Until(NO_TIME)


def _in_business_days(started: date, days: int, today: date, calendar: Calendar, basis: str) -> Until:
    last = add_business_days(started, days, calendar)
    if today > last:
        late = business_days(last, today, calendar)
        said = f"was due on {written(last)}, {_counted(late, 'working day')} overdue"
        return Until(said, last, basis=basis, overdue=True)
    used = f"{business_days(started, today, calendar)} of {_counted(days, 'working day')} used"
    return Until(f"until {written(last)}", last, used, basis)


def _in_days(span: Span, today: date, basis: str) -> Until:
    if today > span.ends:
        late = _counted((today - span.ends).days, "day")
        return Until(f"was due on {written(span.ends)}, {late} overdue", span.ends, basis=basis, overdue=True)
    used, of = max((today - span.started).days, 0), (span.ends - span.started).days
    return Until(f"until {written(span.ends)}", span.ends, f"{used} of {_counted(of, 'day')} used", basis)


def _asked_later(span: Span, today: date) -> Until:
    """The day of a question is no limit: nothing is due before it, and nothing is overdue after it."""
    said = "to be asked on" if today < span.ends else "asked on"
    return Until(f"{said} {written(span.ends)}", span.ends, basis=FOLLOW_UP)


def business_days(start: date, end: date, calendar: Calendar) -> int:
    """How many business days have come after ``start``, up to and with ``end``; the day of the event is day 0."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(calendar.is_business_day(day) for day in days)


def written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
