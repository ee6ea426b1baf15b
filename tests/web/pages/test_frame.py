"""The frame of every page: links by role, the patient's band, the picture of the timeline."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from overread.clinical.assessment.timeline import Event
from overread.clinical.record import Fact, Icdo3Morphology, Method, Provenance
from overread.web import shell
from overread.web.casefile import timeline
from overread.web.casefile.banner import banner
from overread.workflow.accounts.roles import Role
from overread.workflow.cases.queries import seat_of
from tests.factories.cases import World

BAND = '<section aria-label="Patient and case"'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "label"),
    [
        (Role.REFERRER, "Refer a patient"),
        (Role.PAYER, "Opinions to read"),
        (Role.NAVIGATOR, "Own rates"),
        (Role.OPERATOR, "Installation"),
    ],
)
def test_each_role_is_offered_its_own_pages_and_a_patient_none_of_them(world: World, role: Role, label: str) -> None:
    assert label in [door.label for door in shell.doors(world[role])]
    assert [door.label for door in shell.doors(world.patient)] == ["Your cases"]
    assert shell.doors(AnonymousUser()) == []


@pytest.mark.django_db
def test_the_band_says_whom_the_case_is_about_and_how_sure_that_is(world: World) -> None:
    world.gathered()
    before = _banner(world, world.navigator)
    assert (before.name, before.birth_date, before.confirmed) == (world.patient.name, None, False)
    world.understood()
    after = _banner(world, world.navigator)
    assert after.confirmed and after.name and after.birth_date and not after.withheld


@pytest.mark.django_db
def test_a_blinded_reader_s_band_names_nobody_until_the_seal(world: World, at: Any) -> None:
    world.reviewing()
    page = at(world.reviewer).see("case")
    band = page[page.index(BAND) : page.index("</section>", page.index(BAND))]
    assert "Name withheld until you seal" in band and "Born" not in band
    assert _banner(world, world.reviewer).name is None
    world.sealed()
    revealed = _banner(world, world.reviewer)
    assert revealed.name and not revealed.withheld


@pytest.mark.django_db
def test_a_payer_s_band_names_nobody(world: World) -> None:
    world.signed()
    seen = _banner(world, world[Role.PAYER])
    assert (seen.name, seen.birth_date, seen.sex, seen.withheld) == (
        None,
        None,
        None,
        "Patient named in the PDF of the report only",
    )


def _banner(world: World, viewer: Any) -> Any:
    world.case.refresh_from_db()
    return banner(viewer, world.case, seat_of(viewer, world.case))


def event(field: str, value: Any, first: str, last: str | None = None) -> Event:
    fact = Fact(field, value, Provenance("d", Method.TEXT), None, first)
    days = date.fromisoformat(first), date.fromisoformat(last or first)
    return Event(*days, first, fact.spec.label, fact.text, fact.spec.domain, fact)


def test_one_day_is_no_picture_and_a_birthday_does_not_stretch_it() -> None:
    born = event("birth_date", "1950-01-01", "1950-01-01")
    one, other = event("histology", "adenocarcinoma", "2026-01-10"), event("lesion_size", 12, "2026-03-01")
    assert timeline.drawing([]) is None and timeline.drawing([born, one]) is None
    drawn = timeline.drawing([born, one, other])
    assert drawn is not None
    assert [lane.name for lane in drawn.lanes] == ["imaging", "pathology"]
    assert [tick.label for tick in drawn.ticks] == ["Feb 2026", "Mar 2026"]
    assert drawn.words.startswith("2 dated facts from 10 January 2026 to 1 March 2026.")


def test_a_month_or_a_year_stands_beside_the_days_and_stretches_nothing() -> None:
    """Among the days it would say which day it was, and as a bar that it lasted a year."""
    days = [event("histology", "adenocarcinoma", "2026-03-01"), event("grade", "G2", "2026-04-01")]
    year = event("specimen_collected", "2026", "2026-01-01", "2026-12-31")
    drawn, without = timeline.drawing([*days, year]), timeline.drawing(days)
    assert drawn is not None and without is not None
    first, last, vague = drawn.lanes[0].marks
    assert [mark.sure for mark in (first, last, vague)] == [True, True, False]
    assert timeline.LEFT < first.x < last.x < drawn.right < vague.x == drawn.aside < timeline.WIDTH
    assert last.turned and vague.title.startswith("some day in") and "Histology: adenocarcinoma" in first.title
    assert without.aside is None and without.right > drawn.right
    assert timeline.drawing([days[0], year]) is None


def test_the_list_of_days_says_the_same_words_once_and_codes_to_physicians() -> None:
    code = event("histology_code", Icdo3Morphology("8890/3"), "2026-01-01")
    same = [event("modality", "CT", "2026-01-01"), event("modality", "CT", "2026-01-01")]
    events = [*same, code, event("modality", "MR", "2026-02-01")]
    assert [(on, len(found)) for on, found in timeline.days(events, codes=True)] == [
        ("2026-01-01", 2),
        ("2026-02-01", 1),
    ]
    assert [len(found) for _, found in timeline.days(events, codes=False)] == [1, 1]


def test_a_day_with_more_says_how_much_more_and_leads_with_more_than_its_date() -> None:
    day = [event("study_date", "2026-01-01", "2026-01-01"), event("lesion_size", 12, "2026-01-01")]
    drawn = timeline.drawing([*day, event("lesion_size", 14, "2026-06-01")])
    assert drawn is not None
    first = drawn.lanes[0].marks[0]
    assert first.count == 2 and first.label.endswith("+1") and first.label.startswith("Lesion size")


def test_words_that_would_run_into_the_next_mark_are_left_out() -> None:
    close = [event("lesion_size", n, f"2026-01-{n:02}") for n in (1, 2, 3)]
    drawn = timeline.drawing([*close, event("lesion_size", 20, "2027-12-31")])
    assert drawn is not None
    assert [mark.label for mark in drawn.lanes[0].marks[:2]] == ["", ""]
