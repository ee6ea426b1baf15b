"""``overread serve``: the whole installation, until Ctrl-C."""

from __future__ import annotations

import time

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Network address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port; the next free one is taken if it is in use.")
def serve(host: str, port: int) -> None:
    """Run the installation: database, web and worker."""
    from overread.config.database_roles import DatabaseNotUsable
    from overread.config.database_url import BadDatabaseUrl
    from overread.config.embedded_postgres import PostgresNotStarted
    from overread.config.supervisor import AlreadyRunning, ChildEnded, NoFreePort, Supervisor

    began = time.monotonic()

    def tell(line: str) -> None:
        click.echo(f"[{time.monotonic() - began:5.1f} s] {line}")

    try:
        Supervisor(host, port, tell).run()
    except AlreadyRunning as running:
        click.echo(f"Overread is already running at {running.address}")
    except (BadDatabaseUrl, DatabaseNotUsable, PostgresNotStarted, NoFreePort, ChildEnded) as error:
        raise click.ClickException(str(error)) from error
