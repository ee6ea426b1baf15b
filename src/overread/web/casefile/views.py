"""Your cases, a case at a glance, its documents and its thread."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from overread.clinical.extraction import shortcomings
from overread.clinical.indication import KINDS
from overread.workflow.accounts.permissions import roles_of
from overread.workflow.accounts.roles import Permission, Role
from overread.workflow.cases import queries as cases
from overread.workflow.cases.models import Case
from overread.workflow.clocks import queries as clocks
from overread.workflow.facts.queries import facts_of_file
from overread.workflow.intake import queries as intake
from overread.workflow.messaging import actions as messaging
from overread.workflow.messaging import queries as threads
from overread.workflow.referrals.queries import waiting_for

from ..facts.titles import title
from ..forms import done
from ..routing import actor, person
from . import glance, pictures, words
from .company import company, roles_by_person
from .forms import MessageForm

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


def your_cases(request: HttpRequest) -> HttpResponse:
    viewer = person(request)
    own = cases.cases_of(viewer)
    clocks.read_ahead(own)
    cards = glance.by_day([glance.card(viewer, case) for case in own])
    referrals = waiting_for(viewer)
    asked = {referral.case_id for referral in referrals}  # they stand first, as a question of their own
    context = {
        "cards": cards,
        "yours": [card for card in cards if card.turn.is_yours and card.case.pk not in asked],
        "others": [card for card in cards if not card.turn.is_yours and card.progress.turn],
        "ended": [card for card in cards if not card.progress.turn],
        "referrals": referrals,
        "is_referrer": Role.REFERRER in roles_of(viewer),
        "only_refers": roles_of(viewer) == {Role.REFERRER},
        "is_payer": Role.PAYER in roles_of(viewer),
        "without_navigator": cases.without_navigator(viewer),
        "may_open": glance.may_open(viewer),
    }
    return render(request, "casefile/cases.html", context)


def overview(request: HttpRequest, case: Case) -> HttpResponse:
    viewer = actor(request)
    page = glance.page(viewer, case)
    context = page | {
        "is_overview": True,
        "participants": cases.participants(viewer, case),
        "story": glance.story(case, page["seat"], page["turn"]),
        "kinds": KINDS.values(),
    }
    return render(request, "casefile/overview.html", context)


def document(request: HttpRequest, case: Case, file: uuid.UUID) -> HttpResponse:
    """The words of a document beside its pages, the words that facts were read from marked."""
    viewer = actor(request)
    found = intake.file_for(viewer, case, file)
    facts = facts_of_file(viewer, case, found)
    text = getattr(found, "text", None)
    pictured = text is not None and pictures.has_pages(intake.content(viewer, case, file))
    pages = words.pages(text.text, text.page_starts, facts) if text else ()
    linked = pages[: pictures.LINKED_PAGES] if pictured else ()
    context = glance.page(viewer, case, "records", "understand") | {
        "file": found,
        "heading": title(found, facts),
        "shortcomings": shortcomings(text.text) if text else (),
        "facts": facts,
        "pages": pages,
        "pictured": pictured,
        "places": {p.number: pictures.places(intake.words_on(viewer, case, file, p.number), facts) for p in linked},
    }
    return render(request, "casefile/document.html", context)


def page_image(request: HttpRequest, case: Case, file: uuid.UUID, number: int) -> HttpResponse:
    """One page of a document as a picture, for those who may read the document."""
    viewer = actor(request)
    found = intake.file_for(viewer, case, file)
    words_there = intake.words_on(viewer, case, file, number)
    png = pictures.page(intake.content(viewer, case, file), number, words_there, facts_of_file(viewer, case, found))
    response = HttpResponse(png, content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response


def file(request: HttpRequest, case: Case, file: uuid.UUID) -> HttpResponse:
    """The bytes as they came, to be saved and never run."""
    data = intake.content(actor(request), case, file)
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    response["Cache-Control"] = "private, no-store"
    return response


def thread(request: HttpRequest, case: Case) -> HttpResponse:
    form = MessageForm(request.POST if request.method == "POST" else None)
    sent = request.method == "POST"
    by, now = person(request), timezone.now()
    if sent and done(form, lambda: messaging.write(case=case, **form.cleaned_data, by=by, now=now)):
        messages.success(request, "Your message was sent.")
        return redirect("thread", case=case.key)
    context = glance.page(by, case) | {
        "thread": threads.thread(by, case),
        "form": form,
        "readers": company(by, case, Permission.WRITE_MESSAGE),
        "roles_there": roles_by_person(by, case),
    }
    return render(request, "casefile/thread.html", context, status=UNPROCESSABLE if sent else HTTPStatus.OK)
