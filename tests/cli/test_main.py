"""The command line: every command is found, explains itself and is imported only when it is called."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from overread.cli import main
from overread.cli.main import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert result.output.startswith("Usage:")


def test_the_list_names_every_command() -> None:
    listed = CliRunner().invoke(main, ["--help"]).output
    assert all(name in listed for name in COMMANDS)


def test_an_unknown_command_is_refused() -> None:
    assert CliRunner().invoke(main, ["nothing"]).exit_code == 2


def test_the_list_is_given_without_loading_django() -> None:
    look = "import sys; from overread.cli.main import main; print('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=True, capture_output=True, text=True).stdout == "False\n"


def test_settings_are_listed() -> None:
    assert "`DATABASE_URL`" in CliRunner().invoke(main, ["settings"]).output
