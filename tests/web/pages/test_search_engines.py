"""Search engines may find what speaks to everybody, and nothing of anybody."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from overread.web.search_engines import NOT_SEARCHED, SEARCHED
from tests.factories.cases import World
from tests.web.pages.conftest import BACKEND

pytestmark = pytest.mark.django_db
FOUND = [name for name in SEARCHED if name not in ("demo", "reference-file")]


@pytest.mark.parametrize("name", FOUND)
def test_what_speaks_to_everybody_may_be_found(client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 200 and "X-Robots-Tag" not in answer
    assert b'<meta name="description" content="' in answer.content


@pytest.mark.parametrize(
    "path", ["/invitations/secret/", "/cases/", "/nothing/", "/api/openapi.json", "/accounts/password/reset/"]
)
def test_nothing_else_may_be_found(client: Client, path: str) -> None:
    assert client.get(path)["X-Robots-Tag"] == NOT_SEARCHED


def test_nothing_may_be_found_or_kept_of_somebody_signed_in(client: Client, world: World) -> None:
    world.opened()
    client.force_login(world.patient, backend=BACKEND)
    for path in (reverse("about"), reverse("cases"), reverse("case", kwargs={"case": world.case.key})):
        answer = client.get(path)
        assert answer.status_code == 200
        assert (answer["X-Robots-Tag"], answer["Cache-Control"]) == (NOT_SEARCHED, "private, no-store")


def test_each_page_that_may_be_found_is_described_in_its_own_words(client: Client) -> None:
    own = [name for name in FOUND if not name.startswith("account_")]  # the framework's pages have the house's words
    pages = [client.get(reverse(name)).content.decode() for name in own]
    said = [page.split('name="description" content="')[1].split('"')[0] for page in pages]
    assert len(set(said)) == len(said) and all(50 <= len(words) <= 170 for words in said), said


def test_robots_are_told(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *" and lines[-1] == "Disallow: /"
    assert {"Allow: /$", "Allow: /about/", "Allow: /static/"} <= set(lines)
    assert not any(private in line for line in lines for private in ("cases", "invitations", "demo"))


def test_an_icon_is_where_browsers_look(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].startswith("/static/favicon.svg")
