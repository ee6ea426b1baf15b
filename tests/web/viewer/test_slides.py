"""Slides over HTTP: who is answered what, and what never leaves."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from overread.interop import slides as interop
from overread.web.viewer import slides
from overread.workflow.accounts.roles import Role
from overread.workflow.cases.visibility import Discipline
from overread.workflow.intake import queries as intake
from tests.factories.cases import SYSTEM, World
from tests.interop.slides.synthetic import LABEL, aperio, pyramid

pytestmark = pytest.mark.django_db
NAME = "follicular carcinoma Rahman.svs"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.FILES_ROOT = tmp_path
    yield
    interop.close()


@pytest.fixture
def world() -> World:
    made = World().reviewing(Discipline.PATHOLOGY)
    made.add(aperio(1200, 800), NAME)
    return made


def browser(world: World, role: Role) -> Client:
    client = Client()
    client.force_login(world[role])
    return client


def address(world: World, name: str, **where: Any) -> str:
    slide = intake.visible_slides(SYSTEM, world.case)[0]
    return reverse(name, kwargs={"case": world.case.key, "slide": slide.key} | where)


def tile(world: World, level: int = 11, column: int = 0, row: int = 0) -> str:
    return address(world, "slide_tile", level=level, column=column, row=row)


def test_the_page_names_the_slide_for_who_may_read_its_name(world: World) -> None:
    page = reverse("slides", kwargs={"case": world.case.key})
    for role, told in ((Role.PATIENT, True), (Role.NAVIGATOR, True), (Role.REVIEWER, False)):
        words = browser(world, role).get(page).content.decode()
        assert "Slide 1" in words
        assert (NAME in words) is told
        assert LABEL not in words


def test_the_page_says_what_the_file_states(world: World) -> None:
    words = browser(world, Role.REVIEWER).get(address(world, "slide")).content.decode()
    for said in ("Aperio SVS, 1200 × 800 pixels", "0.5 µm a pixel; 0.6 × 0.4 mm", "20×", 'data-microns="0.5"'):
        assert said in words


def test_the_page_says_what_the_file_does_not_state(world: World) -> None:
    world.add(pyramid(microns=None), "second.tif")
    words = browser(world, Role.REVIEWER).get(reverse("slides", kwargs={"case": world.case.key})).content.decode()
    assert "Slide 2" in words
    assert "not stated in the file: lengths cannot be shown" in words


def test_the_policy_of_the_page_stays_strict(world: World) -> None:
    policy = browser(world, Role.REVIEWER).get(address(world, "slide"))["Content-Security-Policy"]
    assert "unsafe" not in policy


def test_the_reading_room_and_the_packet_hold_the_slide(world: World) -> None:
    for name in ("review", "packet"):
        words = browser(world, Role.REVIEWER).get(reverse(name, kwargs={"case": world.case.key})).content.decode()
        assert "Slide 1" in words
        assert "Rahman" not in words


def test_a_tile_is_tissue_kept_by_the_browser_and_by_nobody_between(world: World) -> None:
    answer = browser(world, Role.REVIEWER).get(tile(world))
    pixels = np.asarray(Image.open(io.BytesIO(answer.content)))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "private, max-age=86400, immutable"
    assert answer["Vary"] == "Cookie"
    np.testing.assert_allclose(pixels[400, 400], (200, 90, 150), atol=8)


def test_what_the_browser_has_is_not_sent_again_and_still_asked_for(world: World) -> None:
    client = browser(world, Role.REVIEWER)
    tag = client.get(tile(world))["ETag"]
    again = client.get(tile(world), headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    stranger = World.person(world, "stranger@example.org", Role.REVIEWER)
    client.force_login(stranger)
    assert client.get(tile(world), headers={"If-None-Match": tag}).status_code == 404


def test_equal_tissue_has_equal_tags_whatever_the_label_says(world: World) -> None:
    world.add(aperio(1200, 800, label="Somebody else"), "other.svs")
    first, second = intake.visible_slides(SYSTEM, world.case)
    client = browser(world, Role.REVIEWER)
    tags = {
        client.get(reverse(name, kwargs={"case": world.case.key, "slide": s.key} | more))["ETag"]
        for s in (first, second)
        for name, more in (("slide_tile", {"level": 11, "column": 0, "row": 0}),)
    }
    assert first.files[0].sha256 != second.files[0].sha256
    assert len(tags) == 1


@pytest.mark.parametrize("name", ["slide", "slide_descriptor", "slide_thumbnail"])
def test_foreign_missing_and_other_files_answer_alike(world: World, name: str) -> None:
    client = browser(world, Role.REVIEWER)
    report = world.file.key
    missing, other = (
        client.get(reverse(name, kwargs={"case": world.case.key, "slide": key})) for key in (uuid.UUID(int=9), report)
    )
    assert missing.status_code == other.status_code == 404
    outsider = Client()
    outsider.force_login(World.person(world, "outsider@example.org", Role.REVIEWER))
    foreign = outsider.get(address(world, name))
    nowhere = outsider.get(reverse(name, kwargs={"case": uuid.UUID(int=9), "slide": uuid.UUID(int=9)}))
    assert (foreign.status_code, nowhere.status_code) == (404, 404)


@pytest.mark.parametrize("place", [(12, 0, 0), (11, 3, 0), (11, 0, 9), (99, 0, 0), (4294967296, 0, 0)])
def test_a_tile_that_is_not_there_is_not_found(world: World, place: tuple[int, int, int]) -> None:
    assert browser(world, Role.REVIEWER).get(tile(world, *place)).status_code == 404


def test_the_descriptor_gives_the_size(world: World) -> None:
    answer = browser(world, Role.PATIENT).get(address(world, "slide_descriptor"))
    assert answer["Content-Type"] == "application/xml"
    assert b'<Size Width="1200" Height="800"/>' in answer.content


def test_the_thumbnail_is_small_and_shows_no_label(world: World) -> None:
    answer = browser(world, Role.PATIENT).get(address(world, "slide_thumbnail"))
    pixels = np.asarray(Image.open(io.BytesIO(answer.content)))
    assert pixels.shape == (213, 320, 3)
    assert pixels.min() > 60  # the label and the macro are black


def test_what_cannot_be_decoded_any_more_is_said_and_is_no_failure(world: World, monkeypatch: Any) -> None:
    def broken(*_: Any) -> bytes:
        raise interop.NotShown("The picture took too long to decode.")

    client = browser(world, Role.REVIEWER)
    monkeypatch.setattr(slides.slides, "tile", broken)
    monkeypatch.setattr(slides.slides, "thumbnail", broken)
    for path in (tile(world), address(world, "slide_thumbnail")):
        answer = client.get(path)
        assert answer.status_code == 422
        assert b"took too long" in answer.content
    monkeypatch.setattr(slides.slides, "known", broken)
    assert client.get(address(world, "slide_descriptor")).status_code == 404
    page = client.get(address(world, "slide"))
    assert page.status_code == 200
    assert b"Slide 1 cannot be shown" in page.content


def test_a_case_without_slides_has_no_such_page_and_no_link_to_it() -> None:
    world = World().reviewing(Discipline.PATHOLOGY)
    client = browser(world, Role.REVIEWER)
    assert client.get(reverse("slides", kwargs={"case": world.case.key})).status_code == 404
    overview = client.get(reverse("case", kwargs={"case": world.case.key})).content.decode()
    assert reverse("slides", kwargs={"case": world.case.key}) not in overview


def test_a_demo_says_that_the_tissue_is_invented(world: World) -> None:
    page = reverse("slides", kwargs={"case": world.case.key})
    assert "Invented" not in browser(world, Role.PATIENT).get(page).content.decode()
    type(world.case).objects.filter(pk=world.case.pk).update(is_demo=True)
    assert "Invented" in browser(world, Role.PATIENT).get(page).content.decode()


def test_the_list_of_files_leads_to_the_slide(world: World) -> None:
    words = browser(world, Role.PATIENT).get(reverse("files-list", kwargs={"case": world.case.key})).content.decode()
    assert reverse("slides", kwargs={"case": world.case.key}) in words
