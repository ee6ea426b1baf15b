"""What the deployment files say is true of the code: commands, variables and places that exist."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from overread.cli.main import COMMANDS
from overread.config.environment import VARIABLES

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
KNOWN = {variable.name for variable in VARIABLES}


def unit(name: str) -> configparser.ConfigParser:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read(DEPLOY / name)
    return read


def test_the_service_runs_the_supervisor_and_stops_it_alone() -> None:
    service = unit("overread.service")["Service"]

    assert service["ExecStart"].endswith("/.venv/bin/overread serve")
    assert service["KillMode"] == "mixed"
    assert int(service["TimeoutStopSec"]) > 30  # web and worker have ten seconds each, the database more


def test_the_timer_starts_a_backup_that_is_there() -> None:
    words = unit("overread-backup.service")["Service"]["ExecStart"].split()

    assert (DEPLOY / Path(words[0]).name).is_file()
    assert unit("overread-backup.timer")["Timer"]["Persistent"] == "yes"


@pytest.mark.parametrize("name", ["backup", "restore"])
def test_a_script_is_a_script_and_calls_a_command(name: str) -> None:
    script = DEPLOY / name
    called = set(re.findall(r'overread" (\w+)', script.read_text()))

    assert os.access(script, os.X_OK)
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0
    assert called
    assert called <= set(COMMANDS)
    assert subprocess.run([script], capture_output=True, check=False).returncode != 0  # without a folder it says so


def test_the_example_names_settings_that_exist() -> None:
    lines = (DEPLOY / "overread.env.example").read_text().splitlines()
    named = {line.lstrip("#").partition("=")[0] for line in lines if "=" in line}

    assert named
    assert named <= KNOWN


def test_the_compose_file() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]

    assert set(services) == {"database", "overread", "proxy"}
    assert (DEPLOY.parent / services["overread"]["build"]["dockerfile"]).is_file()
    assert "ports" not in services["overread"]  # nobody reaches it but through the proxy
    assert set(services["overread"]["environment"]) <= KNOWN | {"FORWARDED_ALLOW_IPS"}
