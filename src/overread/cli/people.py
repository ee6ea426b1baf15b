"""Making accounts from the terminal, by the same actions as everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from overread.workflow.accounts import actions
from overread.workflow.accounts.models import Organisation, Person
from overread.workflow.accounts.roles import Role
from overread.workflow.audit.actors import System
from overread.workflow.errors import Invalid

TERMINAL = System("terminal")


@transaction.atomic
def make_person(email: str, name: str, roles: Sequence[str], organisation: str, specialty: str, password: str) -> str:
    """The account with its roles, all or nothing; a sentence that says so. Raises Invalid for what cannot be.

    Of somebody who has an account nothing is changed but the roles.
    """
    unknown = sorted(set(roles) - set(Role))
    if unknown:
        raise Invalid(f"There is no role {', '.join(unknown)}.", f"Choose from: {', '.join(Role)}.")
    now = timezone.now()
    who = Person.objects.filter(email__iexact=email).first()
    if who is None:
        _check(email, password)
        who = actions.create_person(
            email=email, name=name, password=password, specialty=specialty, by=TERMINAL, now=now
        )  # fmt: skip
    place = Organisation.objects.filter(name=organisation).first()
    place = place or actions.create_organisation(name=organisation, by=TERMINAL, now=now)
    for role in roles:
        actions.grant_role(person=who, role=Role(role), organisation=place, by=TERMINAL, now=now)
    return f"{who.name} can sign in as {who.email}: {', '.join(roles)} at {place.name}."


def _check(email: str, password: str) -> None:
    try:
        validate_email(email)
        validate_password(password, Person(email=email))
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error
