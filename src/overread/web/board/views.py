"""The board's page: the question, the two opinions, the vote, the minutes."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from overread.workflow.accounts.roles import Permission
from overread.workflow.cases.models import Case
from overread.workflow.cases.queries import participants_who_may
from overread.workflow.intake import queries as intake
from overread.workflow.reports import queries as report_queries
from overread.workflow.reports.conclusions import VOTES
from overread.workflow.reviews import actions as reviews
from overread.workflow.reviews import queries as review_queries

from ..casefile import glance
from ..routing import actor, person
from ..staying import stays_on


def board(request: HttpRequest, case: Case) -> HttpResponse:
    """``boards``: each with whether the viewer has voted."""
    viewer = person(request)
    boards = review_queries.boards(viewer, case)
    context = glance.page(viewer, case) | {
        "boards": [(one, one.votes.filter(member=viewer).exists()) for one in boards],
        "votes": VOTES.items(),
        "comparisons": report_queries.comparisons(viewer, case),
        "members": participants_who_may(viewer, case, Permission.ADJUDICATE),
        "documents": intake.documents(viewer, case),
        "has_slides": bool(intake.visible_slides(viewer, case)),
    }
    return render(request, "board/board.html", context)


@stays_on(board, "board")
def vote(request: HttpRequest, case: Case, board: uuid.UUID) -> HttpResponse:
    found = review_queries.board_for(actor(request), case, board)
    choice, reason = request.POST.get("choice", ""), request.POST.get("reason", "")
    reviews.vote(board=found, choice=choice, reason=reason, by=person(request), now=timezone.now())
    messages.success(request, "Your vote was recorded.")
    return redirect("board", case=case.key)


@stays_on(board, "board")
def decide(request: HttpRequest, case: Case, board: uuid.UUID) -> HttpResponse:
    found = review_queries.board_for(actor(request), case, board)
    reviews.decide(board=found, minutes=request.POST.get("minutes", ""), by=person(request), now=timezone.now())
    messages.success(request, "The board's decision is recorded.")
    return redirect("board", case=case.key)
