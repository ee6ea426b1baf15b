"""Where a refusal leads: back into the case and to who can help, or to where the reader begins."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from overread.workflow.accounts.models import Person
from overread.workflow.accounts.roles import ROLES, Permission, Role
from overread.workflow.cases.models import Case
from overread.workflow.cases.permissions import holds
from overread.workflow.cases.queries import case_for, participants
from overread.workflow.errors import NotFound

from .routing import POLICIES, person

NO_SUCH_PAGE = "We could not find this page"
FOR_THE_NAVIGATOR = "Only the navigator can open this page"


@dataclass(frozen=True, slots=True)
class Way:
    """A button. The first of several is the one to take."""

    label: str
    href: str


def ways_on(request: HttpRequest, status: int) -> list[Way]:
    if not _known(request):
        ways = [Way("Home", reverse("home")), Way("Sign in", reverse("account_login"))]
        return ways[::-1] if status == HTTPStatus.GONE else ways  # who used the link already has an account
    case = _case(request) if status == HTTPStatus.FORBIDDEN else None
    return (
        _within(person(request), case)
        if case
        else [Way("Your cases", reverse("cases")), Way("How it works", reverse("about"))]
    )


def titled(request: HttpRequest, status: int, title: str) -> str:
    """The refusal's own title, or a plainer one for a page that was not found or is the navigator's alone."""
    if status == HTTPStatus.NOT_FOUND:
        return NO_SUCH_PAGE
    if status == HTTPStatus.FORBIDDEN and request.method == "GET" and _is_the_navigators(request):
        return FOR_THE_NAVIGATOR
    return title


def _within(viewer: Person, case: Case) -> list[Way]:
    ways = [Way("Back to the case", reverse("case", args=[case.key]))]
    navigators = any(seat.role == Role.NAVIGATOR for seat in participants(viewer, case))
    if navigators and holds(viewer, case, Permission.WRITE_MESSAGE):
        ways.append(Way("Write to the navigator", reverse("thread", args=[case.key])))
    return ways


def _is_the_navigators(request: HttpRequest) -> bool:
    asked = _asked(request)
    held_by = {role for role, spec in ROLES.items() if asked in spec.permissions}
    case = _case(request)
    return held_by == {Role.NAVIGATOR} and case is not None and not holds(person(request), case, asked)


def _asked(request: HttpRequest) -> Any:
    """The permission that the page of the address asks for."""
    found = request.resolver_match
    policy = POLICIES.get(found.url_name or "") if found else None
    return policy.permission if policy else None


def _case(request: HttpRequest) -> Case | None:
    """The case of the address, if the viewer takes part in it."""
    key = request.resolver_match.kwargs.get("case") if request.resolver_match else None
    try:
        return case_for(person(request), key) if key and _known(request) else None
    except NotFound:
        return None


def _known(request: HttpRequest) -> bool:
    return getattr(request, "user", None) is not None and request.user.is_authenticated
