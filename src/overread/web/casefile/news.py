"""What Overread told the person who looks, by mail and here: that there is something to read, never what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts import queries
from overread.workflow.accounts.models import Notice, Person
from overread.workflow.cases.queries import cases_of, seat_of

from ..routing import person
from .glance import title

# What is said here, to somebody who is signed in already, and the page of the case that it leads to.
WORDS: dict[str, tuple[str, str]] = {
    "invited": ("Somebody asks you to take part in a second opinion.", "case"),
    "case_moved": ("A case that you take part in has moved to its next step.", "case"),
    "your_turn": ("It is your turn: a case waits for you.", "case"),
    "report_ready": ("A report is ready for you.", "report"),
    "second_factor_reset": ("Your second factor was reset at your request. Set it up again.", "case"),
    "asked_again": ("A physician's view is asked for again: the opinions differ.", "case"),
    "message": ("Somebody wrote to you.", "thread"),
    "call": ("A call was arranged or cancelled.", "calls"),
}


@dataclass(frozen=True, slots=True)
class News:
    """A notice in words. href, called: where it leads and its name; empty once the person takes no part any more."""

    notice: Notice
    words: str
    href: str = ""
    called: str = ""


def notices(request: HttpRequest) -> HttpResponse:
    viewer = person(request)
    found = list(_news(viewer))
    unread = sum(one.notice.read_at is None for one in found)
    return render(request, "casefile/notices.html", {"news": found, "unread_here": unread})


def _news(viewer: Person) -> Iterator[News]:
    found = queries.notices(viewer)
    spoken_of = {notice.case_key for notice in found}
    own = {case.key: title(seat_of(viewer, case), case) for case in cases_of(viewer) if case.key in spoken_of}
    for notice in found:
        words, page = WORDS[notice.kind]
        if notice.case_key in own:
            yield News(notice, words, reverse(page, args=[notice.case_key]), own[notice.case_key])
        else:
            yield News(notice, words)


def mark_read(request: HttpRequest) -> HttpResponse:
    viewer = person(request)
    for notice in queries.unread_notices(viewer):
        accounts.read_notice(notice=notice, by=viewer, now=timezone.now())
    messages.success(request, "Every notice is marked as read.")
    return redirect("notices")
