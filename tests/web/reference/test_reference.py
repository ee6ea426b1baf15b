"""The clinical reference in the app: a list of the knowledge files, and every one of them as a page."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from overread.clinical.knowledge import folders, names
from overread.clinical.knowledge.sheets import sheet

FILES = [(folder, name) for folder in folders() for name in names(folder)]
pytestmark = pytest.mark.django_db


def test_the_list_leads_to_every_file(client: Client) -> None:
    page = client.get(reverse("reference")).content.decode()
    for folder, name in FILES:
        assert f'href="{reverse("reference-file", args=(folder, name))}"' in page
    assert page.count("The next check is due on ") == 1 and page.count("data-row") == len(FILES)


@pytest.mark.parametrize(("folder", "name"), FILES)
def test_a_file_is_shown_whole(folder: str, name: str, client: Client) -> None:
    answer = client.get(reverse("reference-file", args=(folder, name)))
    page, shown = answer.content.decode(), sheet(folder, name)
    assert answer.status_code == 200
    assert page.count("<tr>") == sum(len(table.rows) + 1 for table in shown.tables)
    assert page.count('<th scope="row"') == sum(len(table.rows) for table in shown.tables)
    assert page.count("<caption") == page.count('role="region"') == len(shown.tables)
    days = [date_format(day, "j F Y") for day in (shown.file.checked, shown.file.next_review)]
    assert f"Checked on {days[0]}, due again on {days[1]}" in page


@pytest.mark.parametrize(("folder", "name"), FILES)
def test_every_number_of_a_source_leads_to_it(folder: str, name: str, client: Client) -> None:
    page = client.get(reverse("reference-file", args=(folder, name))).content.decode()
    assert set(re.findall(r'href="#(source-\d+)"', page)) <= set(re.findall(r'id="(source-\d+)"', page))


def test_a_stage_table_comes_before_what_is_told_of_it(client: Client) -> None:
    page = client.get(reverse("reference-file", args=("staging", "colon_rectum_8"))).content.decode()
    assert (
        page.index("two sources agree")
        < page.index("IIIB")
        < page.index('<details class="panel"')
        < page.index("144 rows")
    )
    assert 'href="https://github.com/WorldVistA/VistA-M"' in page
    assert f'href="{reverse("reference")}" aria-current="page"' in page


@pytest.mark.parametrize(("folder", "name"), [("staging", "nothing"), ("nothing", "lung_8"), ("staging", "schema")])
def test_no_such_file(folder: str, name: str, client: Client) -> None:
    assert client.get(reverse("reference-file", args=(folder, name))).status_code == 404
