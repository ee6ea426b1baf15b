"""The source as the architecture tests read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "overread"


def modules(*parts: str) -> list[Path]:
    """Python files of the product below some storeys (all of it without any)."""
    below = [SOURCE / part for part in parts] or [SOURCE]
    return sorted(path for folder in below for path in folder.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))
