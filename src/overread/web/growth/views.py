"""One chart a lesion, from the same facts as the page that shows it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from overread.clinical.assessment import growth_of
from overread.workflow.cases.models import Case
from overread.workflow.errors import NotFound
from overread.workflow.facts.queries import lead_record

from ..routing import actor
from .chart import DARK, LIGHT, PLAIN, picture


def chart(request: HttpRequest, case: Case, number: int) -> HttpResponse:
    """The sizes of the number-th lesion, counted from 1 as on the facts page, ``?look=dark`` for the dark theme, ``?title=plain`` for a title without figures. NotFound where the viewer sees none."""
    lesions = growth_of(lead_record(actor(request), case)).lesions
    if not 1 <= number <= len(lesions):
        raise NotFound
    colours = DARK if request.GET.get("look") == "dark" else LIGHT
    title = PLAIN if request.GET.get("title") == "plain" else None
    response = HttpResponse(picture(lesions[number - 1], colours, title), content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-store"
    return response
