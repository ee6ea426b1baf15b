"""The application's own role: it works on every table, and cannot change the audit trail's past."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import sql

Application = psycopg.Connection[tuple[object, ...]]


@pytest.mark.parametrize("statement", ["UPDATE {} SET action = 'x'", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"])
def test_the_trail_is_only_read_and_added_to(application_connection: Application, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application_connection.execute(sql.SQL(statement).format(sql.Identifier("audit_auditrow")))


def test_the_trail_can_be_read_and_other_tables_written(application_connection: Application) -> None:
    application_connection.execute("SELECT count(*) FROM audit_auditrow")
    application_connection.execute("DELETE FROM accounts_notice")


def test_the_application_is_no_superuser_and_makes_no_tables(application_connection: Application) -> None:
    assert application_connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (
        False,
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application_connection.execute("CREATE TABLE mine (a int)")
