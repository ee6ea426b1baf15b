"""Our rules for the framework's accounts: what becomes of who makes one alone, and who is asked for a password again."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from ..audit.actors import System
from . import actions
from .models import Organisation, Person
from .roles import Role

SIGN_UP = System("sign-up")
SIGN_INS = frozenset({"password", "mfa"})


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The framework keeps the account; that somebody joined, and as what, goes through our actions."""

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        user.joined_at = timezone.now()
        user.name = form.cleaned_data.get("name") or form.cleaned_data["email"].split("@")[0]
        person: Person = super().save_user(request, user, form, commit)
        if commit:
            actions.note_sign_in(event="signed_up", person_key=str(person.key), by=SIGN_UP, now=timezone.now())
            first = Organisation.objects.order_by("pk").first()
            if first:
                actions.grant_role(person=person, role=Role.PATIENT, organisation=first, by=SIGN_UP, now=timezone.now())
        return person

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in a few minutes ago (ACCOUNT_REAUTHENTICATION_TIMEOUT) is not asked for the password again.

        Nor is anybody in a demo: its people are switched by one click, and no visitor knows their passwords.
        """
        asked: bool = super().is_reauthentication_required(app=app, **kwargs)
        return asked and not settings.DEMO and not _signed_in_just_now(self.request)


def _signed_in_just_now(request: HttpRequest) -> bool:
    """With a password, a code or a passkey; a link that came by mail is not enough."""
    records = get_authentication_records(request, request.user)
    at = [record["at"] for record in records if record["method"] in SIGN_INS]
    return bool(at) and time.time() - max(at) < app_settings.REAUTHENTICATION_TIMEOUT
