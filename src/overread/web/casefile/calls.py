"""Calls between the people of a case. Reviewers take no part in them: a call would unblind."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from overread.workflow.accounts.roles import Permission
from overread.workflow.cases.models import Case
from overread.workflow.cases.transitions import State, has_ended
from overread.workflow.scheduling import actions, queries
from overread.workflow.scheduling.models import Call
from overread.workflow.scheduling.transitions import CallState

from ..forms import PlainForm, done
from ..navigator.forms import choice
from ..routing import actor, person
from ..templatetags.wording import place
from . import glance
from .company import company, roles_by_person

SHORTEST, LONGEST = 5, 240  # minutes
ENDED = {CallState.HELD: "Noted: the call was held.", CallState.CANCELLED: "The call is cancelled."}


class CallForm(PlainForm):
    at = forms.DateTimeField(
        label="When", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    minutes = forms.IntegerField(label="How many minutes", min_value=SHORTEST, max_value=LONGEST, initial=30)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].help_text = f"In {place(zone)}, as at the institution."


def calls(request: HttpRequest, case: Case) -> HttpResponse:
    """What is arranged and what was, and arranging another; days and times as they are at the institution."""
    zone = case.organisation.time_zone
    form = CallForm(request.POST if request.method == "POST" else None, zone=zone)
    with timezone.override(ZoneInfo(zone)):
        if form.is_bound and done(form, lambda: _arrange(request, case, form)):
            messages.success(request, "The call is arranged. The others in the case are told that there is news.")
            return redirect("calls", case=case.key)
        viewer, now = person(request), timezone.now()
        found = queries.calls(viewer, case)
        context = glance.page(viewer, case) | {
            "form": form,
            "callers": company(viewer, case, Permission.ARRANGE_CALL),
            "roles_there": roles_by_person(viewer, case),
            "ahead": [one for one in found if _waits(one)],
            "past": [one for one in found if not _waits(one)],
            "overdue": _over(found, now),
            "over": has_ended(State(case.state)),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(request, "casefile/calls.html", context, status=status)


def _arrange(request: HttpRequest, case: Case, form: CallForm) -> None:
    actions.arrange(case=case, **form.cleaned_data, by=person(request), now=timezone.now())


def _waits(call: Call) -> bool:
    return call.state == CallState.ARRANGED


def _over(found: Sequence[Call], now: datetime) -> set[uuid.UUID]:
    """Calls whose time has passed and of which nobody has said whether they were held."""
    return {one.key for one in found if _waits(one) and one.at <= now}


def end(request: HttpRequest, case: Case, call: uuid.UUID) -> HttpResponse:
    """Note that a call was held or cancelled."""
    found = queries.call_for(actor(request), case, call)
    to = choice(CallState, request.POST.get("to"), "end of a call")
    actions.end(call=found, to=to, by=person(request), now=timezone.now())
    messages.success(request, ENDED[to])
    return redirect("calls", case=case.key)
