"""One installation for all the tests of a module; each attempt is undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.security.worlds import Installation


@pytest.fixture(scope="module")
def installation(django_db_setup: None, django_db_blocker: object) -> Iterator[Installation]:
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield Installation.built()
        transaction.set_rollback(True)
