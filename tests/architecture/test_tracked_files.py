"""What is committed works anywhere: no machine's path, no registry's address, no file that is made from others."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, name_of

# Written in pieces, so that this file does not hold what it looks for.
HOSTS = ("python" + "hosted", "py" + "pi[.]org/(simple|packages)", "regis" + "try[.](npm|yarn)")
FOLDERS = ("wo" + "rk", "ro" + "ot", "opt/py" + "pi[\\w-]*")
ELSEWHERE = re.compile(
    rf"(?<![\w./-])/({'|'.join(FOLDERS)})/|{'|'.join(HOSTS)}"
    r"|\"resolved\": \"http|--index-url http|--extra-index-url"
)
MADE = re.compile(
    r"(^|/)(node_modules|var|build|__pycache__|\.venv)/|\.(pyc|dcm|sqlite3|whl)$|(^|/)(uv|pylock)\.(lock|toml)$"
)
BINARY = {".png", ".jpg", ".woff2", ".pdf", ".gz", ".zip", ".ico"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_address_or_path_of_one_machine() -> None:
    found = []
    for path in tracked():
        if path == Path(__file__) or path.suffix in BINARY:
            continue
        text = path.read_text(errors="replace")
        found += [f"{name_of(path)}: {match[0]}" for match in ELSEWHERE.finditer(text)]
    assert found == []


def test_nothing_made_is_committed() -> None:
    assert [name_of(path) for path in tracked() if MADE.search(name_of(path))] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see /home/somebody/x".replace("home/somebody", "wo" + "rk"), True),
        ('"resolved": "https://example.org/x.tgz"', True),
        ("/" + "root/.cache", True),
        ("https://example.org/" + "work/a", False),
        ("framework/" + "root/x", False),
    ],
)
def test_the_pattern(text: str, found: bool) -> None:
    assert bool(ELSEWHERE.search(text)) is found
