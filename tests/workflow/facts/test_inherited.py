"""What is read from free text inherits what that text belongs to."""

from __future__ import annotations

import pytest

from overread.clinical.record import Domain
from overread.workflow.cases.visibility import Discipline
from overread.workflow.facts.queries import facts
from overread.workflow.intake import actions as intake
from tests.factories.cases import World

pytestmark = pytest.mark.django_db
RADIOLOGY = b"CT CHEST\nFINDINGS: Indeterminate solid nodule in the right upper lobe of the lung, 9 mm, suspicious.\n"


def fields_seen(world: World, name: str) -> set[str]:
    return {
        seen.fact.field for seen in facts(world.reviewer, world.case) if seen.row.file and seen.row.file.name == name
    }


@pytest.mark.parametrize(
    ("discipline", "cleared_as", "sees_any"),
    [
        (Discipline.RADIOLOGY, None, False),  # nobody has read it
        (Discipline.RADIOLOGY, Domain.IMAGING, False),  # all of it is the first reading of the images
        (Discipline.ONCOLOGY, None, False),
        (Discipline.ONCOLOGY, Domain.IMAGING, True),
        (Discipline.PATHOLOGY, Domain.IMAGING, True),
        (Discipline.PATHOLOGY, Domain.PATHOLOGY, False),
    ],
)
def test_facts_of_a_report_are_hidden_with_it(
    discipline: Discipline, cleared_as: Domain | None, sees_any: bool
) -> None:
    world = World().reviewing(discipline)
    file = world.add(RADIOLOGY, "ct.txt")
    assert file.facts.exists()
    if cleared_as:
        intake.clear(file=file, domain=cleared_as, by=world.navigator, now=world.now())
    assert bool(fields_seen(world, "ct.txt")) is sees_any


@pytest.mark.parametrize("discipline", [Discipline.ONCOLOGY, Discipline.PATHOLOGY])
def test_who_signed_the_first_reading_is_not_told_to_blinded_eyes_even_of_a_cleared_report(
    discipline: Discipline,
) -> None:
    world = World().reviewing(discipline)
    file = world.add(RADIOLOGY + b"Interpreted by: Ruth Eriksen, MD\n", "ct.txt")
    intake.clear(file=file, domain=Domain.IMAGING, by=world.navigator, now=world.now())
    signed = {s.fact.provenance.author for s in facts(world.navigator, world.case) if s.row.file_id == file.pk}
    blind = [s for s in facts(world.reviewer, world.case) if s.row.file_id == file.pk]
    assert signed == {"Ruth Eriksen"}
    assert blind and {s.fact.provenance.author for s in blind} == {None}


def test_a_plan_read_from_a_cleared_note_stays_hidden_from_blinded_eyes() -> None:
    world = World().reviewing(Discipline.ONCOLOGY)
    note = b"SOCIAL HISTORY: Former smoker, asbestos exposure.\nPLAN: We recommend radical nephrectomy.\n"
    file = world.add(note, "note.txt")
    intake.clear(file=file, domain=Domain.CLINICAL, by=world.navigator, now=world.now())
    told = fields_seen(world, "note.txt")
    assert {"smoking", "exposure"} <= told and not any(name.startswith("treatment") for name in told)
    assert any(s.fact.field == "treatment_proposed" for s in facts(world.navigator, world.case))
