"""The link that brings somebody into a case."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from overread.workflow.accounts import queries
from overread.workflow.cases import actions as cases

from ..routing import person


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Shows a live invitation; an unknown, used or expired one answers that it has expired."""
    found = queries.open_invitation(token, timezone.now())
    return render(request, "casefile/invitation.html", {"invitation": found, "token": token})


def accept(request: HttpRequest, token: str) -> HttpResponse:
    case = cases.join(token=token, by=person(request), now=timezone.now())
    messages.success(request, "Welcome.")
    return redirect("case", case=case.key) if case else redirect("cases")
