"""When opinions differ: what each physician says when asked to look again, and what follows from it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from overread.workflow.accounts.roles import Role
from overread.workflow.audit.actors import Actor
from overread.workflow.cases.models import Case
from overread.workflow.cases.queries import participants
from overread.workflow.reports import actions as reports
from overread.workflow.reports import queries as report_queries
from overread.workflow.reviews import actions as reviews
from overread.workflow.reviews import queries
from overread.workflow.reviews.transitions import Decision

from ..casefile import glance
from ..routing import actor, person
from ..staying import stays_on
from .forms import choice


def look_again(request: HttpRequest, case: Case) -> HttpResponse:
    """Who was asked, what they said, and for the navigator where the case goes next."""
    viewer = actor(request)
    asked = queries.reconsiderations(viewer, case)
    context = glance.page(viewer, case) | {
        "asked": asked,
        "all_answered": bool(asked) and all(row.answered_at for row in asked),
        "comparisons": report_queries.comparisons(viewer, case),
        "board_sits": board_sits(viewer, case),
    }
    return render(request, "navigator/look_again.html", context)


def board_sits(viewer: Actor, case: Case) -> bool:
    """Does somebody of the tumor board take part, who could decide?"""
    return any(seat.role == Role.BOARD for seat in participants(viewer, case))


@stays_on(look_again, "look-again")
def answer(request: HttpRequest, case: Case, asked: uuid.UUID) -> HttpResponse:
    """The first physician's own answer, or one that the navigator writes down."""
    found = queries.reconsideration_for(actor(request), case, asked)
    decision = choice(Decision, request.POST.get("decision"), "answer")
    reason, name = request.POST.get("reason", ""), request.POST.get("name", "")
    reviews.answer_for_first(
        asked=found, decision=decision, reason=reason, name=name, by=person(request), now=timezone.now()
    )
    messages.success(request, "The answer is written down.")
    return redirect("look-again", case=case.key)


def settle(request: HttpRequest, case: Case) -> HttpResponse:
    reports.settle(case=case, by=person(request), now=timezone.now())
    messages.success(request, "The opinions were compared again. The report can be drafted.")
    return redirect("report", case=case.key)


def third_opinion(request: HttpRequest, case: Case) -> HttpResponse:
    reviews.open_third_opinion(case=case, by=person(request), now=timezone.now())
    messages.success(request, "Choose a third specialist. They read blinded, like the second.")
    return redirect("route", case=case.key)
