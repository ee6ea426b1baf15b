"""Progress: a bar where somebody watches a terminal, a line where nobody does, and every thing handed on."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from overread.cli.progress import Progress


@pytest.mark.parametrize("terminal", [True, False])
def test_everything_is_handed_on(terminal: bool) -> None:
    said = io.StringIO()
    told = Progress(Console(file=said, force_terminal=terminal, width=100))

    assert list(told.through("Reading [x]", iter([1, 2, 3]), total=3)) == [1, 2, 3]
    assert "Reading [x]" in said.getvalue()


def test_nothing_is_said_of_nothing() -> None:
    said = io.StringIO()
    assert list(Progress(Console(file=said)).through("Reading", [], total=0)) == []
    assert said.getvalue() == ""
