"""People, roles and a doctor's agreement: what who runs the installation decides, and that it holds."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts.models import Person, RoleGrant
from overread.workflow.accounts.roles import Role
from overread.workflow.audit.models import AuditRow
from overread.workflow.cases import actions as cases
from overread.workflow.cases.models import Case
from overread.workflow.cases.transitions import State
from overread.workflow.errors import Invalid, WrongState
from overread.workflow.intake import actions as intake
from tests.factories.cases import World

pytestmark = pytest.mark.django_db


def operator_grant(world: World) -> RoleGrant:
    return RoleGrant.objects.get(person=world[Role.OPERATOR], role=Role.OPERATOR, ended_at=None)


def test_the_last_operator_can_lock_nobody_out_not_even_themselves() -> None:
    world = World()
    operator = world[Role.OPERATOR]
    with pytest.raises(Invalid, match="last person"):
        accounts.set_active(person=operator, active=False, by=operator, now=world.now())
    with pytest.raises(Invalid, match="last person"):
        accounts.end_role(grant=operator_grant(world), by=operator, now=world.now())

    suspended = world.person("second@example.org", Role.OPERATOR)
    accounts.set_active(person=suspended, active=False, by=operator, now=world.now())
    with pytest.raises(Invalid, match="last person"):  # who is suspended runs nothing
        accounts.end_role(grant=operator_grant(world), by=operator, now=world.now())

    accounts.set_active(person=suspended, active=True, by=operator, now=world.now())
    accounts.end_role(grant=operator_grant(world), by=operator, now=world.now())
    assert operator_grant_count(operator) == 0


def operator_grant_count(person: Person) -> int:
    return RoleGrant.objects.filter(person=person, role=Role.OPERATOR, ended_at=None).count()


def test_a_suspended_account_loses_its_sessions_and_gets_them_back_by_signing_in() -> None:
    world = World().opened()
    client = Client()
    client.force_login(world.patient)
    assert client.get(reverse("cases")).status_code == 200
    accounts.set_active(person=world.patient, active=False, by=world[Role.OPERATOR], now=world.now())
    assert client.get(reverse("cases")).status_code == 302
    accounts.set_active(person=world.patient, active=True, by=world[Role.OPERATOR], now=world.now())
    done = list(AuditRow.objects.filter(about_key=str(world.patient.key)).values_list("action", flat=True))
    assert done[-2:] == ["accounts.suspended", "accounts.reactivated"]


@pytest.mark.django_db(transaction=True)
def test_a_second_factor_that_was_lost_is_reset_and_its_owner_is_told() -> None:
    world = World()
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=world.patient, type=kind, data={})
    accounts.reset_second_factor(person=world.patient, by=world[Role.OPERATOR], now=world.now())
    assert not Authenticator.objects.filter(user=world.patient).exists()
    assert mail.outbox[-1].to == [world.patient.email]
    assert "second factor was reset" in mail.outbox[-1].subject


# a doctor must agree


@pytest.fixture
def careful() -> World:
    world = World()
    world.organisation.doctor_must_agree = True
    world.organisation.save()
    return world


def opened(world: World, by: Role = Role.PATIENT) -> Case:
    return cases.open_case(organisation=world.organisation, role=by, by=world[by], now=world.now())


def test_a_case_that_no_doctor_opened_takes_nothing_until_one_agrees(careful: World) -> None:
    case = opened(careful)
    assert case.state == State.AGREEING
    with pytest.raises(WrongState, match="takes no records now"):
        intake.receive(case=case, chunks=[b"words"], name="a.txt", by=careful.patient, now=careful.now())
    cases.take(case=case, by=careful.navigator, now=careful.now())
    with pytest.raises(Invalid, match="Nobody was named"):
        cases.agree(case=case, by=careful.navigator, now=careful.now())
    started = cases.agree(case=case, doctor="Dr. Lind", by=careful.navigator, now=careful.now())
    assert (started.state, started.agreed_by) == (State.GATHERING, "Dr. Lind")
    intake.receive(case=case, chunks=[b"words"], name="a.txt", by=careful.patient, now=careful.now())


def test_the_referring_physician_agrees_in_their_own_name(careful: World) -> None:
    case = opened(careful)
    cases.take(case=case, by=careful.navigator, now=careful.now())
    cases.add_participant(
        case=case, person=careful[Role.REFERRER], role=Role.REFERRER, by=careful.navigator, now=careful.now()
    )
    agreed = cases.agree(case=case, doctor="Somebody else", by=careful[Role.REFERRER], now=careful.now())
    assert agreed.agreed_by == careful[Role.REFERRER].name
    with pytest.raises(WrongState):
        cases.agree(case=case, by=careful[Role.REFERRER], now=careful.now())


def test_a_doctor_who_opens_the_case_has_agreed(careful: World) -> None:
    assert opened(careful, Role.REFERRER).state == State.GATHERING


def test_elsewhere_nobody_is_asked() -> None:
    assert opened(World()).state == State.GATHERING
