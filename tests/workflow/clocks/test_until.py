"""Until when a step is due, as a table: what is known, the day it is, what is said."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical.indication import KINDS, Calendar, add_business_days
from overread.workflow.cases.transitions import State
from overread.workflow.clocks.until import ACCESS_RULE, OWN_TARGET, Known, Span, business_days, until

MONDAY = date(2026, 11, 23)
FRIDAY = MONDAY - timedelta(days=3)
CHRISTMAS = Calendar(holidays=frozenset({date(2026, 12, 25)}))
REVIEW = {"state": State.REVIEWING, "since": MONDAY}
ROUTE = {"state": State.ROUTING, "since": FRIDAY, "targets": {"routing": 3}}

# What is known, today, what is said, how much of the time is used, the day.
ROWS: list[tuple[dict[str, Any], date, str, str, date | None]] = [
    # the kind's own clock, which starts at a named event
    ({**REVIEW, "kind": "pathology_only"}, MONDAY, "The clock has not started. It starts on the day the slides or blocks arrive.", "", None),
    ({**REVIEW, "kind": "pathology_only", "material": MONDAY}, MONDAY, "until 2 December 2026", "0 of 7 working days used", date(2026, 12, 2)),
    ({**REVIEW, "kind": "pathology_only", "material": MONDAY}, date(2026, 11, 26), "until 2 December 2026", "3 of 7 working days used", date(2026, 12, 2)),
    ({**REVIEW, "kind": "pathology_only", "material": MONDAY}, date(2026, 12, 3), "was due on 2 December 2026, 1 working day overdue", "", date(2026, 12, 2)),
    ({**REVIEW, "kind": "online_written", "complete": FRIDAY}, MONDAY, "until 27 November 2026", "1 of 5 working days used", date(2026, 11, 27)),
    ({**REVIEW, "kind": "online_written", "material": FRIDAY}, MONDAY, "The clock has not started. It starts on the day the records are complete.", "", None),
    ({**REVIEW, "kind": "comprehensive", "complete": FRIDAY, "material": MONDAY}, MONDAY, "until 21 December 2026", "0 of 20 working days used", date(2026, 12, 21)),
    ({**REVIEW, "kind": "comprehensive", "complete": FRIDAY}, MONDAY, "until 18 December 2026", "1 of 20 working days used", date(2026, 12, 18)),
    ({**REVIEW, "kind": "comprehensive", "material": FRIDAY}, MONDAY, "The clock has not started. It starts on the day all records and material are here.", "", None),
    # no published time: the kind says what to do, or the institution's own target
    ({**REVIEW, "kind": "payer_required"}, MONDAY, KINDS["payer_required"].sentence, "", None),
    ({**REVIEW, "kind": "radiology_only", "targets": {"reviewing": 2}}, MONDAY, "until 25 November 2026", "0 of 2 working days used", date(2026, 11, 25)),
    (REVIEW, MONDAY, "No time is set for this step.", "", None),
    # the institution's own targets, over a weekend and a holiday
    (ROUTE, MONDAY, "until 25 November 2026", "1 of 3 working days used", date(2026, 11, 25)),
    (ROUTE, date(2026, 11, 28), "was due on 25 November 2026, 2 working days overdue", "", date(2026, 11, 25)),
    ({**ROUTE, "since": date(2026, 12, 23), "calendar": CHRISTMAS}, date(2026, 12, 28), "until 29 December 2026", "2 of 3 working days used", date(2026, 12, 29)),
    ({**ROUTE, "targets": {"routing": 1}}, FRIDAY, "until 23 November 2026", "0 of 1 working day used", MONDAY),
    # the request for records: days as the law counts them
    ({"state": State.GATHERING, "since": FRIDAY, "request": Span(MONDAY, date(2026, 12, 23))}, date(2026, 12, 3), "until 23 December 2026", "10 of 30 days used", date(2026, 12, 23)),
    ({"state": State.GATHERING, "since": FRIDAY, "request": Span(MONDAY, date(2026, 12, 23))}, date(2026, 12, 24), "was due on 23 December 2026, 1 day overdue", "", date(2026, 12, 23)),
    ({"state": State.GATHERING, "since": FRIDAY, "request_unreceived": True}, MONDAY, "The clock of the records request has not started. It starts on the day the letter is noted as received.", "", None),
    # the outcome
    ({"state": State.LEARNING, "since": MONDAY, "follow_up": Span(MONDAY, date(2026, 12, 23))}, MONDAY, "to be asked on 23 December 2026", "", date(2026, 12, 23)),
]  # fmt: skip


@pytest.mark.parametrize("row", range(len(ROWS)))
def test_what_is_said_and_the_day(row: int) -> None:
    known, today, said, used, day = ROWS[row]
    found = until(Known(**known), today)
    assert found is not None
    assert (found.said, found.used, found.on) == (said, used, day)
    assert found.overdue is (day is not None and today > day)


def test_who_was_asked_and_has_not_answered_is_not_late() -> None:
    found = until(Known(State.LEARNING, MONDAY, follow_up=Span(MONDAY, date(2026, 12, 23))), date(2027, 1, 4))
    assert found and (found.said, found.overdue) == ("asked on 23 December 2026", False)


@pytest.mark.parametrize("state", [State.CLOSED, State.WITHDRAWN])
def test_a_case_that_has_ended_is_due_never(state: State) -> None:
    assert until(Known(state, MONDAY, targets={str(state): 3}), MONDAY) is None


def test_whose_time_it_is_is_said() -> None:
    law = until(Known(State.GATHERING, MONDAY, request=Span(MONDAY, MONDAY)), MONDAY)
    own = until(Known(State.ROUTING, MONDAY, targets={"routing": 3}), MONDAY)
    kind = until(Known(State.REVIEWING, MONDAY, kind="pathology_only", material=MONDAY), MONDAY)
    assert law and own and kind
    assert (law.basis, own.basis) == (ACCESS_RULE, OWN_TARGET)
    assert kind.basis.startswith("Pathology review. Usually 3 to 7 working days")


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_on_the_last_day_all_of_the_time_is_used_and_nothing_is_overdue(start: date, days: int) -> None:
    calendar = Calendar()
    last = add_business_days(start, days, calendar)
    assert business_days(start, last, calendar) == days
    found = until(Known(State.ROUTING, start, targets={"routing": days}), last)
    assert found is not None
    assert not found.overdue
    assert found.used.startswith(f"{days} of {days} ")


@pytest.mark.parametrize("state", State)
def test_no_day_is_guessed_where_nothing_sets_one(state: State) -> None:
    found = until(Known(state, MONDAY), MONDAY)
    assert found is None or found.on is None
