"""The growth of a lesion on the facts page: the same facts for the words and the picture, and none for blinded eyes."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from overread.clinical.assessment import LesionGrowth, growth_of
from overread.clinical.record import Domain, Fact, Method, Provenance, Record, Subject
from overread.web.growth.chart import DARK, LIGHT, PLAIN, Colours, doubling, picture
from overread.workflow.accounts.roles import Role
from overread.workflow.cases.visibility import Discipline
from overread.workflow.intake import actions as intake
from tests.factories.cases import World
from tests.web.viewer.screen import CHROMIUM, eventually, look

pytestmark = pytest.mark.django_db
AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = os.environ.get("OVERREAD_PICTURES")

CT = """RADIOLOGY REPORT
Patient Name: Rivera, Ana
DOB: 04/25/1961
MRN: 778812
Exam date: {day}
EXAM: CT CHEST
FINDINGS:
Solid nodule in the right upper lobe measuring {mm} mm. No pleural effusion.
"""
DAYS = {date(2025, 6, 2): 9, date(2026, 1, 12): 12}


def world(discipline: Discipline | None = None) -> World:
    first, second = (CT.format(day=f"{day:%m/%d/%Y}", mm=mm) for day, mm in DAYS.items())
    made = World().reviewing(discipline, first) if discipline else World().understood(first)
    for file in (made.file, made.add(second.encode(), "second.txt")):
        intake.clear(file=file, domain=Domain.IMAGING, by=made.navigator, now=made.now())
    return made


def seen_by(made: World, role: Role) -> tuple[str, int]:
    """The facts page, and the status of the chart's address."""
    client = Client()
    client.force_login(made[role])
    page = client.get(reverse("understand", args=[made.case.key])).content.decode()
    return page, client.get(reverse("growth-chart", args=[made.case.key, 1])).status_code


def test_the_page_says_whether_it_grew_and_shows_the_chart() -> None:
    made = world()
    page, status = seen_by(made, Role.NAVIGATOR)
    assert status == 200
    assert "its volume doubles in about" in page
    assert f'src="{reverse("growth-chart", args=[made.case.key, 1])}"' in page
    assert "9 mm on 2 June 2025, 12 mm on 12 January 2026" in page
    assert "<td>2 June 2025</td><td>9 mm</td><td>0.5 mm</td>" in page  # the same as a table, for who cannot see it


def test_the_chart_is_an_image_that_says_what_it_shows_and_runs_nothing() -> None:
    made = world()
    client = Client()
    client.force_login(made.patient)
    answer = client.get(reverse("growth-chart", args=[made.case.key, 1]))
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("image/svg+xml", "private, no-store")
    dark = client.get(reverse("growth-chart", args=[made.case.key, 1]), {"look": "dark"})
    assert dark.content != answer.content
    for drawn in (answer, dark):
        assert_harmless(drawn.content.decode())
    assert "2 June 2025: 9 mm; 12 January 2026: 12 mm" in answer.content.decode()


@pytest.mark.parametrize("number", [0, 2, 99])
def test_there_is_no_other_chart(number: int) -> None:
    made = world()
    client = Client()
    client.force_login(made.patient)
    assert client.get(reverse("growth-chart", args=[made.case.key, number])).status_code == 404


def test_a_radiologist_sees_no_size_before_the_reveal() -> None:
    blinded, status = seen_by(world(Discipline.RADIOLOGY), Role.REVIEWER)
    assert status == 404
    assert "Did it grow?" not in blinded and "12 mm" not in blinded


def test_an_oncologist_sees_the_images_readings() -> None:
    page, status = seen_by(world(Discipline.ONCOLOGY), Role.REVIEWER)
    assert status == 200 and "its volume doubles in about" in page


def test_a_payer_sees_no_size() -> None:
    page, status = seen_by(world(), Role.PAYER)
    assert status == 404 and "Did it grow?" not in page


def test_sizes_that_cannot_be_compared_are_named() -> None:
    made = World().understood(CT.format(day="06/02/2025", mm=9))
    page, status = seen_by(made, Role.PATIENT)
    assert status == 404
    assert "only one day has a size, so nothing can be compared" in page


def test_whatever_a_lesion_is_called_the_picture_stays_harmless() -> None:
    name = 'lesion:<script>alert(1)</script>" onload="x" ]]> &'
    facts = tuple(
        Fact("lesion_volume", size, Provenance("d", Method.TEXT), name, on)
        for on, size in (("2026-01-01", 0.2), ("2026-02-01", 3e5), ("2026-02-02", 2e5))
    )
    (lesion,) = growth_of(Record(Subject("s"), (), facts)).lesions
    assert_harmless(picture(lesion))


def followed(*sizes: float, field: str = "lesion_size") -> LesionGrowth:
    """One lesion, a size a year."""
    facts = tuple(
        Fact(field, size, Provenance("d", Method.TEXT), "lesion:upper lobe", f"{2020 + year}-01-01")
        for year, size in enumerate(sizes)
    )
    (lesion,) = growth_of(Record(Subject("s"), (), facts)).lesions
    return lesion


@pytest.mark.parametrize(
    ("lesion", "words"),
    [
        (followed(9.0, 12.0), "Volume doubling time about 294 days (219 to 443)"),
        (followed(9.0, 9.5), "May not have grown; volume doubling time at least"),
        (followed(9.0, 8.0), "Did not grow"),
        (followed(100.0, 99.0, field="lesion_volume"), "Did not grow"),
    ],
)
def test_the_picture_says_the_doubling_time_with_its_range(lesion: LesionGrowth, words: str) -> None:
    assert doubling(lesion).startswith(words)
    assert doubling(lesion) in picture(lesion)


def test_the_patient_s_picture_has_no_figure_above_it() -> None:
    drawn = picture(followed(9.0, 12.0), LIGHT, PLAIN)
    assert PLAIN in drawn and doubling(followed(9.0, 12.0)) not in drawn


def test_a_range_that_nobody_states_is_said_to_be_unknown() -> None:
    lesion = followed(9.0, 12.0)
    assert doubling(replace(lesion, growth=replace(lesion.growth, low=None, high=None))).endswith("range not known")


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_axes_are_named_and_drawn_in_the_colours_of_the_theme(colours: Colours) -> None:
    """A chart whose configuration is lost is black on black in the dark theme."""
    drawn = picture(followed(9.0, 12.0), colours)
    assert "Diameter (mm)" in drawn and "Date of the scan" in drawn
    root = ElementTree.fromstring(drawn)
    inks = {e.attrib.get("fill") for e in root.iter() if e.tag.endswith("}text")}
    assert inks == {colours.text}
    assert "Volume (mm³)" in picture(followed(100.0, 200.0, field="lesion_volume"))


def assert_harmless(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    tags = {element.tag.partition("}")[2] for element in root.iter()}
    names = {name for element in root.iter() for name in element.attrib}
    assert tags.isdisjoint({"script", "style", "image", "foreignObject", "a", "use"})
    assert not {name for name in names if name.startswith("on") or name == "style" or name.endswith("href")}
    title, description, *_ = root
    assert title.tag.endswith("title") and description.tag.endswith("desc")
    assert root.attrib["role"] == "img" and root.attrib["aria-labelledby"] == "t d"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not here")
@pytest.mark.parametrize("width", [360, 1280])
def test_the_picture_is_painted_without_barriers(width: int, live_server: object) -> None:
    made = world()
    client = Client()
    client.force_login(made.patient)
    session = client.cookies["sessionid"].value
    found: list[object] = []

    def story(page: Page, said: list[str]) -> None:
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live_server}{reverse('understand', args=[made.case.key])}")
        drawn = page.locator("figure img.for-light")
        drawn.scroll_into_view_if_needed()
        assert eventually(lambda: drawn.evaluate("(img) => img.naturalWidth"), lambda w: w > 300) > 300
        section = page.locator("section[aria-labelledby=growth]")
        if PICTURES:
            section.screenshot(path=f"{PICTURES}/growth_{width}.png")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        barriers = "async () => (await axe.run('section[aria-labelledby=growth]')).violations.map((v) => [v.id, v.nodes[0].html])"
        found.append((page.evaluate(barriers), page.evaluate("document.documentElement.scrollWidth > innerWidth")))
        page.goto(f"{live_server}{reverse('growth-chart', args=[made.case.key, 1])}")
        found.append(list(said))

    look(story)
    assert found == [([], False), []]
