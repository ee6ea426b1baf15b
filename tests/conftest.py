"""What every test may rely on: a real PostgreSQL of its own, no network, the shared development data if it is there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections

from overread.config import database_roles
from overread.config.database_url import DatabaseUrl
from overread.config.embedded_postgres import EmbeddedPostgres

ROOT = Path(__file__).resolve().parents[1]
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """A PostgreSQL of this test process; started by the first test that needs a database."""
    with open_directory() as directory:
        server = EmbeddedPostgres(directory / "data")
        server.start(THROWAWAY)
        database_roles.create_roles(server.superuser_url())
        yield server
        server.stop()


@pytest.fixture
def var() -> Iterator[Path]:
    """A var directory in which a database may live."""
    with open_directory() as directory:
        (directory / "var").mkdir(mode=0o700)
        yield directory / "var"


@contextmanager
def open_directory() -> Iterator[Path]:
    """Not below pytest's own directory: each pytest run closes that one to PostgreSQL's user, also under the feet of another."""
    with tempfile.TemporaryDirectory(prefix="overread-", ignore_cleanup_errors=True) as directory:
        yield Path(directory)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, postgres: EmbeddedPostgres
) -> None:
    """Django's tests connect as superuser, who may make and flush test databases; triggers bind even them."""
    connections["default"].settings_dict.update(
        NAME="overread", USER="postgres", HOST=str(postgres.socket_directory), PORT=""
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """The test database with the application role's rights in it."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        database_roles.grant(test_database_url())
    _let_teardown_empty_the_audit_trail()


def test_database_url(user: str = "postgres") -> DatabaseUrl:
    """The test database as one of its roles."""
    chosen = connection.settings_dict
    return DatabaseUrl(name=chosen["NAME"], user=user, host=chosen["HOST"], port=str(chosen["PORT"]))


test_database_url.__test__ = False  # type: ignore[attr-defined]


@pytest.fixture
def application_connection(transactional_db: None) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection as the role that the web and the worker use, to prove what it may not do."""
    with psycopg.connect(str(test_database_url("overread_app")), autocommit=True) as opened:
        yield opened


def _let_teardown_empty_the_audit_trail() -> None:
    """Flushing between transactional tests is the one place that empties the trail and Procrastinate's tables."""
    operations = connection.ops
    flush = operations.execute_sql_flush

    def flush_as_replica(statements: Iterable[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            try:
                cursor.execute(
                    "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,"
                    " procrastinate_workers"
                )
                flush(statements)
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")

    operations.execute_sql_flush = flush_as_replica  # type: ignore[method-assign, assignment]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real development data, or a skip where it is absent."""
    data = Path(os.environ.get("OVERREAD_SHARED", ROOT.parent / "shared")) / "data"
    if not data.is_dir():
        pytest.skip("the shared development data is not here")
    return data


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Packed bytes hold the moment of packing; every worker must still collect the same names."""
    return f"{argname}-{len(val)}-bytes" if isinstance(val, bytes) else None
