"""Sign-ins stand in the trail."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse, reverse_lazy

from overread.workflow.audit.actions import INSTALLATION
from overread.workflow.audit.queries import export
from tests.factories.cases import PASSWORD, World

pytestmark = pytest.mark.django_db


def events() -> list[tuple[str, str]]:
    return [(row["action"], row["about_key"]) for row in export(INSTALLATION)]


def test_signing_in_and_out_is_written_down() -> None:
    world = World()
    client = Client()
    client.post(reverse("account_login"), {"login": world.patient.email, "password": PASSWORD})
    client.post(reverse("account_logout"))
    key = str(world.patient.key)
    assert events()[-2:] == [("accounts.signed_in", key), ("accounts.signed_out", key)]


def test_a_refused_attempt_is_written_down_without_the_address() -> None:
    world = World()
    Client().post(reverse("account_login"), {"login": world.patient.email, "password": "wrong"})
    assert events()[-1] == ("accounts.sign_in_refused", "")
    Client().post(reverse("account_logout"))
    assert events()[-1] == ("accounts.sign_in_refused", "")


def signed_in(world: World) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": world.patient.email, "password": PASSWORD})
    return client


SET_UP = reverse_lazy("mfa_activate_totp")


def test_who_has_just_signed_in_is_not_asked_for_the_password_again() -> None:
    assert signed_in(World()).get(SET_UP).status_code == 200


def test_later_the_password_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(World())
    later = time.time() + 301
    monkeypatch.setattr("overread.workflow.accounts.adapter.time.time", lambda: later)
    assert "reauthenticate" in client.get(SET_UP)["Location"]


@pytest.mark.parametrize(("demo", "status"), [(False, 302), (True, 200)])
def test_a_session_without_a_password_is_asked_but_in_a_demo(settings: Any, demo: bool, status: int) -> None:
    settings.DEMO = demo
    client = Client()
    client.force_login(World().patient, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert client.get(SET_UP).status_code == status
