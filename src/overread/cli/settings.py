"""``overread settings``: what an operator may set."""

from __future__ import annotations

import click


@click.command()
def settings() -> None:
    """List every environment variable and its meaning."""
    from overread.config.environment import reference_page

    click.echo(reference_page(), nl=False)
