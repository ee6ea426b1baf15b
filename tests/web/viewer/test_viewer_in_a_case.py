"""The viewer inside real cases: who may see which images, and what is hidden from blinded eyes."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from overread.workflow.accounts.models import Person
from overread.workflow.accounts.roles import Role
from overread.workflow.cases.visibility import Discipline
from tests.factories.cases import World
from tests.interop.dicom import synthetic
from tests.interop.dicom.synthetic import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path) -> World:
    settings.FILES_ROOT = tmp_path
    world = World().gathered()
    world.add(synthetic.as_bytes(synthetic.ct_slice()), "scan.dcm")
    return world


def ask(world: World, person: Person | None, name: str, **where: str):
    browser = Client()
    if person:
        browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser.get(reverse(name, kwargs={"case": world.case.key, **where}))


INSTANCE = {"study": f"{ROOT}.1", "series": f"{ROOT}.1.1", "instance": f"{ROOT}.1.1.1"}
PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("viewer", {}),
    ("dicomweb_studies", {}),
    ("dicomweb_series", {"study": f"{ROOT}.1"}),
    ("dicomweb_metadata", {"study": f"{ROOT}.1", "series": f"{ROOT}.1.1"}),
    ("dicomweb_instance", INSTANCE),
    ("dicomweb_frames", {**INSTANCE, "numbers": "1"}),
)


@pytest.mark.parametrize("role", [Role.PATIENT, Role.PROXY, Role.REFERRER, Role.NAVIGATOR])
def test_the_case_s_people_see_its_images_with_their_words(world: World, role: Role) -> None:
    assert all(ask(world, world[role], name, **where).status_code in (200, 302) for name, where in PAGES)
    assert "carcinoma" in ask(world, world[role], "dicomweb_studies").content.decode()


def test_a_payer_sees_no_image(world: World) -> None:
    assert ask(world, world[Role.PAYER], "dicomweb_studies").json() == []
    assert ask(world, world[Role.PAYER], "dicomweb_frames", **INSTANCE, numbers="1").status_code == 404


def test_a_stranger_and_the_operator_are_told_that_nothing_is_there(world: World) -> None:
    for person in (world.person("stranger@example.org"), world[Role.OPERATOR], world.reviewer):
        assert {ask(world, person, name, **where).status_code for name, where in PAGES} == {404}


def test_who_is_not_signed_in_is_asked_to(world: World) -> None:
    for name, where in PAGES:
        assert "login" in ask(world, None, name, **where)["Location"]


def test_a_blinded_radiologist_sees_pixels_and_no_words_until_the_reveal() -> None:
    world = World().reviewing(Discipline.RADIOLOGY)
    world.add(synthetic.as_bytes(synthetic.ct_slice()), "scan.dcm")
    blind = {name: ask(world, world.reviewer, name, **where) for name, where in PAGES}
    assert {a.status_code for n, a in blind.items() if n != "viewer"} == {200}
    text = b"".join(a.content for a in blind.values())
    assert synthetic.ct_slice().PixelData in text
    assert not [w for w in (b"carcinoma", b"Doe", b"S-1") if w in text]
