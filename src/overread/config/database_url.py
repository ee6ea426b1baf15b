"""A PostgreSQL address as Django, psycopg and people write it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit


class BadDatabaseUrl(ValueError):
    """The text is not a PostgreSQL address; the message says what was wrong, without the password."""


@dataclass(frozen=True, slots=True)
class DatabaseUrl:
    """Where a database is and as whom to connect. An absolute ``host`` is the directory of a Unix socket."""

    name: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, text: str) -> DatabaseUrl:
        """Read ``postgresql://user:password@host:5432/name?sslmode=require`` (also ``?host=/socket/directory``)."""
        parts = urlsplit(text)
        if parts.scheme not in {"postgres", "postgresql"}:
            raise BadDatabaseUrl(f"Overread runs on PostgreSQL only; the address starts with {parts.scheme!r}.")
        name = unquote(parts.path.lstrip("/"))
        if not name:
            raise BadDatabaseUrl("The address names no database (postgresql://user:password@host:5432/name).")
        options = dict(parse_qsl(parts.query))
        host = options.pop("host", "") or unquote(parts.hostname or "")
        port = options.pop("port", "") or _port(parts.netloc)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(name, user, password, host, port, tuple(options.items()))

    def as_role(self, user: str, password: str = "") -> DatabaseUrl:
        """The same database as somebody else."""
        return replace(self, user=user, password=password)

    def named(self, name: str) -> DatabaseUrl:
        """Another database of the same server."""
        return replace(self, name=name)

    def __str__(self) -> str:
        who = quote(self.user, safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        socket = self.host.startswith("/")
        where = "" if socket else (f"[{self.host}]" if ":" in self.host else self.host)
        where += f":{self.port}" if self.port and not socket else ""
        query = dict(self.options) | ({"host": self.host} if socket else {})
        query |= {"port": self.port} if socket and self.port else {}
        return f"postgresql://{who}{'@' if who else ''}{where}/{quote(self.name, safe='')}" + (
            f"?{urlencode(query)}" if query else ""
        )

    def for_django(self) -> dict[str, Any]:
        """The entry of Django's ``DATABASES``."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
            "OPTIONS": dict(self.options),
        }


def _port(netloc: str) -> str:
    port = netloc.rsplit("@", 1)[-1].rsplit("]", 1)[-1].partition(":")[2]
    if port and not port.isdecimal():
        raise BadDatabaseUrl("The port of the address is not a number.")
    return port
