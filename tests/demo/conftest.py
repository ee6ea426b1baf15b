from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from overread import demo
from overread.demo.phantom import Grid
from overread.demo.slide import Section

TODAY = date(2026, 11, 20)
SMALL = Grid(pixels=32, slices=3, thickness=70)
PIECE = Section(width=1024, height=1024)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: object) -> Iterator[list[str]]:
    """The lines of one load of the demo, whose rows all tests of a module share and which is then undone."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield list(demo.load(today=TODAY, grid=SMALL, section=PIECE))
        transaction.set_rollback(True)
