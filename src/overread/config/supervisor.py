"""One process that starts the database, the web and the worker, watches them, and stops them in the right order."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from pathlib import Path
from types import FrameType

from . import environment
from .database import Access, Tell, prepare, started_database
from .supervisor_note import Identity, Note, stop_all

PORTS_TO_TRY = 50
ANSWER_SECONDS = 60
LOOK_EVERY = 0.2
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class AlreadyRunning(Exception):
    """Another supervisor serves this var directory; ``address`` says where."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class NoFreePort(Exception):
    """None of the ports tried was free."""


class ChildEnded(Exception):
    """The web or the worker ended by itself."""


class StopAsked(BaseException):
    """SIGINT, SIGTERM or SIGHUP. Not an ``Exception``: nothing on the way may take it for an error of its own."""


@dataclass
class Supervisor:
    """One installation running: ``run()`` returns when asked to stop and raises when something ended by itself."""

    host: str
    port: int
    tell: Tell
    var: Path = field(default_factory=environment.var_directory)
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def note(self) -> Path:
        return self.var / "supervisor.json"

    def run(self) -> None:
        """Start everything and watch it."""
        with self._alone(), stop_signals():
            try:
                self._recover()
                with started_database(self.tell) as access:
                    self._serve(access)
            except StopAsked:
                self.tell("Stopped. Everything is kept.")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock of the var directory. It vanishes with this process, even if that is killed."""
        with open(self.var / "supervisor.lock", "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                note = Note.read(self.note)
                raise AlreadyRunning(note.address if note else "(it is just starting)") from None
            yield

    def _recover(self) -> None:
        """Stop what a killed supervisor left behind."""
        left = Note.read(self.note)
        if left and stop_all(left.children):
            self.tell("Stopped what an earlier run had left behind.")
        self.note.unlink(missing_ok=True)

    def _serve(self, access: Access) -> None:
        prepare(access, self.tell)
        load_demo(self.tell)
        listening = self._bind()
        address = environment.ADDRESS.read() or f"http://{shown(self.host)}:{listening.getsockname()[1]}"
        try:
            self._start_children(access, listening, address)
            self._wait_for_answer(listening)
            self.tell(f"Overread is running at {address} (Ctrl-C stops it)")
            while True:
                self._check_children()
                time.sleep(LOOK_EVERY)
        finally:
            ignore_signals()
            listening.close()
            self._stop_children()

    def _bind(self) -> socket.socket:
        """The first free port from the one wished for."""
        for port in range(self.port, self.port + PORTS_TO_TRY):
            listening = socket.socket(socket.AF_INET6 if ":" in self.host else socket.AF_INET)
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listening.bind((self.host, port))
                listening.listen(128)
            except OSError as error:
                listening.close()
                self.tell(f"Port {port} cannot be used ({error.strerror}); trying the next.")
                continue
            return listening
        raise NoFreePort(f"No free port from {self.port} to {self.port + PORTS_TO_TRY - 1}.")

    def _start_children(self, access: Access, listening: socket.socket, address: str) -> None:
        surroundings = {**os.environ, "DATABASE_URL": str(access.application), "OVERREAD_VAR": str(self.var)}
        surroundings[environment.ADDRESS.name] = address
        surroundings.pop(environment.DATABASE_OWNER_URL.name, None)  # the application never learns the owner's password
        for role, words in {"web": [str(listening.fileno())], "worker": []}.items():
            self.children[role] = subprocess.Popen(
                [sys.executable, "-m", "overread.config.child", role, *words],
                stdin=subprocess.PIPE,
                env=surroundings,
                pass_fds=[listening.fileno()] if role == "web" else [],
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops them in order
            )
            Note(address, tuple(Identity.of(child.pid) for child in self.children.values())).write(self.note)

    def _wait_for_answer(self, listening: socket.socket) -> None:
        host, port = listening.getsockname()[:2]
        reachable = "localhost" if ip_address(host).is_unspecified else host
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            self._check_children()
            connection = HTTPConnection(reachable, port, timeout=LOOK_EVERY * 5)
            try:
                connection.request("HEAD", "/accounts/login/")
                connection.getresponse()
            except (OSError, HTTPException):
                continue
            else:
                return
            finally:
                connection.close()
        raise ChildEnded("The web did not answer.")

    def _check_children(self) -> None:
        for role, child in self.children.items():
            code = child.poll()
            if code is not None:
                raise ChildEnded(f"The {role} ended by itself (exit code {code}).")

    def _stop_children(self) -> None:
        """Web and worker; the database follows when its context ends."""
        self.tell("Stopping …")
        stop_all(Identity.of(child.pid) for child in self.children.values() if child.poll() is None)
        for child in self.children.values():
            child.wait()
        self.note.unlink(missing_ok=True)


@contextmanager
def stop_signals() -> Iterator[None]:
    """Turn the first signal into ``StopAsked``; while everything is being stopped, further ones change nothing."""

    def ask(number: int, _frame: FrameType | None) -> None:
        ignore_signals()
        raise StopAsked(signal.Signals(number).name)

    before = {each: signal.signal(each, ask) for each in STOP_SIGNALS}
    if before[signal.SIGHUP] == signal.SIG_IGN:  # nohup
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def ignore_signals() -> None:
    """From now on nothing interrupts the stopping."""
    for each in STOP_SIGNALS:
        signal.signal(each, signal.SIG_IGN)


def shown(host: str) -> str:
    """A host as one types it into a browser."""
    return f"[{host}]" if ":" in host else host


def load_demo(tell: Tell) -> None:
    """The demo's cases and sign-ins, where the demo is switched on."""
    if not environment.DEMO.is_on():
        return
    from overread import demo

    for line in demo.load():
        tell(line)
