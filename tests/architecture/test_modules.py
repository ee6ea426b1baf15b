"""Names, sizes and imports of modules. Who may import whom is checked by import-linter (pyproject.toml)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import calls, modules, name_of

LONGEST = 300
EMPTY_NAMES = {"utils", "util", "core", "common", "helpers", "helper", "misc", "lib", "base"}


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_fits_the_head(path: Path) -> None:
    lines = [line for line in path.read_text().splitlines() if line.strip() and not line.strip().startswith("#")]
    assert len(lines) <= LONGEST, f"{len(lines)} lines: split it by what it is about"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_name_says_what_is_inside(path: Path) -> None:
    assert not EMPTY_NAMES & {path.stem, *path.parent.parts[-3:]}


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_every_import_can_be_seen(path: Path) -> None:
    """A dynamic import would walk past the rules of who may import whom."""
    found = [ast.unparse(call.func) for call in calls(ast.parse(path.read_text()))]
    hidden = {
        "importlib.import_module",
        "import_module",
        "__import__",
        "import_string",
        "exec",
        "eval",
        "runpy.run_module",
    }
    assert not hidden & set(found)
