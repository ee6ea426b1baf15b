"""Accounts made from the terminal."""

from __future__ import annotations

import pytest

from overread.cli.people import make_person
from overread.workflow.accounts.models import Person
from overread.workflow.errors import Invalid

pytestmark = pytest.mark.django_db
GIVEN = {"email": "Op@Example.org", "name": "Olu", "organisation": "North", "specialty": ""}


def test_an_account_has_its_roles_in_an_organisation_that_is_made_once() -> None:
    said = make_person(**GIVEN, roles=["operator", "navigator"], password="a very long password")
    make_person(**GIVEN | {"email": "b@example.org"}, roles=["navigator"], password="a very long password")
    person = Person.objects.get(email="op@example.org")
    assert {(g.role, g.organisation.name) for g in person.grants.all()} == {
        ("operator", "North"),
        ("navigator", "North"),
    }
    assert "op@example.org" in said


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"roles": ["king"]}, "no role king"), ({"password": "short"}, "too short")],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(changed: dict[str, object], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        make_person(**{**GIVEN, "roles": ["operator"], "password": "a very long password", **changed})  # type: ignore[arg-type]
    assert not Person.objects.exists()
