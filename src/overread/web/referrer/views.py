"""A physician asks for a second opinion on a patient of theirs."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from overread.workflow.accounts.roles import Role
from overread.workflow.cases import actions as cases

from ..patient.forms import MEANING
from ..routing import person
from .forms import ReferForm


def refer_patient(request: HttpRequest) -> HttpResponse:
    """Open a case with the question that the physician puts to the specialist."""
    physician = person(request)
    form = ReferForm(request.POST or None, person=physician)
    if request.method == "POST" and form.is_valid():
        given, now = form.cleaned_data, timezone.now()
        with transaction.atomic():
            case = cases.open_case(
                organisation=given["organisation"], title=given["title"], kind=given["kind"], role=Role.REFERRER,
                assessment={"treatment_started": MEANING[given["treatment_started"]]}, by=physician, now=now,
            )  # fmt: skip
            cases.ask(case=case, text=given["question"], by=physician, now=now)
        messages.success(request, "The case is open. A navigator will take it on.")
        return redirect("records", case=case.key)
    return render(request, "referrer/refer.html", {"form": form})
