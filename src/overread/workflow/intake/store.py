"""Where bytes lie: by their SHA-256, written whole and flushed to disk before anybody is told they are kept."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from ..errors import Invalid


@dataclass(frozen=True, slots=True)
class Stored:
    sha256: str
    size: int


def keep(chunks: Iterable[bytes], *, limit: int) -> Stored:
    """Write the chunks, flush them, and name them by their digest.

    Returns the digest (hexadecimal) and the size in bytes; the same bytes twice are kept once.
    Raises Invalid when there are none, or more than ``limit``, or the disk is full: nothing is kept then.
    """
    root().mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=root(), prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as out:
            stored = _copy(chunks, out, limit)
            out.flush()
            os.fsync(out.fileno())
        _into_place(Path(name), path_of(stored.sha256))
        return stored
    except OSError as error:
        raise Invalid(f"The file could not be kept: {error.strerror}.", "Nothing was kept. Try again later.") from error
    finally:
        Path(name).unlink(missing_ok=True)


def _copy(chunks: Iterable[bytes], out, limit: int) -> Stored:  # type: ignore[no-untyped-def]
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise Invalid(f"The file is larger than {limit // 2**20} MB.", "Send it in parts, or ask the navigator.")
        digest.update(chunk)
        out.write(chunk)
    if size == 0:
        raise Invalid("The file is empty.", "Choose the file again; it may not have been saved completely.")
    return Stored(digest.hexdigest(), size)


def _into_place(temporary: Path, final: Path) -> None:
    final.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.replace(temporary, final)
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read(sha256: str) -> bytes:
    """The bytes. Raises FileNotFoundError when they were refused and removed."""
    return path_of(sha256).read_bytes()


def remove(sha256: str) -> None:
    path_of(sha256).unlink(missing_ok=True)


def path_of(sha256: str) -> Path:
    return root() / sha256[:2] / sha256


def root() -> Path:
    return Path(settings.FILES_ROOT)
