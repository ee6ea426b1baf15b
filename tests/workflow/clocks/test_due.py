"""Until when, in a case that people work on: what starts its clocks, in the institution's own days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts.roles import Role
from overread.workflow.cases import actions as cases
from overread.workflow.cases.transitions import Move
from overread.workflow.clocks.queries import due, today
from overread.workflow.clocks.until import Until
from overread.workflow.errors import Invalid, WrongState
from overread.workflow.materials import actions as materials
from overread.workflow.materials.transitions import LetterKind, MaterialState
from overread.workflow.outcomes import tasks
from overread.workflow.outcomes.models import FollowUp
from tests.factories.cases import World

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 3, 4, 12, tzinfo=UTC)  # the world's cases open on Monday 2 March 2026


def said(world: World, role: Role = Role.NAVIGATOR, now: datetime = TODAY) -> Until:
    world.fresh()
    found = due(world[role], world.case, now)
    assert found is not None
    return found


def settings(world: World, **more: Any) -> None:
    kept = {"name": "North", "time_zone": "UTC", "doctor_must_agree": False, "patients_may_rate": True}
    wanted = {**kept, "holidays": [], "targets": {}, **more}
    accounts.set_organisation(organisation=world.organisation, **wanted, by=world[Role.OPERATOR], now=world.now())
    world.organisation.refresh_from_db()


def test_the_clock_of_a_pathology_review_starts_when_the_slides_arrive() -> None:
    world = World().reviewing()
    cases.set_kind(case=world.case, kind="pathology_only", by=world.navigator, now=world.now())
    assert said(world).on is None and "the slides or blocks arrive" in said(world).said
    piece = materials.expect_material(
        case=world.case, kind="slide", accession="S-1", holder="City", by=world.navigator, now=world.now()
    )
    assert said(world).on is None
    materials.move_material(
        material=piece, to=MaterialState.RECEIVED, holder="Here", by=world.navigator, now=world.now()
    )
    assert (said(world).said, said(world).used) == ("until 11 March 2026", "2 of 7 working days used")
    assert said(world, Role.REVIEWER) == said(world)


def test_records_that_turn_out_incomplete_stop_the_clock() -> None:
    world = World().gathered()
    world.move(Move.RECORDS_READY)
    assert world.case.complete_at is not None
    world.move(Move.MORE_RECORDS)
    assert world.case.complete_at is None


def test_the_institutions_holidays_and_targets_hold() -> None:
    world = World().understood()
    settings(world, targets={"routing": 2}, holidays=[date(2026, 3, 3)])
    assert (said(world).said, said(world).used) == ("until 5 March 2026", "1 of 2 working days used")
    assert said(world).basis == "This institution's own target"


def test_the_day_is_that_of_the_institutions_time_zone() -> None:
    world = World().opened()
    settings(world, time_zone="Pacific/Auckland")
    assert today(world.organisation, datetime(2026, 3, 2, 12, tzinfo=UTC)) == date(2026, 3, 3)


def test_the_earliest_request_for_records_counts_and_is_told_to_who_may_read_letters() -> None:
    world = World().opened()
    content = {"patient": "Ana", "birth_date": "1961-04-05", "details": ""}
    letter = materials.write_letter(
        case=world.case, kind=LetterKind.RECORDS, recipient="City", content=content, by=world.patient, now=world.now()
    )
    assert "has not started" in said(world).said
    materials.note_letter(letter=letter, received_on=date(2026, 3, 2), by=world.patient, now=world.now())
    assert said(world).on == date(2026, 4, 1)
    assert said(world, Role.PAYER).on is None
    materials.note_letter(letter=letter, answered_on=date(2026, 3, 3), by=world.patient, now=world.now())
    assert said(world).on is None


def test_the_outcome_is_asked_thirty_days_after_the_signature() -> None:
    world = World().signed()
    expected = date(2026, 4, 1)
    assert said(world, Role.PATIENT).on == expected
    assert not FollowUp.objects.exists()
    tasks.ask_due(timestamp=0)
    tasks.ask_due(timestamp=0)
    assert FollowUp.objects.get().due_at.date() == expected
    assert FollowUp.objects.get().asked_at is not None  # the signature is long ago
    assert said(world, Role.PATIENT).on == expected


@pytest.mark.parametrize("wrong", [{"time_zone": "Mars/Olympus"}, {"name": " "}])
def test_settings_that_cannot_be_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        settings(World(), **wrong)


def test_patients_rate_only_where_the_institution_wants_it() -> None:
    from overread.workflow.outcomes import actions as outcomes

    world = World().closed()
    settings(world, patients_may_rate=False)
    world.case.refresh_from_db()
    with pytest.raises(WrongState, match="no ratings"):
        outcomes.rate(case=world.fresh().case, stars=5, by=world.patient, now=world.now() + timedelta(days=1))
    settings(world)
    outcomes.rate(case=world.fresh().case, stars=5, by=world.patient, now=world.now())


def test_a_kind_that_there_is_not_is_refused() -> None:
    world = World().opened()
    with pytest.raises(Invalid):
        cases.set_kind(case=world.case, kind="telepathic", by=world.navigator, now=world.now())
