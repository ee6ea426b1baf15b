from __future__ import annotations

import psycopg.conninfo
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.config.database_url import BadDatabaseUrl, DatabaseUrl

CASES = [
    (
        "postgresql://ann:p%40ss@db.example.org:5433/cases",
        DatabaseUrl("cases", "ann", "p@ss", "db.example.org", "5433"),
    ),
    ("postgres://db/cases", DatabaseUrl("cases", host="db")),
    ("postgresql:///cases", DatabaseUrl("cases")),
    ("postgresql://ann@/cases?host=/run/pg", DatabaseUrl("cases", "ann", host="/run/pg")),
    ("postgresql://ann@/cases?host=/run/pg&port=5433", DatabaseUrl("cases", "ann", host="/run/pg", port="5433")),
    (
        "postgresql://[::1]:5432/cases?sslmode=require",
        DatabaseUrl("cases", "", "", "::1", "5432", (("sslmode", "require"),)),
    ),
    ("postgresql://a@%2Frun%2Fpg/cases", DatabaseUrl("cases", "a", host="/run/pg")),
]


@pytest.mark.parametrize(("text", "url"), CASES)
def test_reads(text: str, url: DatabaseUrl) -> None:
    assert DatabaseUrl.parse(text) == url
    assert DatabaseUrl.parse(str(url)) == url


@pytest.mark.parametrize("text", ["", "mysql://a/b", "sqlite:///x", "postgresql://host", "postgresql://host:x/name"])
def test_refuses(text: str) -> None:
    with pytest.raises(BadDatabaseUrl):
        DatabaseUrl.parse(text)


def test_a_refusal_keeps_the_password_to_itself() -> None:
    with pytest.raises(BadDatabaseUrl) as refused:
        DatabaseUrl.parse("postgresql://ann:secret@host:port/name")
    assert "secret" not in str(refused.value)


@given(st.text("ab@:/?#% é'", min_size=1), st.text("ab@:/?#% é'"), st.text("ab@/?#% é", min_size=1))
def test_postgresql_reads_what_we_write(user: str, password: str, name: str) -> None:
    read = psycopg.conninfo.conninfo_to_dict(str(DatabaseUrl(name, user, password, "/run/pg", "5433")))
    wanted = {"user": user, "password": password, "dbname": name, "host": "/run/pg", "port": "5433"}
    assert read == {key: value for key, value in wanted.items() if value}
