"""What Overread told the person who looks, by mail and here: that there is something to read, never what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts import queries
from overread.workflow.accounts.models import Notice, Person
from overread.workflow.cases.models import Case
from overread.workflow.cases.queries import cases_of, participants, seat_of

from ..routing import person
from .glance import title


@dataclass(frozen=True, slots=True)
class Words:
    """What is said here, to somebody who is signed in already, and the page of the case that it leads to.

    named: how it goes on after the name of whose deed it was; empty where nobody is named.
    """

    said: str
    page: str = "case"
    named: str = ""


WORDS: dict[str, Words] = {
    "invited": Words("Somebody asks you to take part in a second opinion", named="asks you to take part"),
    "case_moved": Words("A case that you take part in has moved to its next step"),
    "your_turn": Words("It is your turn"),
    "report_ready": Words("The report is ready", "report"),
    "second_factor_reset": Words("Your second factor was reset at your request. Set it up again."),
    "asked_again": Words("A physician's view is asked for again: the opinions differ"),
    "message": Words("Somebody wrote to you", "thread", "wrote to you"),
    "call_arranged": Words("A call was arranged", "calls", "arranged a call"),
    "call_cancelled": Words("A call was cancelled", "calls", "cancelled a call"),
    "call": Words("A call was arranged or cancelled", "calls"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A case as the notices of one person speak of it: its name, its clock, and whom the person may know in it."""

    title: str
    zone: str
    known: frozenset[int]


@dataclass(frozen=True, slots=True)
class News:
    """A notice in words. href, case: where it leads and the case; empty once the person takes no part any more."""

    notice: Notice
    words: str
    zone: str
    href: str = ""
    case: str = ""


def notices(request: HttpRequest) -> HttpResponse:
    found = list(_news(person(request)))
    unread = sum(one.notice.read_at is None for one in found)
    return render(request, "casefile/notices.html", {"news": found, "unread_here": unread})


def _news(viewer: Person) -> Iterator[News]:
    found = queries.notices(viewer)
    spoken_of = {notice.case_key for notice in found}
    own = {case.key: _told(viewer, case) for case in cases_of(viewer) if case.key in spoken_of}
    for notice in found:
        about = own.get(notice.case_key) if notice.case_key else None
        yield _of_a_case(notice, about) if about else News(notice, WORDS[notice.kind].said, settings.TIME_ZONE)


def _told(viewer: Person, case: Case) -> Told:
    known = frozenset(seat.person_id for seat in participants(viewer, case))
    return Told(title(seat_of(viewer, case), case), case.organisation.time_zone, known)


def _of_a_case(notice: Notice, about: Told) -> News:
    words = WORDS[notice.kind]
    named = notice.of and notice.of_id in about.known and words.named
    said = f"{notice.of.name} {words.named}" if notice.of and named else words.said
    return News(notice, said, about.zone, reverse(words.page, args=[notice.case_key]), about.title)


def mark_read(request: HttpRequest) -> HttpResponse:
    """Every notice; or the one that is named, and on to the page that it tells of."""
    viewer, named = person(request), request.POST.get("notice")
    for notice in queries.unread_notices(viewer):
        if named in (None, str(notice.key)):
            accounts.read_notice(notice=notice, by=viewer, now=timezone.now())
    if named is not None:
        return redirect(
            next((one.href for one in _news(viewer) if one.href and str(one.notice.key) == named), "notices")
        )
    messages.success(request, "Every notice is marked as read.")
    return redirect("notices")
