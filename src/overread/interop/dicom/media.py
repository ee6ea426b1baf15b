"""Images out of a folder, a disc's copy or a zip, one after the other, each read or refused with its reason."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from . import errors
from .errors import DicomError
from .instance import Instance, examine

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """What is unpacked at most: files, bytes of one and of all, and how many bytes may come out of one packed byte."""

    files: int = 50_000
    bytes_each: int = 4 * 2**30
    bytes_all: int = 64 * 2**30
    ratio: int = 200


LIMITS = Limits()
PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Received:
    """One file of the medium: its name there, and the image it is or why it is not one. ``data``: its bytes, if read."""

    name: str
    instance: Instance | None = None
    error: DicomError | None = None
    data: bytes = b""


def read_directory(folder: Path, progress: Progress | None = None, limits: Limits = LIMITS) -> Iterator[Received]:
    """Every file below the folder, in the order of their names. Links are not followed; nothing raises for one bad file.

    progress: called with how many files are done and how many there are.
    """
    found = sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    for done, path in enumerate(found[: limits.files], start=1):
        yield _from_disk(path, path.relative_to(folder).as_posix(), limits)
        if progress:
            progress(done, len(found))
    if len(found) > limits.files:
        yield Received(
            "", error=errors.ArchiveRefused(f"The folder has more than {limits.files:,} files; the rest was not read.")
        )


def _from_disk(path: Path, name: str, limits: Limits) -> Received:
    if path.stat().st_size > limits.bytes_each:
        return Received(name, error=errors.ArchiveRefused("The file is larger than an image may be."))
    try:
        return _examined(name, path.read_bytes())
    except OSError:
        return Received(name, error=errors.Damaged("The file could not be read from the medium."))


def read_zip(
    archive: Path | IO[bytes], progress: Progress | None = None, limits: Limits = LIMITS
) -> Iterator[Received]:
    """Every file of the zip. What makes the whole archive unsafe raises ArchiveRefused; what makes one entry so is refused
    with that entry. Sizes are counted while unpacking, never believed.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = [e for e in opened.infolist() if not e.is_dir()]
            if len(entries) > limits.files:
                raise errors.ArchiveRefused(f"The archive has more than {limits.files:,} files.")
            yield from _entries(opened, entries, progress, limits)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        raise errors.ArchiveRefused("The archive is damaged, cut off, or not a zip file.") from error


def _entries(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], progress: Progress | None, limits: Limits
) -> Iterator[Received]:
    left = limits.bytes_all
    for done, entry in enumerate(entries, start=1):
        received = _entry(archive, entry, min(left, limits.bytes_each), limits)
        left -= len(received.data)
        yield received
        if progress:
            progress(done, len(entries))


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int, limits: Limits) -> Received:
    name = entry.filename
    if reason := _unsafe(entry):
        return Received(_shown(name), error=errors.ArchiveRefused(reason))
    try:
        data = _unpacked(archive, entry, min(room, max(entry.compress_size, 1) * limits.ratio + PIECE))
    except DicomError as error:
        return Received(name, error=error)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        return Received(name, error=errors.Damaged("This file of the archive cannot be unpacked."))
    if data[:4] == b"PK\3\4":
        return Received(
            name, error=errors.ArchiveRefused("This is a zip inside the zip.", "Please unpack it and send its files.")
        )
    return _examined(name, data)


def _unsafe(entry: zipfile.ZipInfo) -> str | None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] if path.parts else True:
        return "The file's name in the archive points outside of it."
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "This is a link to another file, not a file."
    if entry.flag_bits & 1:
        return "This file of the archive is locked with a password."
    return None


def _shown(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    pieces, size = [], 0
    with archive.open(entry) as packed:
        while piece := packed.read(PIECE):
            size += len(piece)
            if size > room:
                raise errors.ArchiveRefused(
                    "This file unpacks to far more than it should; it was not unpacked further."
                )
            pieces.append(piece)
    return b"".join(pieces)


def _examined(name: str, data: bytes) -> Received:
    try:
        return Received(name, instance=examine(data), data=data)
    except DicomError as error:
        return Received(name, error=error, data=data)
