"""The number of questions to the database does not grow with what a case holds, nor with how many cases there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from overread.workflow.accounts.models import Person
from overread.workflow.accounts.roles import Role
from tests.factories.cases import REPORT, World
from tests.web.pages.conftest import BACKEND

pytestmark = pytest.mark.django_db
FEW, MANY = 2, 7
NAVIGATOR_PAGES = ("case", "records", "understand", "route", "compare", "report", "thread", "trail", "people")
REVIEWER_PAGES = ("case", "packet", "review", "understand", "report")


def another_report(number: int) -> str:
    """A report of the same person that says partly the same and partly something else."""
    return (
        REPORT.replace("4.2 cm", f"{2 + number}.1 cm").replace("0 of 18", f"0 of {18 + number}").replace("(0/18)", "")
    )


def filled(world: World, numbers: range) -> None:
    for number in numbers:
        kept = world.add(another_report(number).encode(), f"report {number}.txt")
        assert kept.state == "accepted", kept.refusal


def asked(person: Person, paths: dict[str, str]) -> dict[str, list[str]]:
    """What each page asks the database, after a first look that fills what is remembered for the whole process."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    found = {}
    for name, path in paths.items():
        assert client.get(path).status_code == 200, path
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        found[name] = [one["sql"] for one in captured.captured_queries]
    return found


def grown(before: dict[str, list[str]], after: dict[str, list[str]]) -> Iterator[str]:
    for name, few in before.items():
        many = after[name]
        if len(many) > len(few):
            times = Counter(map(_shape, many)) - Counter(map(_shape, few))
            yield f"{name}: {len(few)} -> {len(many)}: {times.most_common(4)}"


def _shape(sql: str) -> str:
    """The tables and the conditions of a question, without what it asks for."""

    return re.sub(r"'[^']*'|\b\d+\b", "?", sql.partition(" FROM ")[2])


def of_case(world: World, names: tuple[str, ...]) -> dict[str, str]:
    return {name: reverse(name, kwargs={"case": world.case.key}) for name in names}


def test_with_more_documents_and_facts(world: World) -> None:
    world.sealed()
    seen: list[dict[str, list[str]]] = []
    for numbers in (range(FEW), range(FEW, MANY)):
        filled(world, numbers)
        both = [
            (world.navigator, NAVIGATOR_PAGES),
            (world.reviewer, REVIEWER_PAGES),
            (world.patient, ("case", "records", "understand")),
        ]
        seen.append(
            {f"{who.name} {name}": q for who, names in both for name, q in asked(who, of_case(world, names)).items()}
        )
    assert not (more := list(grown(*seen))), "\n".join(more)


def test_with_more_cases(world: World) -> None:
    home = {"cases": reverse("cases")}
    seen = []
    for cases in (FEW, MANY):
        for _ in range(cases):
            world.opened()
        seen.append(
            {
                who.name + name: q
                for who in (world.navigator, world.patient, world[Role.BOARD])
                for name, q in asked(who, home).items()
            }
        )
    assert not (more := list(grown(*seen))), "\n".join(more)
