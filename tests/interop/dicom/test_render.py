from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pydicom.uid import JPEG2000Lossless, JPEGLSLossless, RLELossless

from overread.interop import dicom
from overread.interop.dicom import decoder
from tests.interop.dicom.synthetic import as_bytes, compressed, ct_slice


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.dcm"


def pixels(png: bytes) -> np.ndarray[Any, Any]:
    return np.asarray(Image.open(io.BytesIO(png)))


def square_and_ground(png: bytes) -> tuple[int, int]:
    grey = pixels(png)
    return int(grey[5, 5]), int(grey[-5, -5])


def test_the_frame_comes_back_as_the_window_shows_it(path: Path) -> None:
    path.write_bytes(as_bytes(ct_slice(square=40)))
    assert square_and_ground(dicom.render_png(path)) == (128, 0)
    assert square_and_ground(dicom.render_png(path, 1, (-480.0, 1088.0))) == (249, 0)


@pytest.mark.parametrize("syntax", [JPEGLSLossless, JPEG2000Lossless, RLELossless])
def test_every_compression_gives_the_same_picture(path: Path, syntax: str) -> None:
    path.write_bytes(as_bytes(compressed(ct_slice(square=140), syntax)))
    assert square_and_ground(decoder.draw(path, 1, None)) == (191, 0)


def test_a_window_is_made_where_none_is_proposed_and_white_may_mean_little(path: Path) -> None:
    path.write_bytes(as_bytes(ct_slice(WindowCenter=None, WindowWidth=None)))
    assert square_and_ground(decoder.draw(path, 1, None)) == (255, 0)
    path.write_bytes(
        as_bytes(ct_slice(PhotometricInterpretation="MONOCHROME1", WindowCenter=[40, 1], WindowWidth=[400, 2]))
    )
    assert square_and_ground(decoder.draw(path, 1, None)) == (0, 255)


def colour(space: str) -> Any:
    ds = ct_slice(SamplesPerPixel=3, PhotometricInterpretation=space, BitsAllocated=8, BitsStored=8, HighBit=7)
    ds.PlanarConfiguration, ds.PixelRepresentation = 0, 0
    ds.PixelData = bytes((76, 85, 255) if space.startswith("YBR") else (254, 0, 0)) * (64 * 64)
    return ds


@pytest.mark.parametrize("space", ["RGB", "YBR_FULL"])
def test_colour_is_shown_in_colour(path: Path, space: str) -> None:
    path.write_bytes(as_bytes(colour(space)))
    assert np.abs(pixels(decoder.draw(path, 1, None))[3, 3].astype(int) - (254, 0, 0)).max() <= 2


def test_deep_colour_is_refused_by_name(path: Path) -> None:
    ds = colour("RGB")
    ds.BitsAllocated = ds.BitsStored = 16
    ds.HighBit, ds.PixelData = 15, bytes(64 * 64 * 6)
    path.write_bytes(as_bytes(ds))
    with pytest.raises(decoder.Refused):
        decoder.draw(path, 1, None)


def test_a_frame_that_is_not_there_is_refused_with_its_reason(path: Path) -> None:
    path.write_bytes(as_bytes(ct_slice()))
    with pytest.raises(dicom.NotShown, match="no such frame"):
        dicom.render_png(path, 2)


def test_what_kills_the_decoder_stays_in_its_process(path: Path) -> None:
    ds = compressed(ct_slice(), JPEGLSLossless)
    ds.PixelData = ds.PixelData[:60] + bytes(len(ds.PixelData) - 68) + ds.PixelData[-8:]
    path.write_bytes(as_bytes(ds))
    with pytest.raises(dicom.NotShown, match="within the limits"):
        dicom.render_png(path)


def test_the_decoder_has_little_memory(path: Path) -> None:
    path.write_bytes(as_bytes(ct_slice()))
    with pytest.raises(dicom.NotShown):
        dicom.render_png(path, memory=2**20)


def test_a_decoder_that_never_ends_is_ended(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(as_bytes(ct_slice()))

    def never(command: list[str], **_: object) -> None:
        raise subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(subprocess, "run", never)
    with pytest.raises(dicom.NotShown, match="too long"):
        dicom.render_png(path)


def test_the_process_itself(
    path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """What runs in the other process, run in this one without its limits."""
    monkeypatch.setattr("resource.setrlimit", lambda *_: None)
    path.write_bytes(as_bytes(ct_slice()))
    assert decoder.main([str(path), "1", "40", "400", "5", "1"]) == 0
    assert decoder.main([str(path), "9", "", "", "5", "1"]) == 1
    sys.stdout.flush()
    captured = capfdbinary.readouterr()
    assert captured.out.startswith(b"\x89PNG") and captured.err == b"refused: The picture has no such frame.\n"


@pytest.mark.realdata
def test_a_real_slice_is_no_single_grey(shared_data: Path) -> None:
    grey = pixels(dicom.render_png(shared_data / "dicom/chest_ct_a/1-30.dcm"))
    assert grey.shape == (512, 512) and grey.std() > 20
