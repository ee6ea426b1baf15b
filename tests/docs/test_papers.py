"""The papers tell the truth: generated pages are fresh, links lead somewhere, commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from overread.cli.main import COMMANDS
from scripts.reference import pages

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("*.md", "docs/adr/*.md", "docs/how_to/*.md", "docs/reference/*.md")
PAPERS = [path for place in PLACES for path in sorted(ROOT.glob(place))]
DECISIONS = sorted(ROOT.glob("docs/adr/[0-9]*.md"))
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
COMMAND = re.compile(r"(?:^|`) *(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?overread ([a-z]+)", re.MULTILINE)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_generated_pages_are_fresh() -> None:
    stale = [path for path, text in pages().items() if (ROOT / path).read_text(encoding="utf-8") != text]
    assert stale == [], "run: python scripts/reference.py"


@pytest.mark.parametrize("path", PAPERS, ids=named)
def test_links_lead_somewhere(path: Path) -> None:
    dead = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if not (path.parent / link).exists()]
    assert dead == []


@pytest.mark.parametrize("path", [p for p in PAPERS if "adr" not in p.parts], ids=named)
def test_commands_exist(path: Path) -> None:
    blocks = "\n".join(
        re.findall(r"```.*?```|^    .*$|`[^`]+`", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    )
    assert set(COMMAND.findall(blocks)) <= set(COMMANDS)


@pytest.mark.parametrize("path", DECISIONS, ids=named)
def test_a_decision_says_what_was_rejected(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(r"# \d{4}:? \S", text)
    assert "Rejected" in text


def test_decisions_have_numbers_of_their_own() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(numbers) == len(set(numbers))
