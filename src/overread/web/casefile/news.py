"""What Overread told the person who looks, by mail and here: that there is something to read, never what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts import queries
from overread.workflow.accounts.models import Notice, Person
from overread.workflow.accounts.notices import NOTICES
from overread.workflow.cases.models import Case
from overread.workflow.cases.queries import cases_of, seat_of

from ..routing import person
from .glance import title


@dataclass(frozen=True, slots=True)
class News:
    """A notice in words. case, called: where it leads and its name; None once the person takes no part any more."""

    notice: Notice
    words: str
    case: Case | None = None
    called: str = ""


def notices(request: HttpRequest) -> HttpResponse:
    viewer = person(request)
    found = list(_news(viewer))
    unread = sum(one.notice.read_at is None for one in found)
    return render(request, "casefile/notices.html", {"news": found, "unread_here": unread})


def _news(viewer: Person) -> Iterator[News]:
    found = queries.notices(viewer)
    spoken_of = {notice.case_key for notice in found}
    own = {case.key: (case, title(seat_of(viewer, case), case)) for case in cases_of(viewer) if case.key in spoken_of}
    for notice in found:
        case, called = own.get(notice.case_key, (None, "")) if notice.case_key else (None, "")
        yield News(notice, NOTICES[notice.kind][1], case, called)


def mark_read(request: HttpRequest) -> HttpResponse:
    viewer = person(request)
    for notice in queries.unread_notices(viewer):
        accounts.read_notice(notice=notice, by=viewer, now=timezone.now())
    messages.success(request, "Every notice is marked as read.")
    return redirect("notices")
