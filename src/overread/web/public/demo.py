"""Switching between the demo's people. Exists in demo mode alone."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from overread.workflow.accounts.models import Person
from overread.workflow.accounts.permissions import roles_of
from overread.workflow.accounts.roles import ROLES, RoleSpec
from overread.workflow.errors import NotFound

from ..shell import home_of


def people(request: HttpRequest) -> HttpResponse:
    _only_in_demo()
    shown = Person.objects.filter(email__endswith="@demo.example", is_active=True).prefetch_related("grants")
    return render(request, "public/demo.html", {"groups": _by_role(list(shown.order_by("pk")))})


def _by_role(people: list[Person]) -> list[tuple[RoleSpec, list[Person]]]:
    """The people under each role that somebody holds, in the order of the roles."""
    held = {role: [one for one in people if role in roles_of(one)] for role in ROLES}
    return [(ROLES[role], own) for role, own in held.items() if own]


def become(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Sign in as one of the demo's people."""
    _only_in_demo()
    chosen = Person.objects.filter(key=person, email__endswith="@demo.example", is_active=True).first()
    if chosen is None:
        raise NotFound
    login(request, chosen, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(home_of(chosen))


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise NotFound
