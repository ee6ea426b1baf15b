"""An opinion obtained outside that came back as a document: entered by the navigator, then compared like any other."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from overread.workflow.audit.actors import Actor
from overread.workflow.cases.models import Case
from overread.workflow.cases.queries import questions
from overread.workflow.intake.models import ReceivedFile
from overread.workflow.intake.queries import documents
from overread.workflow.referrals import actions as referrals
from overread.workflow.referrals.queries import outside_opinions

from ..casefile import glance
from ..forms import done
from ..reviewer.forms import OpinionForm
from ..routing import actor, person


class OutsideForm(OpinionForm):
    """Who wrote the document, and the opinion that stands in it."""

    file = forms.ModelChoiceField(
        label="Which document is it?", queryset=ReceivedFile.objects.none(), empty_label="Choose a document",
    )  # fmt: skip
    author = forms.CharField(label="Who signed it? The name, as on the document", max_length=200)
    field_of_work = forms.CharField(label="Their field", max_length=100, required=False)
    examined = forms.BooleanField(label="It was a visit: they saw and examined the patient", required=False)

    def __init__(self, *args: Any, viewer: Actor, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, questions=questions(viewer, case), **kwargs)
        known = ReceivedFile.objects.filter(pk__in=[f.pk for f in documents(viewer, case)])
        self.fields["file"].queryset = known  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        given = self.cleaned_data
        content = self.content(author=given["author"], specialty=given["field_of_work"])
        return {"file": given["file"], "author": given["author"], "examined": given["examined"], "content": content}


def enter(request: HttpRequest, case: Case) -> HttpResponse:
    viewer = actor(request)
    form = OutsideForm(request.POST if request.method == "POST" else None, viewer=viewer, case=case)

    def entered() -> None:
        referrals.enter_outside_opinion(case=case, **form.wanted(), by=person(request), now=timezone.now())

    if request.method == "POST" and done(form, entered):
        messages.success(request, "The opinion is entered. It is compared with the first one like any other.")
        return redirect("compare", case=case.key)
    context = glance.page(viewer, case) | {
        "form": form,
        "outside_opinions": outside_opinions(viewer, case),
        "documents": documents(viewer, case),
    }
    return render(request, "navigator/outside.html", context)
