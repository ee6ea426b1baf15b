"""The front door, how it works, and the assessment."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from overread.clinical import indication
from overread.workflow.accounts.roles import ROLES

from ..shell import home_of
from .forms import AssessmentForm

STEPS = (
    (
        "Ask",
        "A short assessment says whether a second opinion is worth asking for, which kind, and whether there is time.",
    ),
    ("Gather", "Reports, images and slides come together. Letters ask for what is missing."),
    (
        "Understand",
        "The records are read into facts, each with the words it came from, and checked against each other.",
    ),
    ("Route", "The specialties to hear are named, and an independent expert is found; the arithmetic is shown."),
    ("Review", "The specialist reads without the first interpretation, seals the opinion, then sees the first one."),
    ("Compare", "Where the two opinions agree and where they differ is shown, point by point."),
    ("Report", "One signed set of facts becomes the doctor's and the patient's report."),
    ("Learn", "After 30 days we ask what happened next."),
)


def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(home_of(request.user))
    return render(request, "public/home.html", {"steps": STEPS})


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about.html", {"steps": STEPS, "roles": [ROLES[role] for role in ROLES]})


def ask(request: HttpRequest) -> HttpResponse:
    """The assessment: the form, and below it what follows from the answers. Nothing is stored."""
    form = AssessmentForm(request.POST or None)
    context: dict[str, object] = {"form": form, "help_now": indication.EMERGENCY_ACTION}
    if request.method == "POST" and form.is_valid():
        context["indication"] = indication.assess(form.answers())
    return render(request, "public/ask.html", context)
