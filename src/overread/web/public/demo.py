"""Switching between the demo's people. Exists in demo mode alone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from overread.workflow.accounts.models import Person
from overread.workflow.accounts.permissions import roles_of
from overread.workflow.accounts.roles import ROLES, Role, RoleSpec
from overread.workflow.cases.models import Case
from overread.workflow.cases.queries import cases_of, progress, seat_of
from overread.workflow.cases.visibility import Seat
from overread.workflow.errors import NotFound

from ..casefile.glance import title
from ..shell import home_of

FIRST = Role.NAVIGATOR  # sees every case: whoever looks around starts best there
MOST_CASES = 2  # named one by one


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the demo's people, and in words which cases they see."""

    person: Person
    sees: list[tuple[str, str]]  # a case and the step it is at


def people(request: HttpRequest) -> HttpResponse:
    _only_in_demo()
    found = Person.objects.filter(email__endswith="@demo.example", is_active=True).prefetch_related("grants")
    return render(request, "public/demo.html", {"groups": _by_role(list(found.order_by("pk"))), "first": FIRST})


def _by_role(people: list[Person]) -> list[tuple[RoleSpec, list[Shown]]]:
    """The people under each role that somebody holds: the one to start with first, then in the order of the roles."""
    held = {role: [one for one in people if role in roles_of(one)] for role in sorted(ROLES, key=FIRST.__ne__)}
    return [(ROLES[role], [Shown(one, _seen_by(one)) for one in own]) for role, own in held.items() if own]


def _seen_by(one: Person) -> list[tuple[str, str]]:
    """Each of the person's cases as they see it, and the step it is at; how many, where a list would be long."""
    cases = cases_of(one)
    if len(cases) > MOST_CASES:
        return [(f"Sees {len(cases)} cases", "")]
    seats = [(case, seat_of(one, case)) for case in cases]
    return [(title(seat, case), _step(case, seat)) for case, seat in seats]


def _step(case: Case, seat: Seat) -> str:
    step = progress(case, seat).step
    return f"Step: {step}" if step else "Closed"


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
