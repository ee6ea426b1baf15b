"""Every action leaves its row in the trail, does nothing without it, and tells it nothing of anybody's health."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.db import connection

from overread.workflow.audit.models import AuditRow
from overread.workflow.privacy import Privacy
from tests.security.attempts import ATTEMPTS, actions, tried
from tests.security.privacy_words import leaves, private_words
from tests.security.worlds import Installation, expand, undone

TABLE: dict[str, str] = yaml.safe_load((Path(__file__).parent / "actions.yaml").read_text())

# every action leaves a row, and does nothing without it


def state_of_the_database() -> dict[str, str]:
    """A digest of every table of ours and of the jobs; equal when nothing changed."""
    ours = [m._meta.db_table for c in apps.get_app_configs() if c.name.startswith("overread.") for m in c.get_models()]
    with connection.cursor() as cursor:
        found = {}
        for table in (*ours, "procrastinate_jobs"):
            cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t.id), '')) FROM {table} t")
            found[table] = cursor.fetchone()[0]
    return found


def somebody_allowed(installation: Installation, action: str) -> str:
    return next(
        who
        for who in installation.actors
        if who in expand(TABLE[action], installation.actors) and tried(installation, action, who) is None
    )


@pytest.mark.django_db
@pytest.mark.parametrize("action", sorted(ATTEMPTS))
def test_every_action_leaves_a_row_of_who_did_it(installation: Installation, action: str) -> None:
    who = somebody_allowed(installation, action)
    attempt, by = ATTEMPTS[action], installation.actors[who]
    world = installation.at[attempt.at]
    with undone():
        arguments = attempt.arguments(world, by)
        before = AuditRow.objects.count()
        actions()[action](**arguments, by=by, now=world.now())
        rows = AuditRow.objects.order_by("pk")[before:]
        assert any((r.by_kind, r.by_key) == (by.audit_kind, by.audit_key) for r in rows)


class NoTrail(Exception):
    pass


@pytest.mark.django_db
@pytest.mark.parametrize("action", sorted(ATTEMPTS))
def test_without_its_row_nothing_is_done(
    installation: Installation, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**fields: Any) -> None:
        raise NoTrail

    who = somebody_allowed(installation, action)
    attempt, by = ATTEMPTS[action], installation.actors[who]
    world = installation.at[attempt.at]
    with undone():
        arguments = attempt.arguments(world, by)
        before = state_of_the_database()
        monkeypatch.setattr(AuditRow.objects, "create", fails)
        with pytest.raises(NoTrail):
            actions()[action](**arguments, by=by, now=world.now())
        assert state_of_the_database() == before


# what the trail is told


@pytest.mark.django_db
def test_the_trail_holds_nothing_of_anybodys_health_or_name(installation: Installation) -> None:
    private = private_words(Privacy.HEALTH, Privacy.IDENTITY, Privacy.SECRET) - keys_of_people()
    assert len(private) > 100
    details = list(AuditRow.objects.values_list("detail", flat=True))
    told = {text for detail in details for text in leaves(detail)}
    assert told & private <= CODES
    everything = json.dumps(details, ensure_ascii=False)
    assert [text for text in private if len(text) > 12 and text in everything] == []


# Names of domains, steps and fields, which stand in opinions as well and say nothing of anybody.
CODES = {"blind", "final", "plan", "stage", "pathology", "patient", "reviewer"}


def keys_of_people() -> set[str]:
    """An actor's key is how the trail says who; the column is classified, its details are looked at."""
    return set(AuditRow.objects.values_list("by_key", flat=True))
