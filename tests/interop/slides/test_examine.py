"""What is accepted as a slide, what is refused and by which name."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from overread.interop import slides
from overread.interop.slides import decoder, reading, workers
from tests.interop.dicom.synthetic import as_bytes, ct_slice
from tests.interop.slides.synthetic import LABEL, aperio, kept, pyramid


def test_a_pyramid_is_described_as_its_file_states(tmp_path: Path) -> None:
    found = slides.examine(kept(tmp_path, pyramid()))
    assert found == slides.Description(
        "tiled TIFF", 600, 400, ((600, 400), (300, 200), (150, 100)), (pytest.approx(0.5), pytest.approx(0.5)), None
    )


def test_what_is_not_stated_stays_unknown(tmp_path: Path) -> None:
    found = slides.examine(kept(tmp_path, pyramid(microns=None, bigtiff=True)))
    assert found is not None
    assert (found.microns_per_pixel, found.objective) == (None, None)


def test_a_scanners_own_words_give_magnification_and_nothing_else(tmp_path: Path) -> None:
    found = slides.examine(kept(tmp_path, aperio()))
    assert found is not None
    assert (found.format, found.objective, found.microns_per_pixel) == ("Aperio SVS", 20.0, (0.5, 0.5))
    assert not any(word in repr(found) for word in LABEL.split())


@pytest.mark.parametrize(
    "data",
    [pyramid(levels=1), b"II*\0" + b"x" * 300, b"II*\0" + bytes(60) + b"Aperio", b"MM\0*", b"II+\0" + bytes(40)],
    ids=["tiled page", "words", "a maker's name", "four bytes", "empty directory"],
)
def test_a_tiff_that_is_no_slide_is_left_to_who_reads_pages(tmp_path: Path, data: bytes) -> None:
    assert slides.examine(kept(tmp_path, data)) is None


@pytest.mark.parametrize("data", [pyramid()[:-400], pyramid()[:2500], aperio()[:5000], aperio()[:-200]])
def test_a_slide_that_was_cut_off_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(slides.Truncated) as refusal:
        slides.examine(kept(tmp_path, data))
    assert "send it again" in refusal.value.do


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(slides.Empty):
        slides.examine(kept(tmp_path, b""))


def lying(data: bytes, tag: int, value: int) -> bytes:
    """The TIFF with one value of its first directory replaced."""
    start = struct.unpack("<I", data[4:8])[0]
    (count,) = struct.unpack("<H", data[start : start + 2])
    for at in range(start + 2, start + 2 + 12 * count, 12):
        if struct.unpack("<H", data[at : at + 2])[0] == tag:
            return data[:at] + struct.pack("<HHII", tag, 4, 1, value) + data[at + 12 :]
    raise AssertionError("no such tag")


@pytest.mark.parametrize("tag", [256, 257], ids=["width", "height"])
@pytest.mark.parametrize("size", [0, 2**31 - 1, 2**32 - 1])
def test_a_size_that_cannot_be_is_refused_or_no_slide(tmp_path: Path, tag: int, size: int) -> None:
    try:
        assert slides.examine(kept(tmp_path, lying(pyramid(), tag, size))) is None
    except slides.SlideError as refusal:
        assert refusal.what and refusal.do


def test_only_full_resolution_and_large_is_refused() -> None:
    class Flat:
        dimensions, level_dimensions = (40_000, 30_000), [(40_000, 30_000)]

    class Endless:
        dimensions, level_dimensions = (2**21, 2**21), [(2**21, 2**21), (64, 64)]

    for slide, kind in ((Flat, "NotPyramidal"), (Endless, "TooLarge")):
        with pytest.raises(decoder.Refused) as refusal:
            decoder._refuse_size(slide)  # type: ignore[arg-type]
        assert refusal.value.kind == kind


def test_every_refusal_of_the_decoder_has_its_class() -> None:
    source = Path(decoder.__file__).read_text()
    named = {part.split('"')[1] for part in source.split("Refused(")[1:] if part.startswith('"')}
    assert named
    assert named <= set(slides.errors.KINDS)


def test_hostile_bytes_end_in_a_refusal_or_no_slide(tmp_path: Path) -> None:
    """Bytes of a good slide changed at random; whatever OpenSlide makes of them stays in its process."""
    chance = random.Random(1186)
    for round_ in range(12):
        data = bytearray(aperio() if round_ % 2 else pyramid())
        for _ in range(chance.choice([1, 8, 60])):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        try:
            slides.examine(kept(tmp_path, bytes(data)))
        except slides.SlideError as refusal:
            assert refusal.what and refusal.do


@pytest.mark.parametrize(
    "answer",
    [b"", b"nonsense", b"[]", b'{"levels": []}', b'{"levels": [[0, 4]], "mpp": [1, 1], "objective": 20, "format": "x"}',
     b'{"levels": [[4, 4]], "mpp": ["x", 1], "objective": 20, "format": "x"}'],
)  # fmt: skip
def test_a_decoder_that_was_taken_over_is_not_believed(answer: bytes) -> None:
    with pytest.raises(slides.NotShown):
        reading._described(answer)


@pytest.mark.parametrize("value", [0, -1, float("inf"), float("nan"), 1e9])
def test_absurd_measures_are_as_good_as_none(value: float) -> None:
    assert reading._positive(value) is None


@pytest.mark.parametrize("body", [b"", b"[]", b'["Nobody", "x"]', b'{"a": 1}'])
def test_an_unknown_refusal_is_still_one(body: bytes) -> None:
    assert isinstance(workers._refusal(body), slides.NotShown)


def dicom_slide(*flavour: str) -> bytes:
    kind = ["ORIGINAL", "PRIMARY", *flavour, "NONE"]
    return as_bytes(ct_slice(SOPClassUID=reading.WSI_CLASS, Modality="SM", ImageType=kind))


def test_the_label_of_a_dicom_slide_is_told_from_its_tissue() -> None:
    assert slides.is_volume(dicom_slide("VOLUME"))
    assert not slides.is_volume(dicom_slide("LABEL"))
    assert not slides.is_volume(dicom_slide("OVERVIEW"))


def test_a_dicom_file_that_only_says_it_is_a_slide_is_refused(tmp_path: Path) -> None:
    with pytest.raises(slides.Damaged):
        slides.examine(kept(tmp_path, dicom_slide("VOLUME")))


@pytest.mark.realdata
def test_real_slides_are_described(shared_data: Path) -> None:
    folder = shared_data / "slides"
    found = {p.name: slides.examine((p,)) for p in sorted(folder.glob("*.*")) if p.name != "bad_wsi.dcm"}
    said = {name: (d.format, d.width, d.height, d.objective) for name, d in found.items() if d}
    assert said["CMU-1-Small-Region.svs"] == ("Aperio SVS", 2220, 2967, 20.0)
    assert said["test3-dapi.ndpi"] == ("Hamamatsu NDPI", 3968, 4864, 40.0)
    assert said["slidetool_wsi.dcm"] == ("DICOM", 1000, 2459, None)
    assert found["TCGA-CR-7395-01A-01-TS1.svs"].microns_per_pixel is None  # type: ignore[union-attr]
    with pytest.raises(slides.Damaged):
        slides.examine((folder / "bad_wsi.dcm",))


@pytest.mark.realdata
def test_the_files_of_a_dicom_series_are_one_pyramid(shared_data: Path) -> None:
    found = slides.examine(tuple(sorted((shared_data / "slides/dicom_wsi").glob("*.dcm"))))
    assert found is not None
    assert len(found.levels) == 12
