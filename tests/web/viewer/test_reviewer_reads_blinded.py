"""The whole of it in a real browser: a blinded radiologist opens the review and reads the CT beside the opinion."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from overread.workflow.cases.visibility import Discipline
from tests.factories.cases import World
from tests.interop.dicom import synthetic
from tests.web.viewer import screen

pytestmark = [pytest.mark.browser, *screen.NEEDS]


@pytest.mark.django_db(transaction=True)
def test_the_ct_is_painted_beside_the_opinion(live_server: LiveServer, settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path
    world = World().reviewing(Discipline.RADIOLOGY)
    world.add(synthetic.as_bytes(synthetic.ct_slice(1, size=128, square=140)), "scan.dcm")
    client = Client()
    client.force_login(world.reviewer, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.cookies["sessionid"].value
    review = live_server.url + reverse("review", kwargs={"case": world.case.key})

    def story(page: Page, said: list[str]) -> None:
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.goto(review)
        viewer = page.frame_locator("iframe")
        pane, wanted = viewer.locator("[data-cy=viewport-pane]").first, screen.is_square_of(140)
        assert wanted(screen.eventually(lambda: screen.quarters(pane), wanted)), said
        assert "carcinoma" not in viewer.locator("body").inner_text()

    screen.look(story)
