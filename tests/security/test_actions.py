"""Every action by everybody, held to a table written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts.roles import Role
from overread.workflow.cases import actions as cases
from overread.workflow.cases.models import Participation
from overread.workflow.cases.transitions import Move
from overread.workflow.errors import NotAllowed
from tests.security.attempts import ATTEMPTS, BORROWED, actions, allowed, is_refused_by_itself, tried
from tests.security.worlds import Installation, expand, undone

pytestmark = pytest.mark.django_db
TABLE: dict[str, str] = yaml.safe_load((Path(__file__).parent / "actions.yaml").read_text())


def test_the_table_names_every_action_and_nothing_else() -> None:
    assert set(TABLE) == set(actions()) == set(ATTEMPTS)


@pytest.mark.parametrize("action", sorted(TABLE))
def test_who_may_do_it(installation: Installation, action: str) -> None:
    assert allowed(installation, action) == expand(TABLE[action], installation.actors)


@pytest.mark.parametrize("action", sorted(TABLE))
def test_who_may_not_is_refused_by_the_action_itself(installation: Installation, action: str) -> None:
    for who in set(installation.actors) - expand(TABLE[action], installation.actors):
        assert is_refused_by_itself(action, tried(installation, action, who)), who


@pytest.mark.parametrize("action", sorted(TABLE))
def test_it_is_really_done_for_who_may(installation: Installation, action: str) -> None:
    """So that a refusal above is one for want of permission and not of sense."""
    assert any(tried(installation, action, who) is None for who in expand(TABLE[action], installation.actors))


@pytest.mark.parametrize("move", sorted(BORROWED))
def test_the_navigator_cannot_take_a_step_without_the_action_it_belongs_to(
    installation: Installation, move: Move
) -> None:
    world = installation.at["signed"]
    with undone(), pytest.raises(NotAllowed):
        cases.move(case=world.case, to=move, by=world.navigator, now=world.now())


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.PATIENT,)])
def test_nobody_opens_a_case_in_a_role_they_do_not_hold(installation: Installation, role: Role) -> None:
    world = installation.at["opened"]
    with undone(), pytest.raises(NotAllowed):
        cases.open_case(organisation=world.organisation, role=role, by=world.patient, now=world.now())


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.BOARD, Role.PAYER, Role.OPERATOR])
def test_a_role_that_opens_no_cases_does_not_open_one(installation: Installation, role: Role) -> None:
    world = installation.at["opened"]
    with undone(), pytest.raises(NotAllowed):
        cases.open_case(organisation=world.organisation, role=role, by=world[role], now=world.now())


@pytest.mark.parametrize("role", [Role.NAVIGATOR, Role.OPERATOR])
def test_who_brings_people_in_cannot_make_somebody_their_equal_or_more(installation: Installation, role: Role) -> None:
    world = installation.at["opened"]
    with undone(), pytest.raises(NotAllowed):
        accounts.invite(
            email="x@example.org", role=role, organisation=world.organisation, by=world.navigator, now=world.now()
        )


def test_a_reviewer_who_left_the_case_can_do_nothing_more(installation: Installation) -> None:
    for action in ("reviews.save_draft", "reviews.finalise", "cases.reveal", "referrals.accept"):
        world = installation.at[ATTEMPTS[action].at]
        with undone():
            seat = Participation.objects.get(case=world.case, person=world.reviewer)
            cases.end_participation(participation=seat, by=world.reviewer, now=world.now())
            world.referral.refresh_from_db()
            if "review" in vars(world):
                world.review.refresh_from_db()
            assert isinstance(tried(installation, action, "reviewer"), NotAllowed), action
