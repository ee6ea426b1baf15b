"""Accounts, roles, invitations and notices."""

from __future__ import annotations

from datetime import timedelta

import pytest

from overread.workflow.accounts import actions, permissions, queries
from overread.workflow.accounts.models import Invitation, Notice, Person
from overread.workflow.accounts.roles import Role
from overread.workflow.audit.actors import System, Visitor
from overread.workflow.errors import Expired, Invalid, NotAllowed
from tests.factories.cases import SYSTEM, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def invited(world: World, role: Role = Role.PATIENT, email: str = "new@example.org") -> str:
    return actions.invite(email=email, role=role, organisation=world.organisation, by=SYSTEM, now=world.now())[1]


def test_an_address_has_one_account(world: World) -> None:
    world.person("One@example.org")
    with pytest.raises(Invalid):
        world.person("one@EXAMPLE.org")
    assert Person.objects.get_by_natural_key("ONE@example.org").email == "one@example.org"


def test_a_role_given_twice_is_held_once_and_can_end(world: World) -> None:
    person = world.person("new@example.org", Role.PAYER)
    grant = actions.grant_role(
        person=person, role=Role.PAYER, organisation=world.organisation, by=SYSTEM, now=world.now()
    )
    assert person.grants.count() == 1
    assert permissions.roles_of(person) == {Role.PAYER}
    actions.end_role(grant=grant, by=SYSTEM, now=world.now())
    assert permissions.roles_of(Person.objects.get(pk=person.pk)) == frozenset()
    assert queries.organisations_of(person, Role.PAYER) == []


def test_an_invitation_gives_its_role_once_to_whom_it_was_sent(world: World) -> None:
    token = invited(world)
    other, asked = world.person("other@example.org"), world.person("new@example.org")
    with pytest.raises(NotAllowed):
        actions.accept_invitation(token=token, by=other, now=world.now())
    actions.accept_invitation(token=token, by=asked, now=world.now())
    assert permissions.roles_of(asked) == {Role.PATIENT}
    with pytest.raises(Expired):
        actions.accept_invitation(token=token, by=asked, now=world.now())
    with pytest.raises(Expired):
        queries.open_invitation(token, world.now())


@pytest.mark.parametrize("days", [actions.INVITATION_DAYS, actions.INVITATION_DAYS + 1])
def test_an_invitation_expires(world: World, days: int) -> None:
    token, asked = invited(world), world.person("new@example.org")
    assert queries.open_invitation(token, world.now()).email == "new@example.org"
    late = Invitation.objects.get().made_at + timedelta(days=days)
    with pytest.raises(Expired):
        actions.accept_invitation(token=token, by=asked, now=late)
    with pytest.raises(Expired):
        queries.open_invitation(token, late)
    assert permissions.roles_of(asked) == frozenset()


def test_the_token_itself_is_kept_nowhere(world: World) -> None:
    token = invited(world)
    assert token not in str(list(Invitation.objects.values()))
    assert Invitation.objects.get().token_digest == actions.digest_of(token)


def test_a_notice_is_read_once_and_by_its_person(world: World) -> None:
    notice = actions.notify(person=world.patient, kind="message", by=SYSTEM, now=world.now())
    assert queries.unread_notices(world.patient) == [notice]
    with pytest.raises(NotAllowed):
        actions.read_notice(notice=notice, by=world.navigator, now=world.now())
    actions.read_notice(notice=notice, by=world.patient, now=world.now())
    assert queries.unread_notices(world.patient) == []
    assert Notice.objects.get().read_at


def test_who_is_not_a_person_has_no_roles() -> None:
    assert permissions.roles_of(Visitor("x")) == permissions.roles_of(System("x")) == frozenset()
    assert not permissions.may_run_installation(Visitor("x"))
    assert permissions.may_run_installation(System("x"))


def test_a_closed_account_has_no_roles(world: World) -> None:
    world.navigator.is_active = False
    assert permissions.roles_of(world.navigator) == frozenset()
