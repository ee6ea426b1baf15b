"""Bringing people into a case, and making an account."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from overread.workflow.accounts.models import Person
from overread.workflow.accounts.roles import Role
from overread.workflow.cases import actions as cases
from overread.workflow.cases.models import Participation
from overread.workflow.cases.queries import without_navigator
from tests.factories.cases import PASSWORD, World

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_case_that_a_patient_opens_waits_for_a_navigator_who_takes_it() -> None:
    world = World()
    case = cases.open_case(organisation=world.organisation, role=Role.PATIENT, by=world.patient, now=world.now())
    client = signed_in(world.navigator)

    assert case.reference in client.get(reverse("cases")).content.decode()
    answer = client.post(reverse("take", args=[case.key]))

    assert answer.headers["Location"] == reverse("case", args=[case.key])
    assert without_navigator(world.navigator) == []
    assert client.post(reverse("take", args=[case.key])).status_code == 422


def test_who_has_an_account_takes_part_at_once_and_can_be_let_go() -> None:
    world = World().opened()
    someone = world.person("second.referrer@example.org", Role.REFERRER)
    client = signed_in(world.navigator)
    address = reverse("people", args=[world.case.key])

    client.post(address, {"email": someone.email, "role": "referrer"})
    seat = Participation.objects.get(case=world.case, person=someone)
    assert someone.name in client.get(address).content.decode()

    client.post(reverse("let-go", args=[world.case.key, seat.key]))
    seat.refresh_from_db()
    assert seat.ended_at is not None
    assert client.post(reverse("let-go", args=[world.case.key, seat.key])).status_code == 404


def test_a_navigator_who_leaves_goes_back_to_their_cases() -> None:
    world = World().opened()
    own = Participation.objects.get(case=world.case, person=world.navigator)
    answer = signed_in(world.navigator).post(reverse("let-go", args=[world.case.key, own.key]))
    assert answer.headers["Location"] == reverse("cases")


@pytest.mark.django_db(transaction=True)
def test_who_has_none_gets_a_link_that_brings_them_into_the_case() -> None:
    world = World().opened()
    signed_in(world.navigator).post(
        reverse("people", args=[world.case.key]), {"email": "new@example.org", "role": "payer"}
    )
    (sent,) = [m for m in mail.outbox if m.to == ["new@example.org"]]
    link = re.search(r"(/invitations/\S+)", sent.body)
    assert link and "cancer" not in sent.body

    newcomer = world.person("new@example.org")
    client = signed_in(newcomer)
    assert "payer" in client.get(link[1]).content.decode()
    client.post(link[1] + "accept/")
    assert Participation.objects.filter(case=world.case, person=newcomer, role=Role.PAYER).exists()
    assert client.get(link[1]).status_code == 410


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"email": "new@example.org", "role": "proxy"}, "needs an account first"),
        ({"email": "new@example.org", "role": "reviewer"}, "Choose one of the list."),
        ({"email": "no address", "role": "payer"}, "valid email"),
    ],
)
def test_what_cannot_be_is_said(sent: dict[str, str], said: str) -> None:
    world = World().opened()
    answer = signed_in(world.navigator).post(reverse("people", args=[world.case.key]), sent)
    assert said in answer.content.decode()


def test_who_makes_an_account_is_a_patient_and_can_open_a_case() -> None:
    World()
    client = Client()
    form = {"name": "Ana Rivera", "email": "ana@example.net", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), form)

    made = Person.objects.get(email="ana@example.net")
    assert (made.name, made.grants.get().role) == ("Ana Rivera", Role.PATIENT)
    client.force_login(made)
    assert client.get(reverse("start")).status_code == 200


def test_an_account_in_an_installation_without_organisations_has_no_role() -> None:
    form = {"name": "Ana", "email": "ana@example.net", "password1": PASSWORD, "password2": PASSWORD}
    Client().post(reverse("account_signup"), form)
    assert not Person.objects.get(email="ana@example.net").grants.exists()
