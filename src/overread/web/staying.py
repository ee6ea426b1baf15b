"""A form that cannot be taken is shown again on its own page: what was wrong stands in it, and what was typed is still there."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from overread.workflow.cases.models import Case
from overread.workflow.errors import Invalid, WrongState

View = Callable[..., HttpResponse]


@dataclass(slots=True)
class Refused:
    """``at``: the address that the form was sent to, by which the page knows the form again. said: the page shows it."""

    at: str
    what: str
    do: str
    sent: QueryDict
    said: bool = False


def stays_on(page: Callable[[HttpRequest, Case], HttpResponse], name: str) -> Callable[[View], View]:
    """For a view that takes a form: when what was sent cannot be used, or does not follow from where things
    are now, the answer is the page that the form stands on.

    name: the route of that page, which the frame marks as where the reader is.
    """

    def of(take: View) -> View:
        @functools.wraps(take)
        def tried(request: HttpRequest, case: Case, **where: object) -> HttpResponse:
            try:
                return take(request, case=case, **where)
            except (Invalid, WrongState) as refusal:
                refused = Refused(request.path, refusal.what, refusal.do, request.POST)
                request.refused = refused  # type: ignore[attr-defined]
                request.shown_at = reverse(name, args=[case.key])  # type: ignore[attr-defined]
                shown = page(request, case)
                if not refused.said:  # the page does not show this form any more
                    raise
                shown.status_code = refusal.status
                return shown

        return tried

    return of


def refused_at(request: HttpRequest, at: str) -> Refused | None:
    """What was refused of the form that is sent to this address."""
    found: Refused | None = getattr(request, "refused", None)
    return found if found and found.at == at else None
