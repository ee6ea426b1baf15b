"""The processes that decode slides: one for each slide that somebody looks at, kept alive for the next tile.

A decoder is C fed with untrusted bytes. It runs apart, with a limit on time and memory, and sees the files of one slide
alone: a slide that takes its decoder over finds nobody else's tiles there. Starting one costs a quarter of a second,
a tile some milliseconds, so that a few are kept; who stays unused for minutes ends by itself.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from . import errors

DECODER = Path(__file__).with_name("decoder.py")
ANSWER, REFUSAL = b"A", b"R"  # as in `decoder`
Files = tuple[Path, ...]

SECONDS = 20  # for one answer
CPU_SECONDS = 600  # of one process in its life; it is started again after that
EXAMINE_SECONDS = 60
MEMORY = 2 * 2**30
MOST_ANSWER = 32 * 2**20
MOST_PROCESSES = 4
HEAD = 9
SLOW = "The picture took too long to decode."
FAILED = "The picture could not be decoded within the limits."


class Process:
    """One decoder with a folder of its own, in which the slide's files are linked and nothing else is."""

    def __init__(self, mode: str, files: Files, *, cpu_seconds: int, memory: int = MEMORY) -> None:
        self.turn = threading.Lock()
        self.folder = Path(tempfile.mkdtemp(prefix="overread-slide-"))
        for number, file in enumerate(files):
            (self.folder / f"{number:04}").symlink_to(file.resolve())
        command = [sys.executable, "-I", str(DECODER), mode, str(self.folder)]
        self.process = subprocess.Popen(
            [*command, str(cpu_seconds), str(memory)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env={}, bufsize=0,
        )  # fmt: skip

    def ask(self, request: Mapping[str, Any] | None, seconds: float) -> bytes:
        """The bytes of the answer. Raises the refusal that the decoder names, and NotShown when it dies or dawdles."""
        try:
            if request is not None:
                _pipe(self.process.stdin).write(json.dumps(request).encode() + b"\n")
            return self._answer(time.monotonic() + seconds)
        except OSError as error:
            raise errors.NotShown(FAILED) from error

    def _answer(self, end: float) -> bytes:
        head = self._read(HEAD, end)
        kind, length = head[:1], _length(head[1:])
        if kind not in (ANSWER, REFUSAL) or length > MOST_ANSWER:
            raise errors.NotShown(FAILED)
        body = self._read(length, end)
        if kind == REFUSAL:
            raise _refusal(body)
        return body

    def _read(self, length: int, end: float) -> bytes:
        found = bytearray()
        out = _pipe(self.process.stdout)
        while len(found) < length:
            if not select.select([out], [], [], max(0.0, end - time.monotonic()))[0]:
                raise errors.NotShown(SLOW)
            more = os.read(out.fileno(), length - len(found))
            if not more:
                raise errors.NotShown(FAILED)
            found += more
        return bytes(found)

    def close(self) -> None:
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            _pipe(pipe).close()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None


class Pool:
    """The few decoders that are kept, the one used longest ago first."""

    def __init__(self, most: int = MOST_PROCESSES) -> None:
        self.most = most
        self._known: OrderedDict[Files, Process] = OrderedDict()
        self._lock = threading.Lock()

    def ask(self, files: Files, request: Mapping[str, Any], *, seconds: float = SECONDS) -> bytes:
        """The answer of the slide's own process. One that died or dawdled is ended; the next question starts another."""
        process = self._of(files)
        with process.turn:
            try:
                return process.ask(request, seconds)
            except errors.NotShown:
                self._forget(files, process)
                raise

    def _of(self, files: Files) -> Process:
        with self._lock:
            process = self._known.pop(files, None)
            if process is not None and not process.alive:
                process.close()
                process = None
            self._known[files] = process or Process("serve", files, cpu_seconds=CPU_SECONDS)
            crowd = [self._known.popitem(last=False)[1] for _ in range(len(self._known) - self.most)]
            found = self._known[files]
        for unused in crowd:
            with unused.turn:
                unused.close()
        return found

    def _forget(self, files: Files, process: Process) -> None:
        process.close()
        with self._lock:
            if self._known.get(files) is process:
                del self._known[files]

    def close(self) -> None:
        """End them all."""
        with self._lock:
            every = list(self._known.values())
            self._known.clear()
        for process in every:
            process.close()


POOL = Pool()
atexit.register(POOL.close)


def once(files: Files, *, seconds: int = EXAMINE_SECONDS, memory: int = MEMORY) -> bytes:
    """The examination of a slide in a process that ends with it."""
    process = Process("examine", files, cpu_seconds=seconds, memory=memory)
    try:
        return process.ask(None, seconds)
    finally:
        process.close()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:  # never: both are asked for above
        raise errors.NotShown(FAILED)
    return pipe


def _length(digits: bytes) -> int:
    try:
        return int(digits, 16)
    except ValueError:
        raise errors.NotShown(FAILED) from None


def _refusal(body: bytes) -> errors.SlideError:
    """The refusal by its name. The process may have been taken over, so that its words are weighed too."""
    try:
        name, what = json.loads(body)
        return errors.KINDS[name](str(what)[:200])
    except (ValueError, KeyError, TypeError):
        return errors.NotShown(FAILED)
