"""Who takes part in a case: bringing people in, letting them go, and taking on a case that has no navigator."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from overread.workflow.accounts.roles import ROLES, Permission, Role
from overread.workflow.cases import actions as cases
from overread.workflow.cases import queries
from overread.workflow.cases.models import Case
from overread.workflow.errors import Invalid, NotFound

from ..casefile import glance
from ..casefile.company import never
from ..forms import done
from ..routing import actor, person
from .forms import InviteForm


def people(request: HttpRequest, case: Case) -> HttpResponse:
    form = InviteForm(request.POST if request.method == "POST" else None)

    def invited() -> None:
        seat = cases.invite(case=case, **form.wanted(), by=person(request), now=timezone.now())
        messages.success(request, "They take part from now on." if seat else "An invitation was sent to their address.")

    if request.method == "POST" and done(form, invited):
        return redirect("people", case=case.key)
    viewer = actor(request)
    context = glance.page(viewer, case) | {
        "form": form,
        "not_reached": never(Permission.WRITE_MESSAGE),
        "participants": [(seat, ROLES[Role(seat.role)]) for seat in queries.participants(viewer, case)],
    }
    return render(request, "navigator/people.html", context)


def let_go(request: HttpRequest, case: Case, participation: uuid.UUID) -> HttpResponse:
    """End somebody's place in the case; what they did stays."""
    for seat in queries.participants(actor(request), case):
        if seat.key == participation:
            cases.end_participation(participation=seat, by=person(request), now=timezone.now())
            messages.success(request, "They take no part in the case any more. What they did stays written down.")
            left = seat.person_id == person(request).pk
            return redirect("cases") if left else redirect("people", case=case.key)
    raise NotFound


def take(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take on a case of one's organisation that no navigator has."""
    for case in queries.without_navigator(person(request)):
        if case.key == key:
            cases.take(case=case, by=person(request), now=timezone.now())
            messages.success(request, "The case is yours now.")
            return redirect("case", case=case.key)
    raise Invalid("This case does not wait for a navigator.", "Somebody else may have taken it. Go back to your cases.")
