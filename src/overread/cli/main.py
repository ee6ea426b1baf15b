"""The command ``overread``: each subcommand in its own file, imported only when it is called, so that each starts fast.

A new command: a file in this package, its name in ``COMMANDS`` and its import in ``get_command``.
"""

from __future__ import annotations

import click

COMMANDS = (
    "serve", "migrate", "settings", "person", "backup", "restore", "stage", "extract", "walk", "verify",
)  # fmt: skip


class LazyCommands(click.Group):
    """A group that knows its commands' names and imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        match cmd_name:
            case "serve":
                from .serve import serve

                return serve
            case "migrate":
                from .migrate import migrate

                return migrate
            case "settings":
                from .settings import settings

                return settings
            case "person":
                from .person import person

                return person
            case "backup":
                from .backup import backup

                return backup
            case "restore":
                from .restore import restore

                return restore
            case "stage":
                from .stage import stage

                return stage
            case "extract":
                from .extract import extract

                return extract
            case "walk":
                from .walk import walk

                return walk
            case "verify":
                from .verify import verify

                return verify
            case _:
                return None


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="overread")
def main() -> None:
    """Cancer second opinions, end to end."""
