"""The installation's database, running and ready, for as long as somebody needs it.

The embedded server has one owner of its lifetime: nobody in particular. Everyone who uses it holds a shared lock on
``database.lock``; whoever leaves last stops it. So a command started beside ``overread serve`` uses the live server, and
neither takes it away from the other. Locks vanish with their process, also with one that was killed.
"""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg

from . import database_roles, environment
from .database_url import DatabaseUrl
from .embedded_postgres import EmbeddedPostgres
from .secret_key import kept_secret

Tell = Callable[[str], None]
MIGRATION_LOCK = 7_317_001  # any number, the same everywhere: migrations of one database take turns


@dataclass(frozen=True, slots=True)
class Access:
    """One database, as the two roles that use it."""

    owner: DatabaseUrl
    application: DatabaseUrl


def silent(_line: str) -> None:
    """Tell nobody."""


@contextmanager
def running_database(tell: Tell = silent) -> Iterator[Access]:
    """The database started, migrated and granted; Django set up and connected to it as the application.

    Uses the live one if ``overread serve`` runs, otherwise starts it and stops it afterwards. Import models inside.
    """
    with started_database(tell) as access:
        prepare(access, tell)
        yield access


@contextmanager
def started_database(tell: Tell = silent) -> Iterator[Access]:
    """The database started, as it is."""
    if environment.DATABASE_URL.read():
        try:
            access = external_access(tell)
        except psycopg.OperationalError as error:
            raise database_roles.DatabaseNotUsable(
                f"The database of DATABASE_URL cannot be reached: {error}"
            ) from error
        yield access
        return
    var = environment.var_directory()
    with held(EmbeddedPostgres(var / "postgres"), var) as server:
        database_roles.create_roles(server.superuser_url())
        yield Access(server.owner_url(), server.application_url())


@contextmanager
def held(server: EmbeddedPostgres, var: Path) -> Iterator[EmbeddedPostgres]:
    """Start the server unless it runs; stop it when the last one who holds it leaves."""
    with open(var / "database.lock", "w") as users, open(var / "database.turn.lock", "w") as turn:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            with _locked(turn), _signals_held_back():
                server.start()
            yield server
        finally:
            with _locked(turn):
                if _is_last(users):
                    server.stop()


def prepare(access: Access, tell: Tell = silent) -> None:
    """Migrate as the owner, grant, and leave Django connected as the application. Repeating it changes nothing."""
    _set_up_django(access)
    from django.core.management import call_command

    with psycopg.connect(str(access.owner), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (MIGRATION_LOCK,))
        connect_as(access.owner)
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            connect_as(access.application)
        if access.application.user != access.owner.user:
            database_roles.grant(access.owner, access.application.user)
    tell("The database is ready.")


def connect_as(url: DatabaseUrl) -> None:
    """Let this process's Django connect as another role from now on."""
    from django.db import connections

    connections["default"].close()
    connections["default"].settings_dict.update(url.for_django())


def external_access(tell: Tell = silent) -> Access:
    """The database that ``DATABASE_URL`` names; its application role is made where the owner may make one."""
    url = DatabaseUrl.parse(environment.DATABASE_URL.read())
    if environment.DATABASE_OWNER_URL.read():
        return Access(owner=DatabaseUrl.parse(environment.DATABASE_OWNER_URL.read()), application=url)
    if not database_roles.may_make_roles(url):
        tell("Warning: the application runs as the owner of its tables; only triggers protect the audit trail.")
        tell("         Make a second role, give it as DATABASE_URL, and the owner as DATABASE_OWNER_URL.")
        return Access(owner=url, application=url)
    password = kept_secret(environment.var_directory() / "database_password")
    return Access(owner=url, application=database_roles.create_application_role(url, password))


def _set_up_django(access: Access) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "overread.config.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    connect_as(access.application)


@contextmanager
def _locked(file: IO[str]) -> Iterator[None]:
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Ctrl-C while the server starts takes effect once it has started, so that it can be stopped properly."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _is_last(users: IO[str]) -> bool:
    fcntl.flock(users, fcntl.LOCK_UN)
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
