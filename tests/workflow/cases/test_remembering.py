"""Places are remembered while a page is read, and never while something is written."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from overread.workflow.accounts.roles import Role
from overread.workflow.audit.actors import System
from overread.workflow.cases import actions, queries, remembering
from overread.workflow.cases.models import Participation
from overread.workflow.cases.permissions import live_seats
from overread.workflow.cases.visibility import Discipline
from overread.workflow.facts.queries import facts
from tests.factories.cases import SYSTEM, World

pytestmark = pytest.mark.django_db


def test_one_question_while_reading_and_one_each_time_otherwise() -> None:
    world = World().opened()
    with CaptureQueriesContext(connection) as asked:
        seats = [live_seats(world.patient, world.case) for _ in range(3)]
    assert len(asked) == 3
    with remembering.while_reading(), CaptureQueriesContext(connection) as asked:
        assert [live_seats(world.patient, world.case) for _ in range(3)] == seats
        assert live_seats(world.navigator, world.case) != seats[0]
    assert len(asked) == 2


def test_what_is_remembered_ends_with_the_page() -> None:
    world = World().opened()
    with remembering.while_reading():
        [seat] = live_seats(world[Role.PROXY], world.case)
    actions.end_participation(participation=seat, by=SYSTEM, now=world.now())
    with remembering.while_reading():
        assert live_seats(world[Role.PROXY], world.case) == []


def test_an_action_sees_the_places_as_they_are() -> None:
    """The guard in front of a view remembers for GET alone: a place that ends in a POST has ended for what follows."""
    world = World().opened()
    client = Client()
    client.force_login(world.navigator, backend="allauth.account.auth_backends.AuthenticationBackend")
    seat = Participation.objects.get(case=world.case, role=Role.NAVIGATOR)
    let_go = reverse("let-go", kwargs={"case": world.case.key, "participation": seat.key})
    assert client.post(let_go).status_code == 302
    assert client.get(reverse("case", kwargs={"case": world.case.key})).status_code == 404


def test_the_cases_of_somebody_bring_their_places_along() -> None:
    world = World().opened()
    world.opened()
    with remembering.while_reading():
        cases = queries.cases_of(world.patient)
        with CaptureQueriesContext(connection) as asked:
            seats = [queries.seat_of(world.patient, case) for case in cases]
    assert len(seats) == 2 and len(asked) == 0
    assert [s.key for s in seats] == [queries.seat_of(world.patient, case).key for case in cases]


def test_each_viewer_is_remembered_apart() -> None:
    """Facts are remembered by the place that they are seen from: a blinded one never gets what another place may see."""
    world = World().reviewing(Discipline.PATHOLOGY)
    apart = [len(facts(who, world.case)) for who in (world.navigator, world.reviewer)]
    with remembering.while_reading():
        together = [len(facts(who, world.case)) for who in (world.navigator, world.reviewer, world.navigator)]
    assert together == [*apart, apart[0]] and apart[0] > apart[1]


def test_the_system_has_its_own_place() -> None:
    world = World().opened()
    with remembering.while_reading():
        assert queries.seat_of(System("jobs"), world.case) == queries.SYSTEM_SEAT
        assert live_seats(System("jobs"), world.case) == []
