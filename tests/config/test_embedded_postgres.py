from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from overread.config.embedded_postgres import EmbeddedPostgres, PostgresNotStarted


@pytest.fixture
def server(var: Path) -> Iterator[EmbeddedPostgres]:
    made = EmbeddedPostgres(var / "data")
    yield made
    made.stop()


def ask(server: EmbeddedPostgres, question: str) -> object:
    with psycopg.connect(str(server.superuser_url())) as connection:
        row = connection.execute(question.encode()).fetchone()
        assert row is not None
        return row[0]


def test_it_listens_only_inside_a_closed_directory(server: EmbeddedPostgres) -> None:
    server.start()
    server.start()  # a second time adopts it
    assert ask(server, "SHOW listen_addresses") == ""
    assert stat.S_IMODE(server.socket_directory.stat().st_mode) == 0o700
    assert ask(server, "SELECT string_agg(extname, ',') FROM pg_extension") == "plpgsql"


def test_a_long_path_gets_a_short_socket_of_its_own(tmp_path: Path) -> None:
    long = EmbeddedPostgres(tmp_path / ("long" * 25))
    other = EmbeddedPostgres(tmp_path / ("very" * 25))
    assert long.socket_directory not in {long.data, other.socket_directory}
    assert len(str(long.socket_directory)) < 90


def test_a_strangers_process_number_in_a_stale_note_is_no_server(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    assert server.process() is None
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n")
    assert server.process() is None
    server.start()
    assert ask(server, "SELECT 1") == 1


def test_a_half_made_data_directory_is_made_again(server: EmbeddedPostgres) -> None:
    draft = server.data.with_name("data.draft")
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18")
    server.start()
    assert ask(server, "SELECT 1") == 1
    assert not draft.exists()


def test_a_server_that_cannot_start_shows_the_end_of_its_log(server: EmbeddedPostgres) -> None:
    with pytest.raises(PostgresNotStarted, match="no_such_setting"):
        server.start(["no_such_setting=1"])
    assert server.process() is None
    server.stop()  # nothing to stop is no error


def test_an_empty_note_is_no_server(server: EmbeddedPostgres) -> None:
    server.data.mkdir()
    (server.data / "postmaster.pid").touch()
    assert server.process() is None
    assert EmbeddedPostgres(server.data / "none").process() is None
