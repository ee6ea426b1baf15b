from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from overread.workflow.accounts.models import Person
from overread.workflow.accounts.roles import Role
from tests.factories.cases import World

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Browser:
    """One person at the pages of a world's case."""

    world: World
    client: Client

    def path(self, name: str, **where: Any) -> str:
        return reverse(name, kwargs={"case": self.world.case.key, **where})

    def see(self, name: str, **where: Any) -> str:
        """The page of the case; it must be there."""
        answer = self.client.get(self.path(name, **where))
        assert answer.status_code == 200, (name, answer.status_code)
        return str(answer.content.decode())

    def status(self, name: str, **where: Any) -> int:
        return int(self.client.get(self.path(name, **where)).status_code)

    def send(self, name: str, data: dict[str, Any] | None = None, **where: Any) -> list[str]:
        """Sends a form that must be taken; what is said of it."""
        answer = self.client.post(self.path(name, **where), data or {})
        assert answer.status_code == 302, (name, answer.status_code, answer.content.decode()[-1500:])
        return [str(m) for m in cast(Any, get_messages(answer.wsgi_request))._queued_messages]

    def refused(self, name: str, data: dict[str, Any] | None = None, **where: Any) -> tuple[int, str]:
        answer = self.client.post(self.path(name, **where), data or {})
        return answer.status_code, answer.content.decode()


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def at(world: World) -> Callable[[Role | Person], Browser]:
    """``at(Role.PATIENT)`` is that person's browser."""

    def opened(who: Role | Person) -> Browser:
        client = Client()
        client.force_login(world[who] if isinstance(who, Role) else who, backend=BACKEND)
        return Browser(world, client)

    return opened
