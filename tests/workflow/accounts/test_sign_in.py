"""Sign-ins stand in the trail."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

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
