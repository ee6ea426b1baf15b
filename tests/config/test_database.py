"""The database for whoever needs it: embedded and shared between processes, or somebody else's by ``DATABASE_URL``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from overread.config import database, database_roles
from overread.config.database_url import DatabaseUrl
from overread.config.embedded_postgres import EmbeddedPostgres

CHECK = """
from overread.config.database import running_database
with running_database(print) as access:
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, count(*) FROM audit_auditrow")
        print("as", cursor.fetchone()[0])
"""


def run_against(url: str, var: Path, **more: str) -> str:
    """What a command says that runs over the database of ``DATABASE_URL``."""
    surroundings = {"DATABASE_URL": url, "OVERREAD_VAR": str(var), **more}
    return subprocess.run(
        [sys.executable, "-c", CHECK], env=surroundings, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def elsewhere(postgres: EmbeddedPostgres) -> Iterator[DatabaseUrl]:
    """An empty database of a server that is not Overread's, as its superuser."""
    superuser = postgres.superuser_url()
    with psycopg.connect(str(superuser), autocommit=True) as connection:
        connection.execute("CREATE DATABASE elsewhere")
        connection.execute("CREATE ROLE plain LOGIN")
        yield superuser.named("elsewhere")
        connection.execute("DROP DATABASE elsewhere WITH (FORCE)")
        connection.execute("DROP ROLE plain")
        connection.execute("DROP ROLE IF EXISTS elsewhere_app")


def test_a_superusers_url_migrates_and_the_application_becomes_somebody_else(elsewhere: DatabaseUrl, var: Path) -> None:
    assert "as elsewhere_app" in run_against(str(elsewhere), var)
    assert "as elsewhere_app" in run_against(str(elsewhere), var), "a second time changes nothing"
    assert not (var / "postgres").exists(), "nothing embedded was started"


def test_two_urls_are_used_as_they_are(elsewhere: DatabaseUrl, var: Path) -> None:
    plain = elsewhere.as_role("plain")
    assert "as plain" in run_against(str(plain), var, DATABASE_OWNER_URL=str(elsewhere))


def test_an_owner_who_may_make_no_role_is_used_with_a_warning(
    elsewhere: DatabaseUrl, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = elsewhere.as_role("plain")
    monkeypatch.setenv("DATABASE_URL", str(plain))
    said: list[str] = []
    assert database.external_access(said.append) == database.Access(plain, plain)
    assert said[0].startswith("Warning")


def test_a_database_that_cannot_be_reached_is_said_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ann:secret@/x?host=/nowhere")
    with pytest.raises(database_roles.DatabaseNotUsable) as refused, database.started_database():
        pass
    assert "secret" not in str(refused.value)


def test_the_last_one_to_leave_stops_the_server(var: Path) -> None:
    server = EmbeddedPostgres(var / "postgres")
    with database.held(server, var):
        with database.held(EmbeddedPostgres(var / "postgres"), var):
            assert server.process()
        assert server.process(), "somebody still uses it"
    assert server.process() is None
