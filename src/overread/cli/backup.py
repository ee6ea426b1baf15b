"""``overread backup``: the database, the files and the keys into a folder, also while the installation runs."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def backup(folder: Path) -> None:
    """Copy everything that cannot be made again into FOLDER. A second backup adds only what is new."""
    from overread.config import environment
    from overread.config.database import started_database
    from overread.config.database_roles import DatabaseNotUsable
    from overread.config.database_url import BadDatabaseUrl
    from overread.config.embedded_postgres import PostgresNotStarted

    from . import copies

    var = environment.var_directory()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with started_database() as access:
            made = copies.dump(access.owner, folder)
        # The dump first: a file that comes in between is copied too many, never too few.
        new = copies.copy_files(var, folder)
        copies.copy_keys(var, folder)
    except (copies.NotCopied, BadDatabaseUrl, DatabaseNotUsable, PostgresNotStarted, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{made.name} and {new} new files are in {folder}.")
