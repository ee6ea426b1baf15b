"""The link that brings somebody into a case."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from overread.workflow.accounts import actions, queries

from ..routing import person


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Shows a live invitation; an unknown, used or expired one answers that it has expired."""
    found = queries.open_invitation(token, timezone.now())
    return render(request, "casefile/invitation.html", {"invitation": found, "token": token})


def accept(request: HttpRequest, token: str) -> HttpResponse:
    actions.accept_invitation(token=token, by=person(request), now=timezone.now())
    messages.success(request, "Welcome.")
    return redirect("cases")
