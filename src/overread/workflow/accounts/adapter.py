"""What becomes of somebody who makes an account by themselves: a patient of the installation's first organisation."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone

from ..audit.actors import System
from . import actions
from .models import Organisation, Person
from .roles import Role

SIGN_UP = System("sign-up")


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
