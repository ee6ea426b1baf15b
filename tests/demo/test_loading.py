"""A load that was cut off is completed by the next one, and the same day gives the same documents."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from overread import demo
from overread.demo import cases as told
from overread.demo import publications
from overread.demo.story import Scene
from overread.workflow.cases.models import Case
from overread.workflow.directory.models import Release
from overread.workflow.intake.models import ReceivedFile

from .conftest import PIECE, SMALL, TODAY

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),  # Ibis still calls it
]
QUICK = told.CASES[:2]  # without images


@pytest.fixture(autouse=True)
def only_quick_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "CASES", QUICK)


def test_a_load_killed_between_cases_is_completed() -> None:
    lines = demo.load(today=TODAY, grid=SMALL, section=PIECE)
    while not next(lines).startswith("Making demo case 2"):
        pass
    lines.close()
    assert [c.title for c in Case.objects.all()] == [QUICK[0].title]

    list(demo.load(today=TODAY, grid=SMALL, section=PIECE))

    assert {c.title for c in Case.objects.all()} == {case.title for case in QUICK}
    assert Release.objects.count() == 1


def test_a_load_killed_within_a_case_leaves_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(scene: Scene) -> None:
        QUICK[1].tell(scene)
        raise KeyboardInterrupt

    monkeypatch.setattr(told, "CASES", (QUICK[0], replace(QUICK[1], tell=cut_off)))
    with pytest.raises(KeyboardInterrupt):
        list(demo.load(today=TODAY, grid=SMALL, section=PIECE))
    assert Case.objects.count() == 1

    monkeypatch.setattr(told, "CASES", QUICK)
    list(demo.load(today=TODAY, grid=SMALL, section=PIECE))

    assert Case.objects.count() == 2


def test_a_case_of_the_same_title_that_is_no_demo_is_left_alone() -> None:
    list(demo.load(today=TODAY, grid=SMALL, section=PIECE))
    Case.objects.filter(title=QUICK[0].title).update(is_demo=False)

    list(demo.load(today=TODAY, grid=SMALL, section=PIECE))

    assert Case.objects.filter(title=QUICK[0].title).count() == 2


def test_the_same_day_gives_the_same_images_and_documents() -> None:
    scene = Scene({}, None, TODAY, SMALL)  # type: ignore[arg-type]
    first, again = ([hashlib.sha256(data).hexdigest() for _, data in told.lung.slices(scene)] for _ in range(2))

    assert first == again
    assert len(set(first)) == 2 * SMALL.slices
    assert told.breast.bundle(scene) == told.breast.bundle(scene)


def test_an_operators_own_publications_stay_in_use() -> None:
    list(demo.load(today=TODAY, grid=SMALL, section=PIECE))
    Release.objects.update(source="MEDLINE")

    assert publications.bring_in(TODAY, Case.objects.first().opened_at) is False  # type: ignore[union-attr]
    assert Release.objects.get().source == "MEDLINE"


def test_every_file_came_from_one_of_the_demos_people() -> None:
    list(demo.load(today=TODAY, grid=SMALL, section=PIECE))

    assert all(f.received_by and f.received_by.email.endswith("@demo.example") for f in ReceivedFile.objects.all())
