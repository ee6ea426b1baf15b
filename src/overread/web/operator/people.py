"""People of the installation: who they are, what roles they hold, whether they can sign in. Nothing of any case."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts import queries
from overread.workflow.accounts.models import Person
from overread.workflow.accounts.roles import ROLES, Role
from overread.workflow.errors import NotFound

from ..forms import done
from ..routing import actor, person
from .forms import InviteForm, RoleForm


def accounts_list(request: HttpRequest) -> HttpResponse:
    """Everybody with an account; and inviting somebody who has none."""
    viewer, now = person(request), timezone.now()
    sent = request.POST if request.method == "POST" else None
    form = InviteForm(sent, organisations=queries.organisations(viewer))
    if form.is_bound and done(form, lambda: accounts.invite(**form.wanted(), by=viewer, now=now)):
        messages.success(request, "An invitation was sent. It works for 14 days.")
        return redirect("accounts")
    second = queries.with_second_factor(viewer)
    context = {
        "people": [(one, roles(one), one.pk in second) for one in queries.everybody(viewer)],
        "invitations": queries.open_invitations(viewer, now),
        "form": form,
    }
    return render(request, "operator/people.html", context)


def roles(one: Person) -> list[str]:
    return sorted({ROLES[Role(grant.role)].label for grant in one.grants.all() if grant.ended_at is None})


def account(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """One account: its roles, its second factor, whether it is open."""
    viewer = actor(request)
    shown = queries.person_for(viewer, person)
    context = {
        "shown": shown,
        "grants": [(g, ROLES[Role(g.role)]) for g in shown.grants.all() if g.ended_at is None],
        "second_factor": shown.pk in queries.with_second_factor(viewer),
        "form": RoleForm(organisations=queries.organisations(viewer)),
    }
    return render(request, "operator/account.html", context)


def give_role(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    viewer = actor(request)
    shown = queries.person_for(viewer, person)
    form = RoleForm(request.POST, organisations=queries.organisations(viewer))
    if form.is_valid():
        accounts.grant_role(person=shown, **form.wanted(), by=viewer, now=timezone.now())
        messages.success(request, "The role was given.")
    else:
        messages.warning(request, "Nothing was changed: choose a role and an institution from the lists.")
    return redirect("account", person=person)


def end_role(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    viewer = actor(request)
    for held in queries.person_for(viewer, person).grants.all():
        if str(held.pk) == request.POST.get("grant") and held.ended_at is None:
            accounts.end_role(grant=held, by=viewer, now=timezone.now())
            messages.success(request, "The role was ended. What they did in it stays written down.")
            return redirect("account", person=person)
    raise NotFound


def open_or_close(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Suspend the account, or open it again."""
    viewer, active = actor(request), request.POST.get("active") == "yes"
    shown = queries.person_for(viewer, person)
    accounts.set_active(person=shown, active=active, by=viewer, now=timezone.now())
    said = (
        "The account is open again." if active else "The account is suspended. Its sessions end with their next page."
    )
    messages.success(request, said)
    return redirect("account", person=person)


def reset_second_factor(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    viewer = actor(request)
    accounts.reset_second_factor(person=queries.person_for(viewer, person), by=viewer, now=timezone.now())
    messages.success(request, "The second factor was reset. They were told by mail, and sign in with their password.")
    return redirect("account", person=person)
