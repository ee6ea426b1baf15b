"""``overread migrate``: bring the database to this version, as its owner, and renew the application's rights."""

from __future__ import annotations

import click


@click.command()
def migrate() -> None:
    """Bring the database to this version of Overread."""
    from overread.config.database import running_database

    with running_database(click.echo):
        pass
