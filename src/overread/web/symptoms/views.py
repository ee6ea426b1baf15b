"""What has been noticed, and what studies found among people who noticed the same."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from overread.clinical.symptoms import COVERED, rank

from .forms import SymptomsForm

EMERGENCY = rank(frozenset()).emergency  # the same whatever is said


@never_cache
def symptoms(request: HttpRequest) -> HttpResponse:
    """The form, and above it what follows from the answers. Posted, so that no address or log holds them."""
    asked = request.method == "POST"
    form = SymptomsForm(request.POST if asked else None)
    context: dict[str, object] = {"form": form, "emergency": EMERGENCY, "covered": COVERED}
    if asked and form.is_valid():
        context["ranking"] = form.ranking()
    return render(request, "symptoms/symptoms.html", context)
