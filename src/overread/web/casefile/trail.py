"""Who did what in a case: the trail in words, and as a receipt that can be checked elsewhere."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from overread.workflow.accounts.roles import ROLES, Role
from overread.workflow.audit.actors import Actor
from overread.workflow.cases import queries as cases
from overread.workflow.cases.models import Case
from overread.workflow.intake.queries import files
from overread.workflow.materials.queries import materials
from overread.workflow.referrals.queries import referrals
from overread.workflow.scheduling.queries import calls

from ..routing import actor
from ..templatetags.wording import local, piece_kind, place
from . import glance
from .deeds import Known, days

LONGEST = 40  # letters of a question


def trail(request: HttpRequest, case: Case) -> HttpResponse:
    viewer, zone = actor(request), case.organisation.time_zone
    found = days(cases.trail(viewer, case), known(viewer, case), ZoneInfo(zone))
    context = glance.page(viewer, case) | {"days": found, "place": place(zone)}
    return render(request, "casefile/trail.html", context)


def known(viewer: Actor, case: Case) -> Known:
    """The names that the rows of the trail leave out, of what this viewer may see anyway."""
    seats = cases.participants(viewer, case)
    return Known(
        people={str(seat.person.key): seat.person.name for seat in seats},
        roles={str(seat.person.key): ROLES[Role(seat.role)].label for seat in seats},
        things=_things(viewer, case),
        seats={str(seat.key): str(seat.person.key) for seat in seats},
    )


def _things(viewer: Actor, case: Case) -> dict[str, str]:
    zone = case.organisation.time_zone
    named = {
        **{file.key: file.name for file in files(viewer, case)},
        **{asked.key: f"the question “{_short(asked.text)}”" for asked in cases.questions(viewer, case)},
        **{
            m.key: f"{piece_kind(m.kind).lower()} {m.accession}{f' ({m.label})' if m.label else ''}"
            for m in materials(viewer, case)
        },
        **{call.key: f"a call on {local(call.at, zone)}" for call in calls(viewer, case)},
        **{sent.key: sent.seat.person.name for sent in referrals(viewer, case)},
    }
    return {str(key): name for key, name in named.items()}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0].rstrip(',;')}…"


def receipt(request: HttpRequest, case: Case) -> HttpResponse:
    """The trail as a file that can be checked without this installation (``overread verify``)."""
    body = cases.receipt(actor(request), case)
    response = JsonResponse(body, json_dumps_params={"indent": 1})
    response["Content-Disposition"] = 'attachment; filename="trail.json"'
    response["Cache-Control"] = "private, no-store"
    return response
