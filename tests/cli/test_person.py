"""The first accounts of an installation, made from the terminal."""

from __future__ import annotations

import pytest

from overread.cli.accounts import make_person
from overread.cli.person import ROLES
from overread.workflow.accounts.models import Organisation, Person
from overread.workflow.accounts.permissions import roles_of
from overread.workflow.accounts.roles import Role
from overread.workflow.audit.queries import export

pytestmark = pytest.mark.django_db
PASSWORD = "a fairly long sentence"


def test_every_role_can_be_given() -> None:
    assert set(ROLES) == set(Role)


def test_an_account_with_a_role_and_its_trail() -> None:
    said = make_person("Ops@example.org", "Olive Park", "operator", "North", PASSWORD)

    made = Person.objects.get()
    assert said == "ops@example.org is operator of North."
    assert made.check_password(PASSWORD)
    assert roles_of(made) == {Role.OPERATOR}
    done = [row["action"] for row in export("installation")]
    assert done == ["accounts.person_created", "accounts.organisation_created", "accounts.role_granted"]


def test_who_is_there_gets_the_role_in_addition() -> None:
    make_person("ops@example.org", "Olive Park", "operator", "North", PASSWORD)
    make_person("OPS@example.org", "Somebody", "navigator", "North", "")

    assert roles_of(Person.objects.get()) == {Role.OPERATOR, Role.NAVIGATOR}
    assert Person.objects.get().check_password(PASSWORD)
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(("email", "password"), [("nobody", PASSWORD), ("a@example.org", "short")])
def test_what_will_not_do_is_refused_and_nothing_is_made(email: str, password: str) -> None:
    with pytest.raises(ValueError, match=r"valid email|too short"):
        make_person(email, "A", "operator", "North", password)

    assert not Person.objects.exists()
    assert not Organisation.objects.exists()
