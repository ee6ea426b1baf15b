"""The signed reports of the cases in which a payer takes part."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from overread.workflow.cases.queries import cases_of, seat_of
from overread.workflow.reports.queries import reports

from ..casefile import glance
from ..casefile.banner import banner
from ..routing import person


def required(request: HttpRequest) -> HttpResponse:
    """``found``: each case at a glance, which kind of review it is, its signed reports; those that are not signed yet first."""
    viewer = person(request)
    cards = glance.by_day([glance.card(viewer, case) for case in cases_of(viewer)])
    found = [
        (card, banner(viewer, card.case, seat_of(viewer, card.case)).kind, reports(viewer, card.case)) for card in cards
    ]
    context = {"found": sorted(found, key=lambda one: bool(one[2])), "open": sum(not signed for _, _, signed in found)}
    return render(request, "payer/required.html", context)
