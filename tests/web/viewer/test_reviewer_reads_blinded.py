"""The whole of it in a real browser: a blinded radiologist opens the review and reads the CT beside the opinion."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, FrameLocator, Page
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from overread.workflow.cases.visibility import Discipline
from tests.factories.cases import World
from tests.interop.dicom import synthetic
from tests.web.viewer import screen

pytestmark = [pytest.mark.browser, *screen.NEEDS]


def signed_in(page: Page, world: World, address: str) -> None:
    client = Client()
    client.force_login(world.reviewer, backend="allauth.account.auth_backends.AuthenticationBackend")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


@pytest.mark.django_db(transaction=True)
def test_the_ct_is_painted_beside_the_opinion(
    browser: Browser, live_server: LiveServer, settings: Settings, tmp_path: Path
) -> None:
    settings.FILES_ROOT = tmp_path
    world = World().reviewing(Discipline.RADIOLOGY)
    world.add(synthetic.as_bytes(synthetic.ct_slice(1, size=128, square=140)), "scan.dcm")
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    signed_in(page, world, live_server.url)
    page.goto(live_server.url + reverse("review", kwargs={"case": world.case.key}))
    viewer: FrameLocator = page.frame_locator("iframe")
    pane = viewer.locator("[data-cy=viewport-pane]").first
    wanted = screen.is_square_of(140)
    assert wanted(screen.eventually(lambda: screen.quarters(pane), wanted))
    assert "carcinoma" not in viewer.locator("body").inner_text()
    page.close()
