"""All writes to accounts."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import available_timezones

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from ..audit.actions import record
from ..audit.actors import Actor
from ..errors import Expired, Invalid, NotAllowed
from . import permissions
from .models import Invitation, Notice, Organisation, Person, RoleGrant
from .notices import NOTICES
from .roles import Role
from .transitions import is_open

INVITATION_DAYS = 14


@transaction.atomic
def create_organisation(*, name: str, address: str = "", by: Actor, now: datetime) -> Organisation:
    permissions.require(permissions.may_run_installation(by))
    organisation = Organisation.objects.create(name=name, address=address)
    record(action="accounts.organisation_created", by=by, now=now, about=("organisation", organisation.key))
    return organisation


@transaction.atomic
def create_person(
    *, email: str, name: str, password: str | None = None, specialty: str = "", npi: str = "", by: Actor, now: datetime
) -> Person:
    """A new account. Without a password it can only be entered through an invitation or a reset."""
    permissions.require(permissions.may_run_installation(by))
    if Person.objects.filter(email__iexact=email).exists():
        raise Invalid("There is already an account with this address.", "Sign in, or ask for a new password.")
    person = Person(email=email.lower(), name=name, specialty=specialty, npi=npi, joined_at=now)
    person.set_password(password)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)  # vouched for by ``by``
    record(action="accounts.person_created", by=by, now=now, about=("person", person.key))
    return person


@transaction.atomic
def grant_role(*, person: Person, role: Role, organisation: Organisation, by: Actor, now: datetime) -> RoleGrant:
    """Give somebody a role in an organisation; giving it twice changes nothing."""
    permissions.require(permissions.may_run_installation(by))
    grant, made = RoleGrant.objects.get_or_create(
        person=person, organisation=organisation, role=role, ended_at=None, defaults={"granted_at": now}
    )
    if made:
        record(action="accounts.role_granted", by=by, now=now, about=("person", person.key), detail={"role": role})
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, by: Actor, now: datetime) -> None:
    permissions.require(permissions.may_run_installation(by))
    if grant.role == Role.OPERATOR:
        _somebody_else_runs_it(grant.person)
    RoleGrant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=now)
    about = ("person", grant.person.key)
    record(action="accounts.role_ended", by=by, now=now, about=about, detail={"role": grant.role})


@transaction.atomic
def set_active(*, person: Person, active: bool, by: Actor, now: datetime) -> Person:
    """Suspend an account, which ends its sessions, or open it again. What the person did stays."""
    permissions.require(permissions.may_run_installation(by))
    held = Person.objects.select_for_update().get(pk=person.pk)
    if not active:
        _somebody_else_runs_it(held)
    held.is_active = active
    held.save(update_fields=["is_active"])
    action = "accounts.reactivated" if active else "accounts.suspended"
    record(action=action, by=by, now=now, about=("person", held.key))
    return held


@transaction.atomic
def reset_second_factor(*, person: Person, by: Actor, now: datetime) -> None:
    """Forget somebody's authenticator apps, passkeys and recovery codes: they sign in by password and set up anew."""
    permissions.require(permissions.may_run_installation(by))
    forgotten, _ = Authenticator.objects.filter(user=person).delete()
    about, detail = ("person", person.key), {"forgotten": forgotten}
    record(action="accounts.second_factor_reset", by=by, now=now, about=about, detail=detail)
    notify(person=person, kind="second_factor_reset", by=by, now=now)


def _somebody_else_runs_it(person: Person) -> None:
    """Nobody can lock the last operator out, not even themselves. The grants are held until the transaction ends."""
    running = RoleGrant.objects.select_for_update().filter(role=Role.OPERATOR, ended_at=None)
    runs = {grant.person.pk for grant in running.select_related("person") if grant.person.is_active}
    if runs == {person.pk}:
        raise Invalid("This is the last person who runs the installation.", "First give somebody else that role.")


@transaction.atomic
def set_organisation(
    *,
    organisation: Organisation,
    name: str,
    time_zone: str,
    doctor_must_agree: bool,
    patients_may_rate: bool,
    holidays: Sequence[date],
    targets: Mapping[str, int],
    by: Actor,
    now: datetime,
) -> Organisation:
    """The institution's own settings. targets: step of a case to business days; a step left out has no target."""
    permissions.require(permissions.may_run_installation(by))
    if not name.strip():
        raise Invalid("The institution has no name.", "Write its name.")
    if time_zone not in available_timezones():
        raise Invalid(f"There is no time zone “{time_zone}”.", "Write it as in Europe/Paris or America/Chicago.")
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    held.name, held.time_zone = name.strip(), time_zone
    held.doctor_must_agree, held.patients_may_rate = doctor_must_agree, patients_may_rate
    held.holidays, held.targets = sorted({day.isoformat() for day in holidays}), dict(targets)
    held.save()
    record(action="accounts.organisation_set", by=by, now=now, about=("organisation", held.key))
    return held


@transaction.atomic
def invite(
    *, email: str, role: Role, organisation: Organisation, case_key: uuid.UUID | None = None, by: Actor, now: datetime
) -> tuple[Invitation, str]:
    """An invitation and the token of its link, which is shown once and never kept."""
    permissions.require(permissions.may_invite(by, role))
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        token_digest=digest_of(token),
        email=email.lower(),
        role=role,
        organisation=organisation,
        case_key=case_key,
        made_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    record(
        action="accounts.invited", by=by, now=now, case_key=case_key, about=("invitation", invitation.key),
        detail={"role": role},
    )  # fmt: skip
    _send("invited", f"{settings.PUBLIC_ADDRESS}/invitations/{token}/", invitation.email)
    return invitation, token


@transaction.atomic
def accept_invitation(*, token: str, by: Person, now: datetime) -> Invitation:
    """Use an invitation. It works once, until it expires, for the address it was sent to."""
    invitation = Invitation.objects.select_for_update().filter(token_digest=digest_of(token)).first()
    if invitation is None or not is_open(now, expires_at=invitation.expires_at, used_at=invitation.used_at):
        raise Expired(
            "It has expired or was used.", "Already used it? Sign in. If not, ask whoever invited you for a new one."
        )
    if not permissions.may_accept(by, invitation):
        raise NotAllowed("This invitation was sent to another address.", "Sign in with the address it was sent to.")
    invitation.used_at, invitation.used_by = now, by
    invitation.save(update_fields=["used_at", "used_by"])
    RoleGrant.objects.get_or_create(
        person=by, organisation=invitation.organisation, role=invitation.role, ended_at=None,
        defaults={"granted_at": now},
    )  # fmt: skip
    about = ("invitation", invitation.key)
    record(action="accounts.invitation_accepted", by=by, now=now, case_key=invitation.case_key, about=about)
    return invitation


@transaction.atomic
def notify(*, person: Person, kind: str, case_key: uuid.UUID | None = None, by: Actor, now: datetime) -> Notice:
    """Tell somebody that there is news, here and by mail. Neither says what the news is."""
    permissions.require(permissions.may_notify(by))
    whose = by if isinstance(by, Person) else None
    notice = Notice.objects.create(person=person, kind=kind, case_key=case_key, of=whose, made_at=now)
    about, detail = ("notice", notice.key), {"person": str(person.key)}
    record(action="accounts.notified", by=by, now=now, case_key=case_key, about=about, detail=detail)
    _send(kind, f"{settings.PUBLIC_ADDRESS}/", person.email)
    return notice


def _send(kind: str, address: str, to: str) -> None:
    """The notice's own words and an address, once the transaction holds."""
    subject, body = NOTICES[kind]
    transaction.on_commit(
        lambda: send_mail(subject, f"{body}\n\n{address}\n", settings.DEFAULT_FROM_EMAIL, [to]), robust=True
    )


@transaction.atomic
def read_notice(*, notice: Notice, by: Person, now: datetime) -> None:
    permissions.require(permissions.may_read_notice(by, notice))
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now)
    record(action="accounts.notice_read", by=by, now=now, case_key=notice.case_key, about=("notice", notice.key))


@transaction.atomic
def note_sign_in(*, event: str, person_key: str, by: Actor, now: datetime) -> None:
    """Write down a sign-in, a sign-out or a refused attempt. Called by the sign-in framework's receivers."""
    record(action=f"accounts.{event}", by=by, now=now, about=("person", person_key))


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
