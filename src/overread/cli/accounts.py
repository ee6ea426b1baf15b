"""Making an account by the real actions. Needs a running database."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from overread.workflow.accounts import actions
from overread.workflow.accounts.models import Organisation, Person
from overread.workflow.accounts.roles import Role
from overread.workflow.audit.actors import System

TERMINAL = System("terminal")


@transaction.atomic
def make_person(email: str, name: str, role: str, organisation: str, password: str) -> str:
    """The sentence that says what was done. Raises ValueError for an address or password that will not do."""
    now = timezone.now()
    known = Person.objects.filter(email__iexact=email).first()
    if known is None:
        _check(email, password)
        known = actions.create_person(email=email, name=name, password=password, by=TERMINAL, now=now)
    place = Organisation.objects.filter(name=organisation).first()
    place = place or actions.create_organisation(name=organisation, by=TERMINAL, now=now)
    actions.grant_role(person=known, role=Role(role), organisation=place, by=TERMINAL, now=now)
    return f"{known.email} is {role} of {place.name}."


def _check(email: str, password: str) -> None:
    try:
        validate_email(email)
        validate_password(password, Person(email=email))
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
