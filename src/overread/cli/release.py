"""``overread release``: public data brought into the installation as a read-only release, and used from then on."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("kind", type=click.Choice(["pubmed", "trials"]))
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="Where the files came from, for example “MEDLINE 2026 baseline”.")
def release(kind: str, files: tuple[Path, ...], source: str) -> None:
    """Import PubMed XML or ClinicalTrials.gov records; experts are ranked from the newest release."""
    from overread.config.database import running_database
    from overread.interop.public_data import PublicDataError

    with running_database():
        from .releasing import import_release

        try:
            click.echo(import_release(kind, files, source))
        except PublicDataError as error:
            raise click.ClickException(str(error)) from error
