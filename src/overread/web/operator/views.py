"""The installation at a glance, and its own rates."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from overread.workflow.audit.actions import INSTALLATION
from overread.workflow.audit.queries import first_break
from overread.workflow.directory.queries import in_use
from overread.workflow.outcomes.queries import own_rates

from ..routing import actor


def installation(request: HttpRequest) -> HttpResponse:
    context = {"broken_at": first_break(INSTALLATION), "pubmed": in_use("pubmed"), "trials": in_use("trials")}
    return render(request, "operator/installation.html", context)


def rates(request: HttpRequest) -> HttpResponse:
    return render(request, "operator/rates.html", {"rates": own_rates(actor(request))})
