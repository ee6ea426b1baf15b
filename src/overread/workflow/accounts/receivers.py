"""Sign-ins, sign-outs and refused attempts, told by the framework and written into the trail. Nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.utils import timezone

from ..audit.actors import System
from . import actions
from .models import Person

FRAMEWORK = System("sign-in")


@receiver(user_logged_in)
def signed_in(sender: Any, user: Person, **_: Any) -> None:
    actions.note_sign_in(event="signed_in", person_key=str(user.key), by=user, now=timezone.now())


@receiver(user_logged_out)
def signed_out(sender: Any, user: Person | None, **_: Any) -> None:
    if user:
        actions.note_sign_in(event="signed_out", person_key=str(user.key), by=user, now=timezone.now())


@receiver(user_login_failed)
def refused(sender: Any, **_: Any) -> None:
    """That somebody failed; not with which address, which may be a person's or a typing mistake."""
    actions.note_sign_in(event="sign_in_refused", person_key="", by=FRAMEWORK, now=timezone.now())
