"""Calls: arranged, told to the others, noted as held or cancelled; never with a reviewer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from overread.workflow.accounts.models import Notice
from overread.workflow.accounts.roles import Role
from overread.workflow.scheduling.models import Call
from tests.factories.cases import World

pytestmark = pytest.mark.django_db


def in_days(days: int) -> str:
    return (timezone.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def test_a_call_is_arranged_and_the_others_are_told(world: World, at: Any) -> None:
    world.gathered()
    navigator, patient = at(Role.NAVIGATOR), at(Role.PATIENT)
    assert "No call is arranged." in patient.see("calls")
    navigator.send("calls", {"at": in_days(7), "minutes": "45"})
    assert "45 minutes" in patient.see("calls") and "Arranged by Navigator, navigator" in patient.see("calls")
    told = set(Notice.objects.filter(kind="call_arranged").values_list("person__email", flat=True))
    assert world.patient.email in told and world.navigator.email not in told
    assert not told & {world[Role.BOARD].email, world[Role.PAYER].email}


def test_the_time_is_that_of_the_institution(world: World, at: Any) -> None:
    world.gathered()
    world.organisation.time_zone = "America/New_York"
    world.organisation.save()
    at(Role.NAVIGATOR).send("calls", {"at": "2031-01-10T09:00", "minutes": "30"})
    assert Call.objects.get().at.isoformat() == "2031-01-10T14:00:00+00:00"
    page = at(Role.PATIENT).see("calls")
    assert "Friday, 10 January 2031, 09:00 New York time" in page and "In New York time, as at the institution." in page


def test_who_takes_part_is_named_from_what_they_may_do(world: World, at: Any) -> None:
    world.gathered()
    at(Role.NAVIGATOR).send("calls", {"at": in_days(7), "minutes": "30"})
    page = at(Role.PATIENT).see("calls")
    with_whom = page.partition("With: ")[2].partition("<br>")[0]
    assert with_whom.startswith("You") and "Navigator (navigator)" in with_whom and "(payer)" not in with_whom
    assert "reviewing physicians, tumor board chairs and payers do not" in page
    assert "Overread does not place the call." in page


def test_a_call_is_cancelled_only_once_more_is_said(world: World, at: Any) -> None:
    world.gathered()
    at(Role.NAVIGATOR).send("calls", {"at": in_days(7), "minutes": "30"})
    asked = at(Role.NAVIGATOR).see("calls").partition("Cancel it")[2]
    assert asked.index("The others are told that the call does not take place.") < asked.index("Yes, cancel the call")


def test_a_finished_case_says_why_no_call_can_be_arranged(world: World, at: Any) -> None:
    world.gathered()
    world.case.state = "closed"
    world.case.save()
    page = at(Role.PATIENT).see("calls")
    assert "The case is finished, so no further call can be arranged." in page and 'name="minutes"' not in page
    assert at(Role.PATIENT).path("thread") in page
    assert at(Role.PATIENT).refused("calls", {"at": in_days(7), "minutes": "30"})[0] == 409


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"at": "", "minutes": "30"}, "Give the day and the time."),
        ({"at": "soon", "minutes": "30"}, "Write the day and the time"),
        ({"at": "2020-01-01T10:00", "minutes": "30"}, "The time has passed."),
        ({"at": "2031-01-10T09:00", "minutes": "0"}, "Give a number from 5 upwards."),
    ],
)
def test_what_cannot_be_arranged_is_said_and_kept(world: World, at: Any, sent: dict[str, str], said: str) -> None:
    world.gathered()
    status, page = at(Role.NAVIGATOR).refused("calls", sent)
    assert status == 422 and said in page and f'value="{sent["minutes"]}"' in page
    assert not Call.objects.exists()


def test_a_call_is_cancelled_or_noted_as_held_once(world: World, at: Any) -> None:
    world.gathered()
    navigator = at(Role.NAVIGATOR)
    navigator.send("calls", {"at": in_days(1), "minutes": "30"})
    call = Call.objects.get()
    assert "It was held" not in navigator.see("calls")
    Call.objects.update(at=timezone.now() - timedelta(hours=1))
    assert "say whether it was held" in navigator.see("calls")
    assert navigator.refused("call-end", {"to": "postponed"}, call=call.key)[0] == 422
    navigator.send("call-end", {"to": "held"}, call=call.key)
    assert "Earlier calls (1)" in navigator.see("calls")
    assert navigator.refused("call-end", {"to": "cancelled"}, call=call.key)[0] == 409


@pytest.mark.parametrize("role", [Role.BOARD, Role.PAYER])
def test_who_takes_no_part_in_calls_is_not_offered_them(world: World, at: Any, role: Role) -> None:
    world.gathered()
    assert at(role).status("calls") == 403 and "/calls/" not in at(role).see("case")
