"""Who may do what in the database: an owner that migrates, and the application, which cannot touch the audit trail's past.

Everything here can be repeated: it states what should be, and changes what is not.
"""

from __future__ import annotations

from typing import LiteralString

import psycopg
from psycopg import sql

from .database_url import DatabaseUrl
from .embedded_postgres import APPLICATION, NAME, OWNER

Connection = psycopg.Connection[tuple[object, ...]]
APPEND_ONLY_PREFIX = "audit_"
SCHEMA = "public"


class DatabaseNotUsable(RuntimeError):
    """The database that ``DATABASE_URL`` names cannot be reached or used; the message says why, without the password."""


def create_roles(superuser: DatabaseUrl) -> None:
    """Make the owner, the application's role and the owner's database in the embedded server."""
    with psycopg.connect(str(superuser), autocommit=True) as connection:
        for role in (OWNER, APPLICATION):
            if not _one(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
                _run(connection, "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE", role)
        if not _one(connection, "SELECT 1 FROM pg_database WHERE datname = %s", NAME):
            _run(connection, "CREATE DATABASE {} OWNER {}", NAME, OWNER)


def may_make_roles(owner: DatabaseUrl) -> bool:
    """Whether this role of somebody else's server may make the application's role."""
    with psycopg.connect(str(owner)) as connection:
        query = "SELECT 1 FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolcreaterole)"
        return _one(connection, query)


def create_application_role(owner: DatabaseUrl, password: str) -> DatabaseUrl:
    """Make (or refresh) the application's role beside an owner in somebody else's server; its address."""
    role = f"{owner.name[:50]}_app"
    with psycopg.connect(str(owner), autocommit=True) as connection:
        if not _one(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
            _run(connection, "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE", role)
        statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
        connection.execute(statement)
    return owner.as_role(role, password)


def grant(owner: DatabaseUrl, application: str = APPLICATION) -> None:
    """After each migration: rows of every table may be read and written, of audit tables only read and added."""
    with psycopg.connect(str(owner)) as connection:
        _run(connection, "GRANT USAGE ON SCHEMA {} TO {}", SCHEMA, application)
        for sequence in _owned(connection, "SELECT sequencename FROM pg_sequences WHERE sequenceowner = current_user"):
            _run(connection, "GRANT USAGE, SELECT ON SEQUENCE {} TO {}", sequence, application)
        for table in _owned(connection, "SELECT tablename FROM pg_tables WHERE tableowner = current_user"):
            _run(connection, "REVOKE ALL ON TABLE {} FROM {}", table, application)
            if table.startswith(APPEND_ONLY_PREFIX):
                _run(connection, "GRANT SELECT, INSERT ON TABLE {} TO {}", table, application)
            elif table == "django_migrations":
                _run(connection, "GRANT SELECT ON TABLE {} TO {}", table, application)
            else:
                _run(connection, "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE {} TO {}", table, application)


def _owned(connection: Connection, query: LiteralString) -> list[str]:
    return [str(row[0]) for row in connection.execute(query + " AND schemaname = %s", (SCHEMA,))]


def _one(connection: Connection, query: LiteralString, *values: str) -> bool:
    return connection.execute(query, values).fetchone() is not None


def _run(connection: Connection, statement: LiteralString, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))
