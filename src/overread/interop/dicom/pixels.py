"""The frames of a picture as they are stored: nothing is decoded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydicom import config
from pydicom.dataset import FileDataset
from pydicom.encaps import generate_frames
from pydicom.uid import UID, ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from . import errors
from .elements import integer, text
from .reading import parse

FRAMES_LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of one instance, and the transfer syntax that tells how they are compressed."""

    transfer_syntax: str
    data: tuple[bytes, ...]


def frames(path: Path) -> Frames:
    """Every frame of the file, uncompressed ones in little-endian order.

    Raises NoPixels when there is no picture, Truncated when there are fewer bytes than the header says.
    """
    dataset = parse(path, whole=True)
    if "PixelData" not in dataset:
        raise errors.NoPixels("This object holds no picture.")
    syntax = UID(text(dataset.file_meta, "TransferSyntaxUID") or ImplicitVRLittleEndian, validation_mode=config.IGNORE)
    count = min(max(1, integer(dataset, "NumberOfFrames") or 1), FRAMES_LIMIT)
    try:
        if syntax.is_compressed:
            return Frames(str(syntax), _encapsulated(dataset, count))
        return Frames(str(ExplicitVRLittleEndian), _native(dataset, count, swap=syntax == ExplicitVRBigEndian))
    except errors.DicomError:
        raise
    except Exception as error:  # hostile fragments and offsets
        raise errors.Damaged("The picture's frames cannot be told apart.") from error


def _encapsulated(dataset: FileDataset, count: int) -> tuple[bytes, ...]:
    found = tuple(generate_frames(dataset.PixelData, number_of_frames=count))
    if len(found) < count:
        raise errors.Truncated("The picture has fewer frames than its header says.")
    return found


def _native(dataset: FileDataset, count: int, *, swap: bool) -> tuple[bytes, ...]:
    length = _frame_length(dataset)
    data: bytes = dataset.PixelData
    if length * count > len(data):
        raise errors.Truncated("The picture has fewer bytes than its size needs.")
    if swap and (integer(dataset, "BitsAllocated") or 8) == 16:
        data = np.frombuffer(data[: len(data) // 2 * 2], dtype=">u2").astype("<u2").tobytes()
    return tuple(data[i * length : (i + 1) * length] for i in range(count))


def _frame_length(dataset: FileDataset) -> int:
    """Bytes of one uncompressed frame."""
    names = ("Rows", "Columns", "SamplesPerPixel", "BitsAllocated")
    rows, columns, samples, bits = (integer(dataset, name) for name in names)
    size = (rows or 0) * (columns or 0) * (samples or 1) * (bits or 8)
    if size <= 0:
        raise errors.Damaged("The picture does not say how large it is.")
    subsampled = text(dataset, "PhotometricInterpretation") == "YBR_FULL_422"
    return (size * 2 // 3 if subsampled else size) // 8
