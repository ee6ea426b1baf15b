"""The installation at a glance, its institutions' settings, and its own rates."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts.queries import everybody, organisations
from overread.workflow.audit.actions import INSTALLATION
from overread.workflow.audit.queries import first_break
from overread.workflow.directory.models import Release
from overread.workflow.directory.queries import in_use
from overread.workflow.errors import NotFound
from overread.workflow.outcomes.queries import own_rates

from ..forms import done
from ..routing import actor
from .forms import InstitutionForm

# Kind of release, its name, and what cannot be done without it.
RELEASES: tuple[tuple[str, str, str], ...] = (
    ("pubmed", "Publications in use", "Without them, experts cannot be ranked."),
    ("trials", "Trials in use", "Without them, no trial can be matched."),
)


@dataclass(frozen=True, slots=True)
class InUse:
    """A kind of public data, the release of it that is in use, and what cannot be done without one."""

    what: str
    used: Release | None
    without: str


def installation(request: HttpRequest) -> HttpResponse:
    viewer = actor(request)
    people = everybody(viewer)
    context = {
        "broken_at": first_break(INSTALLATION),
        "releases": _releases(),
        "organisations": organisations(viewer),
        "open_accounts": sum(one.is_active for one in people),
        "suspended": sum(not one.is_active for one in people),
    }
    return render(request, "operator/installation.html", context)


def _releases() -> list[InUse]:
    """The public data that is in use; what is missing stands first."""
    found = [InUse(what, in_use(kind), without) for kind, what, without in RELEASES]
    return sorted(found, key=lambda one: one.used is not None)


def institution(request: HttpRequest, organisation: uuid.UUID) -> HttpResponse:
    """The settings of one institution."""
    viewer = actor(request)
    shown = next((o for o in organisations(viewer) if o.key == organisation), None)
    if shown is None:
        raise NotFound
    form = InstitutionForm.of(shown, request.POST if request.method == "POST" else None)
    now = timezone.now()
    if form.is_bound and done(
        form, lambda: accounts.set_organisation(organisation=shown, **form.wanted(), by=viewer, now=now)
    ):
        messages.success(request, "The settings are kept. They hold from now on.")
        return redirect("institution", organisation=organisation)
    return render(request, "operator/institution.html", {"shown": shown, "form": form})


def rates(request: HttpRequest) -> HttpResponse:
    return render(request, "operator/rates.html", {"rates": own_rates(actor(request))})
