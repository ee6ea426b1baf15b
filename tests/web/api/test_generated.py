"""Requests made up from the API's own description: whatever is sent, the answer is one that was meant."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings

from overread.web.api.operations import api
from tests.factories.cases import World

pytestmark = pytest.mark.django_db

MEANT = {200, 202, 400, 401, 403, 404, 422}
SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema())
OPERATIONS = {(found.ok().method.upper(), found.ok().path): found.ok() for found in SCHEMA.get_all_operations()}


@pytest.mark.parametrize("where", OPERATIONS, ids=" ".join)
def test_every_answer_is_meant(where: tuple[str, str]) -> None:
    world = World().opened()
    browser = Client()
    browser.force_login(world.patient)

    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(sent=OPERATIONS[where].as_strategy())
    def send(sent: Any) -> None:
        path = where[1].replace("{case}", str(world.case.key))
        answer = browser.generic(where[0], path, body_of(sent), content_type=sent.media_type or "application/json")

        assert answer.status_code in MEANT
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json"

    send()


def body_of(sent: Any) -> bytes:
    if isinstance(sent.body, bytes):
        return sent.body
    return json.dumps(sent.body, default=str).encode("utf-8", "surrogatepass") if sent.body else b""
