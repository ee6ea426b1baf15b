"""Answering a referral, the reading room, the seal, keeping or changing, and signing the report."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from overread.workflow.accounts.models import Person
from overread.workflow.audit.actors import Actor
from overread.workflow.cases.models import Case
from overread.workflow.cases.queries import questions
from overread.workflow.errors import NotFound
from overread.workflow.facts import queries as facts
from overread.workflow.referrals import actions as referrals
from overread.workflow.referrals import queries as referral_queries
from overread.workflow.reports import actions as reports
from overread.workflow.reports import queries as report_queries
from overread.workflow.reviews import actions as reviews
from overread.workflow.reviews import queries as review_queries
from overread.workflow.reviews.models import Review
from overread.workflow.reviews.transitions import ReviewState

from ..casefile import glance
from ..forms import done
from ..routing import actor, person
from ..viewer import slides
from .amount import about, amount
from .first import by_source
from .forms import OpinionForm


def packet(request: HttpRequest, case: Case) -> HttpResponse:
    """The packet, as the specialist's seat may see it, and the referral that waits for an answer."""
    viewer = actor(request)
    given = referral_queries.packet(viewer, case, timezone.now())
    context = glance.page(viewer, case) | {
        "packet": given,
        "amount": amount(given),
        "about": about(given),
        "referrals": referral_queries.referrals(viewer, case),
    }
    return render(request, "reviewer/packet.html", context)


def accept(request: HttpRequest, case: Case, referral: uuid.UUID) -> HttpResponse:
    found = referral_queries.referral_for(actor(request), case, referral)
    reviews.accept(referral=found, by=person(request), now=timezone.now())
    messages.success(request, "Thank you. The reading room is open.")
    return redirect("review", case=case.key)


def decline(request: HttpRequest, case: Case, referral: uuid.UUID) -> HttpResponse:
    found = referral_queries.referral_for(actor(request), case, referral)
    referrals.decline(referral=found, by=person(request), now=timezone.now())
    messages.success(request, "Your answer was noted. The navigator will ask somebody else.")
    return redirect("cases")


def review(request: HttpRequest, case: Case) -> HttpResponse:
    """The reading room: what may be seen beside the structured opinion."""
    viewer = actor(request)
    own = _own(viewer, case)
    return _room(request, case, own, OpinionForm.of(own, questions(viewer, case)) if own else None)


def _room(request: HttpRequest, case: Case, own: Review | None, form: OpinionForm | None) -> HttpResponse:
    viewer = actor(request)
    request.shown_at = reverse("review", args=[case.key])  # type: ignore[attr-defined]
    revealed = own is not None and own.state != ReviewState.BLIND
    first = review_queries.first_opinion(viewer, case) if revealed else None
    context = glance.page(viewer, case) | {
        "packet": referral_queries.packet(viewer, case, timezone.now()),
        "review": own,
        "form": form,
        "versions": review_queries.versions(viewer, case),
        "asked_again": review_queries.own_reconsideration(viewer, case) if own else None,
        "first": first,
        "first_parts": by_source(first, facts.facts(viewer, case)) if first else (),
    }
    wrong = form is not None and bool(form.errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "reviewer/review.html", context | slides.room(viewer, case), status=status)


def _own(viewer: Actor, case: Case) -> Review | None:
    try:
        return review_queries.own_review(viewer, case)
    except NotFound:
        return None


def save(request: HttpRequest, case: Case) -> HttpResponse:
    """Keep the draft; with the button "seal", sign it blind and reveal the first interpretation."""
    viewer = person(request)
    own = review_queries.own_review(viewer, case)
    form = OpinionForm.sent(request.POST, own, questions(viewer, case))
    seals = "seal" in request.POST
    if not done(form, lambda: _keep(own, form, viewer, seals=seals)):
        return _room(request, case, own, form)
    sealed = "Your opinion is sealed. The first interpretation is shown now."
    messages.success(request, sealed if seals else "Saved. You can go on later.")
    return redirect("review", case=case.key)


def _keep(own: Review, form: OpinionForm, viewer: Person, *, seals: bool) -> None:
    now = timezone.now()
    reviews.save_draft(review=own, content=_content(own, form, viewer), by=viewer, now=now)
    if seals:
        reviews.seal(review=own, by=viewer, now=now)


def _content(own: Review, form: OpinionForm, viewer: Person) -> dict[str, Any]:
    return form.content(author=viewer.name, specialty=viewer.specialty or own.seat.discipline)


def finalise(request: HttpRequest, case: Case) -> HttpResponse:
    """Keep the sealed opinion or change it, with the reason."""
    return _keep_or_change(request, case, reviews.finalise, "Your final opinion is signed. Both versions are kept.")


def reconsider(request: HttpRequest, case: Case) -> HttpResponse:
    """The opinions differ: keep the signed opinion or change it, with the reason."""
    said = "Thank you. Your answer is written down; every version is kept."
    return _keep_or_change(request, case, reviews.reconsider, said)


def _keep_or_change(request: HttpRequest, case: Case, sign: Callable[..., object], said: str) -> HttpResponse:
    """Sign what was sealed, or what stands in the form now, with the reason; what cannot be signed is shown again."""
    viewer = person(request)
    own = review_queries.own_review(viewer, case)
    form = OpinionForm.sent(request.POST, own, questions(viewer, case))
    reason, changes = request.POST.get("reason", ""), request.POST.get("decision") == "change"

    def signed() -> None:
        content = _content(own, form, viewer) if changes else None
        sign(review=own, content=content, reason=reason, by=viewer, now=timezone.now())

    if not done(form, signed):
        return _room(request, case, own, form)
    messages.success(request, said)
    return redirect("review", case=case.key)


def sign_report(request: HttpRequest, case: Case, report: uuid.UUID) -> HttpResponse:
    found = report_queries.report_to_sign(actor(request), case, report)
    reports.sign(report=found, digest=request.POST.get("digest", ""), by=person(request), now=timezone.now())
    messages.success(request, "The report is signed.")
    return redirect("report-version", case=case.key, report=found.key)
