"""Routes with their policy. The guard in front of a view lets in only whom the policy names."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from overread.workflow.accounts.models import Person
from overread.workflow.accounts.permissions import require
from overread.workflow.audit.actors import Actor, Visitor
from overread.workflow.cases.models import Case
from overread.workflow.cases.permissions import holds
from overread.workflow.cases.queries import case_for
from overread.workflow.cases.remembering import while_reading

from .policies import Policy

POLICIES: dict[str, Policy] = {}
METHODS: dict[str, tuple[str, ...]] = {}

View = Callable[..., HttpResponse]


def page(route: str, view: View, *, name: str, policy: Policy, methods: tuple[str, ...] = ("GET",)) -> URLPattern:
    """A route. With a case policy the address holds ``<uuid:case>`` and the view is given the Case itself."""
    if name in POLICIES:
        raise ValueError(f"two routes are called {name}")
    POLICIES[name], METHODS[name] = policy, methods
    allowed = ("GET", "HEAD", *methods) if "GET" in methods else methods
    return path(route, require_http_methods(list(dict.fromkeys(allowed)))(guarded(view, policy)), name=name)


def guarded(view: View, policy: Policy) -> View:
    """The view behind its policy. Foreign and missing cases answer alike, before anything else is said."""

    @functools.wraps(view)
    def checked(request: HttpRequest, **where: Any) -> HttpResponse:
        if policy.signed_in and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        viewer = actor(request)
        if policy.anywhere is not None:
            require(policy.anywhere(viewer))
        if policy.permission is not None:
            where["case"] = admitted(viewer, where["case"], policy)
        return view(request, **where)

    @functools.wraps(view)
    def answered(request: HttpRequest, **where: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return checked(request, **where)
        with while_reading():
            return checked(request, **where)

    return answered


def admitted(viewer: Actor, key: uuid.UUID, policy: Policy) -> Case:
    """The case of the address: NotFound when it is none of the viewer's, NotAllowed when the role may not."""
    case = case_for(viewer, key)
    require(policy.permission is not None and holds(viewer, case, policy.permission))
    return case


def actor(request: HttpRequest) -> Actor:
    """Who asks: the person signed in, or a visitor known by their session."""
    if request.user.is_authenticated:
        return request.user
    if request.session.session_key is None:
        return Visitor("unknown")
    return Visitor(request.session.session_key[:8])


def person(request: HttpRequest) -> Person:
    """The person signed in. Only behind a policy that asks for an account."""
    return cast(Person, request.user)
