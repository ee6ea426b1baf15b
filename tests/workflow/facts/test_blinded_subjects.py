"""A hidden report links two visible ones: the navigator sees one person, blinded eyes what the visible ones prove."""

from __future__ import annotations

import pytest

from overread.clinical.record import Domain
from overread.workflow.cases import actions as cases
from overread.workflow.cases.models import Case
from overread.workflow.cases.transitions import Move
from overread.workflow.cases.visibility import Discipline
from overread.workflow.facts import actions as facts
from overread.workflow.facts.models import SubjectRow
from overread.workflow.facts.queries import subjects
from overread.workflow.intake import actions as intake
from overread.workflow.referrals import actions as referrals
from tests.factories.cases import World

pytestmark = pytest.mark.django_db
NAME, NUMBER, BORN = "Patient Name: Lund, Bo\n", "MRN: 4711\n", "DOB: 04/25/1961\n"


def seen(world: World, case: Case, who: str) -> list[tuple[bool, list[object]]]:
    viewer = world.reviewer if who == "reviewer" else world.navigator
    told = subjects(viewer, case)
    return [(v.is_patient, [s.fact.value for s in v.facts if s.fact.field == "ecog"]) for v in told]


def test_what_stands_together_does_not_tell_of_a_hidden_link() -> None:
    world = World().opened()
    world.add(f"{NAME}{NUMBER}{BORN}A report that nobody clears. ECOG performance status: 3.".encode(), "hidden.txt")
    for n, head in enumerate((NUMBER, BORN)):
        file = world.add(f"{NAME}{head}ECOG performance status: {n}.".encode(), f"{n}.txt")
        intake.clear(file=file, domain=Domain.CLINICAL, by=world.navigator, now=world.now())
    facts.name_patient(subject=SubjectRow.objects.get(case=world.case), by=world.navigator, now=world.now())
    for move in (Move.RECORDS_READY, Move.UNDERSTOOD):
        cases.move(case=world.case, to=move, by=world.navigator, now=world.now())
    referrals.refer(
        case=world.fresh().case, person=world.reviewer, discipline=Discipline.PATHOLOGY, by=world.navigator,
        now=world.now(),
    )  # fmt: skip

    assert seen(world, world.case, "navigator") == [(True, [3, 0, 1])]
    assert seen(world, world.case, "reviewer") == [(True, [0]), (False, [1])]
    keys = [view.subject.key for view in subjects(world.reviewer, world.case)]
    assert keys == ["patient", "subject 2"]
