from __future__ import annotations

from pathlib import Path

import pytest

from overread.interop import slides
from overread.interop.slides.recognise import WSI_CLASS, Format
from tests.interop.dicom.synthetic import as_bytes, ct_slice

TIFF = b"II*\0" + bytes(60)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (TIFF + b"Aperio Image Library v12", Format.APERIO),
        (b"MM\0*" + bytes(40) + b"Hamamatsu", Format.HAMAMATSU),
        (TIFF + b"NanoZoomer", Format.HAMAMATSU),
        (as_bytes(ct_slice(SOPClassUID=WSI_CLASS)), Format.DICOM),
    ],
)
def test_a_slide_is_known_by_its_content_and_why_it_is_not_shown(data: bytes, kind: Format) -> None:
    slide = slides.recognise(data)
    assert slide.format is kind
    assert "cannot show" in slide.not_shown


@pytest.mark.parametrize("data", [b"", b"text", TIFF, as_bytes(ct_slice()), as_bytes(ct_slice())[:300]])
def test_anything_else_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(slides.SlideError) as refusal:
        slides.recognise(data)
    assert refusal.value.what and refusal.value.do


@pytest.mark.realdata
def test_real_slides_are_recognised(shared_data: Path) -> None:
    kinds = {p.suffix: slides.recognise(p.read_bytes()).format for p in (shared_data / "slides").glob("*.[sn][vd]*")}
    assert kinds == {".svs": Format.APERIO, ".ndpi": Format.HAMAMATSU}
