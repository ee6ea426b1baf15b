"""Who runs the installation: people and roles, invitations, settings. And nothing of any patient's record."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from overread.workflow.accounts.models import Invitation, Person, RoleGrant
from overread.workflow.accounts.roles import Role
from tests.factories.cases import World

pytestmark = pytest.mark.django_db


def operator(world: World) -> Client:
    client = Client()
    client.force_login(world[Role.OPERATOR])
    return client


def text(client: Client, name: str, **where: Any) -> str:
    answer = client.get(reverse(name, kwargs=where))
    assert answer.status_code == 200
    return str(answer.content.decode())


def send(client: Client, name: str, data: dict[str, Any] | None = None, **where: Any) -> str:
    answer = client.post(reverse(name, kwargs=where), data or {}, follow=True)
    assert answer.status_code == 200, answer.content.decode()[-500:]
    return str(answer.content.decode())


def test_the_pages_name_people_and_roles_and_nothing_of_a_case() -> None:
    world = World().signed()
    client = operator(world)
    pages = [
        text(client, "installation"),
        text(client, "accounts"),
        text(client, "account", person=world.patient.key),
        text(client, "institution", organisation=world.organisation.key),
        text(client, "cases"),
    ]
    assert world.patient.email in pages[1] and "Referring physician" in pages[1]
    for page in pages:
        assert world.case.reference not in page
        assert not any(word in page for word in ("colon", "adenocarcinoma", "chemotherapy", "IIIB"))


def test_somebody_is_invited_in_a_role_and_the_invitation_is_listed() -> None:
    world = World()
    sent = {"email": "new@example.org", "role": "reviewer", "organisation": world.organisation.pk}
    page = send(operator(world), "accounts", sent)
    assert "An invitation was sent" in page and "new@example.org" in page
    assert Invitation.objects.get().role == Role.REVIEWER


def test_an_invitation_to_no_address_is_sent_back() -> None:
    world = World()
    sent = {"email": "nowhere", "role": "reviewer", "organisation": world.organisation.pk}
    assert "valid email" in send(operator(world), "accounts", sent)
    assert not Invitation.objects.exists()


def test_roles_are_given_and_ended() -> None:
    world = World()
    client, payer = operator(world), world[Role.PAYER]
    sent = {"role": "navigator", "organisation": world.organisation.pk}
    assert "The role was given" in send(client, "account-roles", sent, person=payer.key)
    assert "Nothing was changed" in send(client, "account-roles", {"role": "king"}, person=payer.key)
    grant = RoleGrant.objects.get(person=payer, role=Role.NAVIGATOR)
    assert "The role was ended" in send(client, "account-role-end", {"grant": grant.pk}, person=payer.key)
    again = client.post(reverse("account-role-end", args=[payer.key]), {"grant": grant.pk})
    assert again.status_code == 404


def test_the_last_operator_is_told_why_they_cannot_leave() -> None:
    world = World()
    answer = operator(world).post(reverse("account-active", args=[world[Role.OPERATOR].key]), {"active": "no"})
    assert answer.status_code == 422
    assert "last person who runs the installation" in answer.content.decode()


def test_an_account_is_suspended_opened_again_and_its_second_factor_reset() -> None:
    world = World()
    client, key = operator(world), world.patient.key
    Authenticator.objects.create(user=world.patient, type=Authenticator.Type.TOTP, data={})
    assert "is suspended" in send(client, "account-active", {"active": "no"}, person=key)
    assert not Person.objects.get(key=key).is_active
    assert "1 suspended" in text(client, "installation")
    assert "is open again" in send(client, "account-active", {"active": "yes"}, person=key)
    assert "was reset" in send(client, "account-second-factor", person=key)
    assert not Authenticator.objects.exists()


SETTINGS = {"name": "South Hospital", "time_zone": "Europe/Paris", "doctor_must_agree": "on", "target_routing": "3"}


def test_the_settings_are_kept_and_hold() -> None:
    world = World()
    page = send(
        operator(world), "institution", {**SETTINGS, "holidays": "2026-12-25\n2026-01-01"},
        organisation=world.organisation.key,
    )  # fmt: skip
    assert "The settings are kept" in page
    world.organisation.refresh_from_db()
    kept = world.organisation
    assert (kept.name, kept.doctor_must_agree, kept.patients_may_rate) == ("South Hospital", True, False)
    assert (kept.holidays, kept.targets) == (["2026-01-01", "2026-12-25"], {"routing": 3})
    patient = Client()
    patient.force_login(world.patient)
    assert "asks that a doctor agrees" in patient.get(reverse("start")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"holidays": "Christmas"}, "is not a day"),
        ({"target_routing": "0"}, "Give a number from 1 upwards."),
        ({"time_zone": "Mars"}, "Choose one of the list."),
        ({"name": ""}, "Please fill this in."),
    ],
)
def test_settings_that_cannot_be_are_sent_back(wrong: dict[str, str], said: str) -> None:
    world = World()
    page = send(operator(world), "institution", {**SETTINGS, **wrong}, organisation=world.organisation.key)
    assert said in page
    world.organisation.refresh_from_db()
    assert world.organisation.name == "North Hospital"
