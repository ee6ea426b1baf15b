"""The note a running supervisor leaves: who it is, where it serves, and its children.

Process numbers are reused, so each is kept with the moment its process began; only a match of both is our process.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

STOP_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Identity:
    """One process, told apart from a later one with the same number."""

    pid: int
    began: float

    @classmethod
    def of(cls, pid: int) -> Identity:
        return cls(pid, psutil.Process(pid).create_time())

    def process(self) -> psutil.Process | None:
        """The process if it still lives."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.began) < 1 and process.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return None
        return process if same else None


@dataclass(frozen=True, slots=True)
class Note:
    """What the next start, or a second one, needs to know."""

    address: str
    children: tuple[Identity, ...] = ()

    def write(self, path: Path) -> None:
        """Replace the note whole."""
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(self)))
        os.replace(draft, path)

    @classmethod
    def read(cls, path: Path) -> Note | None:
        """The note, or None where there is none or it cannot be read."""
        try:
            content = json.loads(path.read_text())
            return cls(content["address"], tuple(Identity(**child) for child in content["children"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None


def stop_all(identities: Iterable[Identity]) -> int:
    """Ask each living process to stop, wait, then make it. How many there were."""
    living = [process for process in (identity.process() for identity in identities) if process]
    for process in living:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _gone, stubborn = psutil.wait_procs(living, timeout=STOP_SECONDS)
    for process in stubborn:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(stubborn, timeout=STOP_SECONDS)
    return len(living)
