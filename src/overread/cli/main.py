"""The command ``overread``: each subcommand in its own file, imported only when it is called, so that each starts fast.

A new command: a file in this package, a function here that imports it, and its name in ``COMMANDS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click


def _serve() -> click.Command:
    from .serve import serve

    return serve


def _migrate() -> click.Command:
    from .migrate import migrate

    return migrate


def _settings() -> click.Command:
    from .settings import settings

    return settings


def _person() -> click.Command:
    from .person import person

    return person


def _backup() -> click.Command:
    from .backup import backup

    return backup


def _restore() -> click.Command:
    from .restore import restore

    return restore


def _stage() -> click.Command:
    from .stage import stage

    return stage


def _extract() -> click.Command:
    from .extract import extract

    return extract


def _symptoms() -> click.Command:
    from .symptoms import symptoms

    return symptoms


def _assess() -> click.Command:
    from .assess import assess

    return assess


def _walk() -> click.Command:
    from .walk import walk

    return walk


def _verify() -> click.Command:
    from .verify import verify

    return verify


def _release() -> click.Command:
    from .release import release

    return release


COMMANDS: Mapping[str, Callable[[], click.Command]] = {
    "serve": _serve,
    "migrate": _migrate,
    "settings": _settings,
    "person": _person,
    "backup": _backup,
    "restore": _restore,
    "stage": _stage,
    "extract": _extract,
    "assess": _assess,
    "symptoms": _symptoms,
    "walk": _walk,
    "verify": _verify,
    "release": _release,
}


class LazyCommands(click.Group):
    """A group that knows its commands' names and imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        find = COMMANDS.get(cmd_name)
        return find() if find else None


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="overread")
def main() -> None:
    """Cancer second opinions, end to end."""
