"""From bytes to a parsed data set that is known to be whole. Nothing here decodes pixels."""

from __future__ import annotations

import io
import logging
import warnings
import zlib
from pathlib import Path
from typing import BinaryIO

import pydicom
from pydicom import config
from pydicom.dataelem import RawDataElement
from pydicom.dataset import FileDataset
from pydicom.uid import UID, DeflatedExplicitVRLittleEndian, ExplicitVRLittleEndian

from . import errors
from .elements import text

Source = bytes | Path

UNDEFINED = 0xFFFFFFFF
# Elements longer than this stay in the file until somebody asks for them.
DEFER = 4096
INFLATED_LIMIT = 256 * 2**20
PREAMBLE = 128
META_LENGTH_END = 144  # preamble, mark, and the element that says how long the file's meta information is
DEFLATED = DeflatedExplicitVRLittleEndian.encode()
PIXELS = ("PixelData", "FloatPixelData", "DoubleFloatPixelData")

# The first bytes of files that a machine would run or open as something else. TIFF is not among them: the
# standard allows a whole-slide image to be both.
OTHER_FILES = (
    b"MZ",
    b"\x7fELF",
    b"PK",
    b"%PDF",
    b"#!",
    b"<",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"{\\rtf",
    b"Rar!",
)

logging.getLogger("pydicom").setLevel(logging.CRITICAL)  # its remarks quote values of the patient's file


def parse(source: Source, *, whole: bool = False) -> FileDataset:
    """The data set of a file, large elements deferred unless ``whole``.

    Raises one of ``errors`` for anything that is not a complete DICOM file; never anything else.
    """
    with _open(source) as fp:
        _refuse_other_files(fp)
        plain = _inflated(fp)
        dataset = _follow(plain, None if whole or isinstance(source, bytes) else DEFER)
        _refuse_truncated(dataset, plain.seek(0, io.SEEK_END))
    return dataset


def _open(source: Source) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _refuse_other_files(fp: BinaryIO) -> None:
    head = fp.read(PREAMBLE + 4)
    if not head:
        raise errors.Empty("The file is empty.")
    if head[PREAMBLE:] != b"DICM":
        short = len(head) < PREAMBLE and not any(head)
        raise (
            errors.Truncated("The file stops within its preamble.")
            if short
            else errors.NotDicom("The file is not a DICOM file: the mark that every such file carries is absent.")
        )
    if head.startswith(OTHER_FILES):
        raise errors.Forged("The file is a DICOM file and also begins like a program or another kind of document.")


def _follow(fp: BinaryIO, defer: int | None) -> FileDataset:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return pydicom.dcmread(fp, defer_size=defer)
    except (EOFError, OSError) as error:
        raise errors.Truncated("The file stops in the middle of an element.") from error
    except Exception as error:  # the parser meets hostile bytes here; whatever it says, the file cannot be followed
        raise errors.Damaged("The file begins as DICOM and cannot be followed to its end.") from error


def _inflated(fp: BinaryIO) -> BinaryIO:
    """The same file; for a deflated one, its data set unpacked within a limit."""
    fp.seek(0)
    head = fp.read(META_LENGTH_END)
    meta = fp.read(int.from_bytes(head[-4:], "little")) if head[132:138] == b"\2\0\0\0UL" else fp.read(1024)
    if DEFLATED not in meta:
        fp.seek(0)
        return fp
    plain = meta.replace(DEFLATED, ExplicitVRLittleEndian.encode().ljust(len(DEFLATED), b"\0"), 1)
    return io.BytesIO(head + plain + _inflate(fp.read()))


def _inflate(packed: bytes) -> bytes:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        unpacked = engine.decompress(packed, INFLATED_LIMIT)
    except zlib.error as error:
        raise errors.Damaged("The file says it is packed, and cannot be unpacked.") from error
    if engine.unconsumed_tail:
        raise errors.Damaged("The file unpacks to far more than an image needs.")
    return unpacked


def _refuse_truncated(dataset: FileDataset, size: int) -> None:
    """pydicom reads a file that was cut off without a word; the lengths it declares tell."""
    raw = [e for e in dataset.values() if isinstance(e, RawDataElement) and e.length != UNDEFINED]
    cut = any(e.value_tell + e.length > size for e in raw)
    if cut or not len(dataset) or (_is_image(dataset) and not any(tag in dataset for tag in PIXELS)):
        raise errors.Truncated("The file stops before all that it announces has come.")


def _is_image(dataset: FileDataset) -> bool:
    """By its declared class or by its size: both stand before the pixels, one of them before most cuts."""
    declared = UID(text(dataset.file_meta, "MediaStorageSOPClassUID") or "", validation_mode=config.IGNORE)
    return "Image Storage" in declared.name or ("Rows" in dataset and "Columns" in dataset)
