"""A frame as a PNG. The decoders of the JPEG family are C and C++ fed with untrusted bytes, so they run in a process of
their own, with a limit on time and memory, and what goes wrong there goes no further."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from . import errors
from .reading import parse

SECONDS = 30
MEMORY = 2 * 2**30
PNG = b"\x89PNG\r\n\x1a\n"


def render_png(
    path: Path,
    frame: int = 1,
    window: tuple[float, float] | None = None,
    *,
    seconds: int = SECONDS,
    memory: int = MEMORY,
) -> bytes:
    """One frame (counted from 1) as an 8-bit PNG.

    window: centre and width in the units after the modality's rescale; None for the window the file proposes, or its
    whole range. seconds, memory (bytes): what the decoder may use. Raises NotShown with the reason; a DicomError for
    files that are not whole.
    """
    parse(path)
    centre, width = window or ("", "")
    command = [sys.executable, "-I", "-m", "overread.interop.dicom.decoder", str(path)]
    arguments = [str(frame), str(centre), str(width), str(seconds), str(memory)]
    try:
        done = subprocess.run(command + arguments, capture_output=True, timeout=seconds + 5, check=False, env={})
    except subprocess.TimeoutExpired as error:
        raise errors.NotShown("The picture took too long to decode.", TELL) from error
    if done.returncode != 0 or not done.stdout.startswith(PNG):
        raise errors.NotShown(_reason(done), TELL)
    return done.stdout


TELL = "The file itself is kept as it came; ask the sender for an uncompressed export."


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    known = said[-1].removeprefix("refused: ") if said and said[-1].startswith("refused: ") else ""
    return known or "The picture could not be decoded within the limits."
