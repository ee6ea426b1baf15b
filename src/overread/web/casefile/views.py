"""Your cases, a case at a glance, its documents, its trail and its thread."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from overread.workflow.accounts.queries import unread_notices
from overread.workflow.cases import queries as cases
from overread.workflow.cases.models import Case
from overread.workflow.facts.queries import facts_of_file
from overread.workflow.intake import queries as intake
from overread.workflow.messaging import actions as messaging
from overread.workflow.messaging import queries as threads
from overread.workflow.referrals.queries import waiting_for

from ..routing import actor, person
from . import glance, words


def your_cases(request: HttpRequest) -> HttpResponse:
    viewer = person(request)
    context = {
        "cards": [glance.card(viewer, case) for case in cases.cases_of(viewer)],
        "referrals": waiting_for(viewer),
        "notices": unread_notices(viewer),
        "may_open": glance.may_open(viewer),
    }
    return render(request, "casefile/cases.html", context)


def overview(request: HttpRequest, case: Case) -> HttpResponse:
    context = glance.page(actor(request), case) | {"participants": cases.participants(actor(request), case)}
    return render(request, "casefile/overview.html", context)


def document(request: HttpRequest, case: Case, file: uuid.UUID) -> HttpResponse:
    """The words of a document with the facts read from them marked."""
    viewer = actor(request)
    found = intake.file_for(viewer, case, file)
    facts = facts_of_file(viewer, case, found)
    text = getattr(found, "text", None)
    context = glance.page(viewer, case) | {
        "file": found,
        "facts": facts,
        "pieces": words.marked(text.text, facts) if text else (),
    }
    return render(request, "casefile/document.html", context)


def file(request: HttpRequest, case: Case, file: uuid.UUID) -> HttpResponse:
    """The bytes as they came, to be saved and never run."""
    data = intake.content(actor(request), case, file)
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    response["Cache-Control"] = "private, no-store"
    return response


def trail(request: HttpRequest, case: Case) -> HttpResponse:
    context = glance.page(actor(request), case) | {"rows": cases.trail(actor(request), case)}
    return render(request, "casefile/trail.html", context)


def thread(request: HttpRequest, case: Case) -> HttpResponse:
    if request.method == "POST":
        messaging.write(case=case, text=request.POST.get("text", ""), by=person(request), now=timezone.now())
        messages.success(request, "Your message was sent.")
        return redirect("thread", case=case.key)
    context = glance.page(actor(request), case) | {"thread": threads.thread(actor(request), case)}
    return render(request, "casefile/thread.html", context)
