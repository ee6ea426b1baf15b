"""``overread restore``: a new installation from a backup."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def restore(folder: Path) -> None:
    """Restore the newest backup in FOLDER into an installation that is still empty. Nothing is ever overwritten."""
    from overread.config import environment
    from overread.config.database import prepare, started_database
    from overread.config.database_roles import DatabaseNotUsable
    from overread.config.database_url import BadDatabaseUrl
    from overread.config.embedded_postgres import PostgresNotStarted

    from . import copies

    var = environment.var_directory()
    try:
        newest = copies.newest(folder)
        _refuse(folder, copies.damaged(folder))
        with _nobody_serves(var), started_database() as access:
            if not copies.is_empty(access.owner):
                raise copies.NotCopied(
                    "The database is not empty. Restore into a new one (OVERREAD_VAR, DATABASE_URL)."
                )
            new = copies.copy_files(folder, var)
            copies.copy_keys(folder, var)
            copies.load(access.owner, newest)
            prepare(access)
    except (copies.NotCopied, BadDatabaseUrl, DatabaseNotUsable, PostgresNotStarted, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{newest.name} and {new} files are restored.")


def _refuse(folder: Path, damaged: list[Path]) -> None:
    from .copies import NotCopied

    if damaged:
        names = ", ".join(str(path.relative_to(folder)) for path in damaged[:5])
        raise NotCopied(f"{len(damaged)} files of the backup are damaged ({names}). Nothing was restored.")


@contextmanager
def _nobody_serves(var: Path) -> Iterator[None]:
    """Hold the lock that ``overread serve`` holds."""
    from .copies import NotCopied

    with open(var / "supervisor.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotCopied("The installation is running. Stop it first.") from None
        yield
