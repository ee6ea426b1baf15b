"""Progress in a terminal: steps, lines, and bars for what takes longer than a second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

T = TypeVar("T")


class Progress:
    """Where a command tells what it does."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)

    def step(self, number: int, name: str) -> None:
        self._console.print(f"\n[bold]{number}. {escape(name)}[/bold]")

    def say(self, line: str) -> None:
        self._console.print(f"   {escape(line)}", soft_wrap=True)

    def through(self, label: str, things: Iterable[T], total: int) -> Iterator[T]:
        """The things one by one, with a bar while they last. Where nobody watches a terminal, a line says the same."""
        if not self._console.is_terminal:
            yield from self._told(label, things, total)
            return
        columns = TextColumn("   {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        with Bars(*columns, console=self._console, transient=True) as bars:
            task = bars.add_task(escape(label), total=total)
            for thing in things:
                yield thing
                bars.advance(task)

    def _told(self, label: str, things: Iterable[T], total: int) -> Iterator[T]:
        for number, thing in enumerate(things):
            if number == 0:
                self.say(f"{label} ({total})." if total else f"{label}.")
            yield thing
