"""Our rules for the framework's accounts: what becomes of who makes one alone, and who is asked for a password again."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from ..audit.actors import System
from . import actions
from .models import Organisation, Person
from .roles import Role

SIGN_UP = System("sign-up")
FIRST_PASSKEY = "This device"
SIGN_INS = frozenset({"password", "mfa"})


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The framework keeps the account; that somebody joined, and as what, goes through our actions."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "This email address and this password do not belong together. Check both.",
        "enter_current_password": "This is not your password of now.",
        "incorrect_password": "This is not your password.",
        "incorrect_code": "This code does not fit. Check it, or ask for a new one.",
        "too_many_login_attempts": "Too many attempts failed. Wait a few minutes, then try again.",
        "email_taken": "There is an account with this address already. Sign in with it.",
    }

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


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor, in our words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "These digits do not fit. Type the six that the app shows now.",
    }

    def generate_authenticator_name(self, user: Person, type: str) -> str:
        return FIRST_PASSKEY


def _signed_in_just_now(request: HttpRequest) -> bool:
    """With a password, a code or a passkey; a link that came by mail is not enough."""
    records = get_authentication_records(request, request.user)
    at = [record["at"] for record in records if record["method"] in SIGN_INS]
    return bool(at) and time.time() - max(at) < app_settings.REAUTHENTICATION_TIMEOUT
