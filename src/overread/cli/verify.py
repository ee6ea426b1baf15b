"""``overread verify``: is a receipt whole and signed? Needs neither the installation nor the network."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.argument("receipt", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", help="The installation's published key, in hexadecimal; without it the receipt's own is used.")
def verify(receipt: Path, key: str | None) -> None:
    """Check a case's receipt (the file “trail.json” that a patient can save)."""
    from overread.workflow.audit.receipts import check

    try:
        data = json.loads(receipt.read_bytes())
    except ValueError as error:
        raise click.ClickException(f"{receipt} is not JSON.") from error
    verdict = check(data if isinstance(data, dict) else {}, key)
    click.echo(verdict.sentence)
    if not verdict.holds:
        raise click.exceptions.Exit(1)
