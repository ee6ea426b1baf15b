"""What is settled at the start of a case: a doctor's agreement where the institution asks for it, the kind of review."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from overread.workflow.cases import actions as cases
from overread.workflow.cases.models import Case

from ..routing import person


def agree(request: HttpRequest, case: Case) -> HttpResponse:
    cases.agree(case=case, doctor=request.POST.get("doctor", ""), by=person(request), now=timezone.now())
    messages.success(request, "The agreement is written down. The case has started.")
    return redirect("case", case=case.key)


def kind(request: HttpRequest, case: Case) -> HttpResponse:
    cases.set_kind(case=case, kind=request.POST.get("kind", ""), by=person(request), now=timezone.now())
    messages.success(request, "The kind of review is kept. Its clock follows from it.")
    return redirect("case", case=case.key)
