"""The signed reports of the cases in which a payer takes part."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from overread.workflow.cases.queries import cases_of
from overread.workflow.reports.queries import reports

from ..casefile import glance
from ..routing import person


def required(request: HttpRequest) -> HttpResponse:
    """``found``: each case at a glance with its signed reports, those that are not signed yet first."""
    viewer = person(request)
    cards = glance.by_day([glance.card(viewer, case) for case in cases_of(viewer)])
    found = [(card, reports(viewer, card.case)) for card in cards]
    context = {"found": sorted(found, key=lambda pair: bool(pair[1])), "open": sum(not signed for _, signed in found)}
    return render(request, "payer/required.html", context)
