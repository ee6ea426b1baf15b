"""Making accounts from the terminal, by the same actions as everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from overread.workflow.accounts import actions
from overread.workflow.accounts.models import Organisation
from overread.workflow.accounts.roles import Role
from overread.workflow.audit.actors import System
from overread.workflow.errors import Invalid

TERMINAL = System("terminal")


@transaction.atomic
def make_person(email: str, name: str, roles: Sequence[str], organisation: str, specialty: str, password: str) -> str:
    """The account with its roles, all or nothing; a sentence that says so. Raises Invalid for what cannot be."""
    unknown = sorted(set(roles) - set(Role))
    if unknown:
        raise Invalid(f"There is no role {', '.join(unknown)}.", f"Choose from: {', '.join(Role)}.")
    try:
        validate_password(password)
    except ValidationError as weak:
        raise Invalid(" ".join(weak.messages)) from weak
    now = timezone.now()
    place = Organisation.objects.filter(name=organisation).first()
    place = place or actions.create_organisation(name=organisation, by=TERMINAL, now=now)
    made = actions.create_person(email=email, name=name, password=password, specialty=specialty, by=TERMINAL, now=now)
    for role in roles:
        actions.grant_role(person=made, role=Role(role), organisation=place, by=TERMINAL, now=now)
    return f"{made.name} can sign in as {made.email}: {', '.join(roles)} at {place.name}."
