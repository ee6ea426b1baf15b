from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom import dcmwrite
from pydicom.uid import BasicTextSRStorage, ExplicitVRBigEndian, JPEG2000Lossless, JPEGLSLossless, RLELossless

from overread.interop import dicom
from tests.interop.dicom.synthetic import as_bytes, compressed, ct_slice

REPORT = {"PixelData": None, "Rows": None, "Columns": None, "SOPClassUID": BasicTextSRStorage}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.dcm"


def test_uncompressed_frames_are_the_stored_bytes(path: Path) -> None:
    ds = ct_slice(NumberOfFrames=2)
    ds.PixelData = bytes(range(256)) * 32 + bytes(reversed(range(256))) * 32
    path.write_bytes(as_bytes(ds))
    found = dicom.frames(path)
    assert found.transfer_syntax == "1.2.840.10008.1.2.1"
    assert b"".join(found.data) == ds.PixelData and len(found.data) == 2


def test_big_endian_frames_are_turned(path: Path) -> None:
    little = ct_slice()
    big = ct_slice()
    big.file_meta.TransferSyntaxUID = ExplicitVRBigEndian
    big.PixelData = np.frombuffer(little.PixelData, "<i2").astype(">i2").tobytes()
    dcmwrite(path, big, implicit_vr=False, little_endian=False, force_encoding=True)
    assert dicom.frames(path) == dicom.Frames("1.2.840.10008.1.2.1", (little.PixelData,))


@pytest.mark.parametrize("syntax", [JPEGLSLossless, JPEG2000Lossless, RLELossless])
def test_compressed_frames_stay_compressed(path: Path, syntax: str) -> None:
    path.write_bytes(as_bytes(compressed(ct_slice(), syntax)))
    found = dicom.frames(path)
    assert found.transfer_syntax == syntax
    assert len(found.data) == 1 and 0 < len(found.data[0]) < 64 * 64


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({**REPORT}, dicom.NoPixels),
        ({"NumberOfFrames": 3}, dicom.Truncated),
        ({"Rows": 0}, dicom.Damaged),
    ],
)
def test_what_is_no_frame_is_refused_by_name(path: Path, changes: dict[str, Any], error: type[Exception]) -> None:
    path.write_bytes(as_bytes(ct_slice(**changes)))
    with pytest.raises(error):
        dicom.frames(path)


def test_fewer_compressed_frames_than_the_header_says_are_refused(path: Path) -> None:
    ds = compressed(ct_slice(), RLELossless)
    ds.NumberOfFrames = 3
    path.write_bytes(as_bytes(ds))
    with pytest.raises(dicom.Truncated):
        dicom.frames(path)


def test_fragments_that_cannot_be_told_apart_are_refused(path: Path) -> None:
    ds = compressed(ct_slice(), RLELossless)
    ds.PixelData = b"\xfe\xff\x00\xe0\x03\0\0\0abc" + ds.PixelData[8:]
    path.write_bytes(as_bytes(ds))
    with pytest.raises(dicom.Damaged):
        dicom.frames(path)


def test_subsampled_colour_has_two_bytes_a_pixel(path: Path) -> None:
    ds = ct_slice(SamplesPerPixel=3, PhotometricInterpretation="YBR_FULL_422", BitsAllocated=8, PlanarConfiguration=0)
    ds.PixelData = bytes(64 * 64 * 2)
    path.write_bytes(as_bytes(ds))
    assert len(dicom.frames(path).data[0]) == 64 * 64 * 2
