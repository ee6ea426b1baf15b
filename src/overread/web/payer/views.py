"""The signed reports of the cases in which a payer takes part."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from overread.workflow.cases.queries import cases_of
from overread.workflow.reports.queries import reports

from ..routing import person


def required(request: HttpRequest) -> HttpResponse:
    viewer = person(request)
    found = [(case, reports(viewer, case)) for case in cases_of(viewer)]
    return render(request, "payer/required.html", {"found": found})
