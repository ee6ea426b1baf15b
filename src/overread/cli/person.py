"""``overread person``: an account with a role, made by whoever may run commands on the installation's machine."""

from __future__ import annotations

import click


@click.command()
@click.option("--email", required=True)
@click.option("--name", required=True, help="As it should be read on letters and reports.")
@click.option("--role", "roles", multiple=True, required=True, help="Repeat for several.")
@click.option("--organisation", required=True, help="Made if there is none of this name.")
@click.option("--specialty", default="", help="For physicians.")
@click.password_option(help="At least 12 characters; asked for when not given.")
def person(email: str, name: str, roles: tuple[str, ...], organisation: str, specialty: str, password: str) -> None:
    """Make an account with one or more roles, for example the first operator of a new installation.

    Somebody who has an account is given the roles in addition.
    """
    from overread.config.database import running_database
    from overread.config.database_roles import DatabaseNotUsable
    from overread.config.database_url import BadDatabaseUrl
    from overread.config.embedded_postgres import PostgresNotStarted

    try:
        with running_database():
            from overread.workflow.errors import WorkflowError

            from .people import make_person

            try:
                made = make_person(email, name, roles, organisation, specialty, password)
            except WorkflowError as refusal:
                raise click.ClickException(f"{refusal.what} {refusal.do}".strip()) from refusal
    except (BadDatabaseUrl, DatabaseNotUsable, PostgresNotStarted) as error:
        raise click.ClickException(str(error)) from error
    click.echo(made)
