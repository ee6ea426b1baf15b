"""Documents become text, page by page, with the places of the words."""

import io
import os
import shutil
import subprocess
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from overread.clinical.record import Method
from overread.interop import documents
from overread.interop.documents import DocumentKind, ocr, pdf, pictures
from overread.interop.documents.model import PageText
from tests.interop.documents import samples

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")


def test_a_pdf_with_text_keeps_pages_and_places() -> None:
    seen: list[tuple[int, int]] = []
    read = documents.read(
        samples.pdf("First page here", "Second page there"), "x.bin", progress=lambda a, b: seen.append((a, b))
    )
    assert (read.kind, read.pages, read.method) == (DocumentKind.PDF, 2, Method.TEXT)
    assert read.text[read.page_starts[1] :].startswith("Second")
    assert seen == [(1, 2), (2, 2)]
    there = read.text.index("there")
    assert read.page_of(there) == 2
    assert read.page_of(0) == 1
    (word,) = read.boxes(there, there + 5)
    assert (word.page, read.text[word.start : word.end]) == (2, "there")
    assert all(0 <= side <= 1 for side in word.box)
    assert word.box[0] < word.box[2]
    assert word.box[1] < word.box[3]


def test_places_on_a_turned_page_are_as_shown() -> None:
    upright = documents.read(samples.pdf("Top left words"), "x")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(samples.pdf("Top left words")))
    writer.pages[0].rotate(90)
    turned = documents.read(samples.written(writer), "x")
    left, top, right, bottom = upright.words[0].box
    found = turned.words[0].box
    assert found == pytest.approx((1 - bottom, left, 1 - top, right), abs=0.001)


@needs_tesseract
def test_a_scan_is_recognised_and_its_words_have_places() -> None:
    read = documents.read(samples.scan(samples.drawing()), "scan.pdf")
    assert read.method is Method.OCR
    assert samples.WORDS in read.text
    assert read.confidence[0] is not None
    assert read.confidence[0] > 0.8
    place = read.text.index("carcinoma")
    box = read.boxes(place, place + 9)[0].box
    assert 0.1 < box[0] < box[2] < 0.7
    assert read.warnings == ()


@needs_tesseract
def test_a_mixed_pdf_is_read_page_by_page() -> None:
    read = documents.read(
        samples.joined(samples.pdf("Printed text of the cover page"), samples.scan(samples.drawing())), "m.pdf"
    )
    assert read.methods == (Method.TEXT, Method.OCR)
    assert read.method is Method.OCR
    assert "cover page" in read.text[: read.page_starts[1]]
    assert "carcinoma" in read.text[read.page_starts[1] :]


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_is_turned_and_boxes_stay_on_the_page_as_sent(turn: int) -> None:
    read = documents.read(samples.picture("PNG", samples.drawing(turn=turn)), "side.png")
    assert "carcinoma" in read.text
    box = read.boxes(read.text.index("carcinoma"), read.text.index("carcinoma") + 9)[0].box
    tall = (box[3] - box[1]) * (1240 if turn != 180 else 700) > (box[2] - box[0]) * (700 if turn != 180 else 1240)
    assert tall == (turn in (90, 270))


@needs_tesseract
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_pictures_are_recognised(kind: str) -> None:
    read = documents.read(samples.picture(kind), "whatever")
    assert read.kind is DocumentKind.IMAGE
    assert "Invasive" in read.text


@needs_tesseract
def test_a_tiff_of_two_pages_has_two() -> None:
    seen: list[int] = []
    data = samples.picture("TIFF", samples.drawing(), samples.drawing("Margins are free of tumour"))
    read = documents.read(data, "fax.tif", progress=lambda page, _: seen.append(page))
    assert (read.pages, seen) == (2, [1, 2])
    assert "Margins" in read.text[read.page_starts[1] :]


@needs_tesseract
def test_a_blank_page_says_that_there_are_no_words() -> None:
    read = documents.read(samples.picture("PNG", Image.new("L", (900, 900), 255)), "blank.png")
    assert read.text == ""
    assert "No words were found in the document." in read.warnings


@pytest.mark.parametrize(
    ("data", "text", "warned"),
    [
        ("Grüße, pT2\r\nline".encode(), "Grüße, pT2\nline", False),
        ("\ufeffpT2".encode(), "pT2", False),
        ("pT2 größer".encode("utf-16"), "pT2 größer", False),
        ("pT2 breast".encode("utf-16-le"), "pT2 breast", True),
        ("pT2 breast".encode("utf-16-be"), "pT2 breast", True),
        ("Größe 2 cm".encode("latin-1"), "Größe 2 cm", True),
        (b"<5 mm from the margin", "<5 mm from the margin", False),
        (b"BMI 24 and more words that make it plain text, not a picture at all", None, False),
        (b"MZ initials of the pathologist, followed by a long line of plain text.", None, False),
    ],
)
def test_plain_text_in_the_encodings_that_occur(data: bytes, text: str | None, warned: bool) -> None:
    read = documents.read(data, "n.txt")
    assert (read.kind, read.method) == (DocumentKind.TEXT, Method.TEXT)
    assert read.text == (text or data.decode())
    assert bool(read.warnings) == warned


def test_a_form_feed_begins_a_page() -> None:
    read = documents.read(b"one\ftwo\f", "n.txt")
    assert (read.pages, read.page_starts, read.page_of(5)) == (2, (0, 4), 2)


def test_ccda_gives_narrative_and_patient() -> None:
    read = documents.read(samples.CCDA, "c.xml")
    assert read.kind is DocumentKind.CCDA
    assert "Summary of care" in read.text
    assert "PROBLEMS\nBreast cancer\nDate | Finding\n2020 | pT2\none\ntwo" in read.text
    assert "EMPTY" not in read.text
    assert read.subject is not None
    assert (read.subject.name, read.subject.birth_date, read.subject.sex) == ("Ada Example", "1960-02-03", "female")
    assert read.subject.identifiers == {"urn:oid:1.2.3|77"}


def test_deep_ccda_is_read_without_recursion() -> None:
    deep = b"<content>" * 5000 + b"end" + b"</content>" * 5000
    data = (
        b"<ClinicalDocument><component><section><title>T</title><text>"
        + deep
        + b"</text></section></component></ClinicalDocument>"
    )
    read = documents.read(data, "deep.xml")
    assert "end" in read.text
    assert read.subject is not None
    assert read.subject.name is None


TROUBLE = [
    (b"", documents.EmptyDocument),
    (b" \n\t\x00", documents.EmptyDocument),
    (b"PK\x03\x04rest", documents.NotADocument),
    (b"PK\x05\x06rest", documents.NotADocument),
    (b"MZ\x90\x00\x03" + b"\x00" * 80, documents.NotADocument),
    (b"BM\x90\x00\x03" + b"\x00" * 80, documents.NotADocument),
    (b"\x7fELF\x02", documents.NotADocument),
    (b"{\\rtf1 hi}", documents.NotADocument),
    (b"GIF89a....", documents.NotADocument),
    (b"\x00" * 4 + b"ftypheic" + b"x" * 20, documents.NotADocument),
    (b"x" * 128 + b"DICM" + b"y" * 9, documents.NotADocument),
    (b"<html><body>hi</body></html>", documents.NotADocument),
    (b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"/>', documents.NotADocument),
    (b'<?xml version="1.0"?><other/>', documents.NotADocument),
    (b'<?xml version="1.0"?><x>ClinicalDocument</x>', documents.NotADocument),
    (samples.CCDA[:400], documents.Damaged),
    (b'<!DOCTYPE x [<!ENTITY a "b">]><ClinicalDocument>&a;</ClinicalDocument>', documents.NotADocument),
    (bytes(range(256)) * 4, documents.NotADocument),
    (b"%PDF-1.7 cut off", documents.Damaged),
    (samples.pdf("x")[:300], documents.Damaged),
    (samples.locked(samples.pdf("x")), documents.Encrypted),
    (samples.picture()[:60], documents.Damaged),
    (samples.picture()[:2000], documents.Damaged),
    (samples.picture("TIFF")[:90], documents.Damaged),
]


@pytest.mark.parametrize(("data", "error"), TROUBLE)
def test_trouble_has_a_name_a_reason_and_advice(data: bytes, error: type[documents.DocumentError]) -> None:
    with pytest.raises(error) as caught:
        documents.read(data, "report.pdf")
    assert caught.value.reason
    assert caught.value.advice in str(caught.value)


def test_too_many_pages_bytes_and_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = samples.picture()
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    monkeypatch.setattr(pictures, "MAX_PAGES", 1)
    monkeypatch.setattr(pictures, "MAX_PIXELS", 1000)
    with pytest.raises(documents.DocumentTooLarge):
        documents.read(samples.pdf("a", "b"), "x")
    with pytest.raises(documents.DocumentTooLarge):
        documents.read(picture, "x")
    monkeypatch.setattr(pictures, "MAX_PIXELS", 10**9)
    with pytest.raises(documents.DocumentTooLarge):
        documents.read(samples.picture("TIFF", samples.drawing(), samples.drawing()), "x")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(documents.DocumentTooLarge):
        documents.read(picture, "x")
    monkeypatch.setattr("overread.interop.documents.reading.MAX_BYTES", 10)
    with pytest.raises(documents.DocumentTooLarge):
        documents.read(b"x" * 11, "x")


def test_a_later_page_with_too_many_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "recognise", lambda *_: PageText("", Method.OCR))
    data = samples.picture("TIFF", Image.new("L", (300, 300), 255), Image.new("L", (3000, 3000), 255))
    monkeypatch.setattr(pictures, "MAX_PIXELS", 100_000)
    with pytest.raises(documents.DocumentTooLarge):
        documents.read(data, "x")


def test_without_tesseract_a_scan_is_refused_and_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.shutil, "which", lambda _: None)  # type: ignore[attr-defined]
    with pytest.raises(documents.OcrUnavailable):
        documents.read(samples.scan(samples.drawing()), "x")
    with pytest.raises(documents.OcrUnavailable):
        documents.read(samples.picture(), "x")
    read = documents.read(
        samples.joined(samples.pdf("Enough printed words on a page"), samples.scan(samples.drawing())), "x"
    )
    assert read.methods == (Method.TEXT, Method.OCR)
    assert "Enough printed words" in read.text


@needs_tesseract
def test_words_that_another_program_hid_behind_a_scan_are_not_trusted() -> None:
    read = documents.read(samples.scan_with_hidden_text("S.O em in greatest dimension, hidden words"), "x")
    assert read.method is Method.OCR
    assert "hidden" not in read.text
    assert "carcinoma" in read.text


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        ("", False),
        ("Invasive carcinoma", False),
        ("\ue001\ue002\ue003", True),
        ("\ufffd\ufffdab", True),
        ("a\u200bb\u00ad", False),
    ],
)
def test_text_of_fonts_without_letters_is_garbled(text: str, garbled: bool) -> None:
    assert pdf._garbled(text) == garbled


@needs_tesseract
def test_a_page_of_drawn_shapes_is_recognised() -> None:
    shapes = b"#for i in range(60) { line(length: 20%) }"
    drawn = typst.compile(shapes, format="pdf", timestamp=0)
    assert isinstance(drawn, bytes)
    assert documents.read(drawn, "x").method is Method.OCR


def test_hidden_words_serve_with_a_warning_where_tesseract_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.shutil, "which", lambda _: None)  # type: ignore[attr-defined]
    read = documents.read(samples.scan_with_hidden_text("hidden words of a scanner"), "x")
    assert "hidden words" in read.text
    assert read.method is Method.OCR
    assert "another program" in read.warnings[0]


def test_a_broken_page_is_a_warning_and_has_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise pypdfium2.PdfiumError("Failed to load page.")

    data = samples.pdf("one")
    monkeypatch.setattr(pypdfium2.PdfDocument, "__getitem__", broken)
    assert "is broken" in documents.read(data, "x").warnings[0]
    with pytest.raises(documents.Damaged):
        documents.page_image(data, 1)


def test_a_pdf_without_pages_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pypdfium2.PdfDocument, "__len__", lambda _: 0)
    with pytest.raises(documents.Damaged):
        documents.read(samples.pdf("one"), "x")


def test_a_page_that_takes_too_long_or_fails_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("tesseract", 1)

    def broken(*_: object, **__: object) -> None:
        raise subprocess.CalledProcessError(1, "tesseract", stderr=b"no language data")

    monkeypatch.setattr(ocr.shutil, "which", lambda _: "/bin/true")  # type: ignore[attr-defined]
    monkeypatch.setattr(ocr.subprocess, "run", slow)  # type: ignore[attr-defined]
    assert "could not be read within" in documents.read(samples.picture(), "x").warnings[0]
    monkeypatch.setattr(ocr.subprocess, "run", broken)  # type: ignore[attr-defined]
    assert "no language data" in documents.read(samples.picture(), "x").warnings[0]
    monkeypatch.setattr("overread.interop.documents.reading.OCR_SECONDS", -1)
    assert "took too long" in documents.read(samples.picture(), "x").warnings[0]
    assert "took too long" in documents.read(samples.scan(samples.drawing()), "x").warnings[0]


def test_a_page_of_which_the_orientation_is_unknown_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> str:
        raise subprocess.CalledProcessError(1, "tesseract", stderr=b"")

    monkeypatch.setattr(ocr, "_run", fails)
    assert ocr._orientation(samples.drawing(), 150) == 0
    monkeypatch.setattr(ocr, "_run", lambda *_: "Rotate: 45\nnoise")
    assert ocr._orientation(samples.drawing(), 150) == 0


def test_a_poorly_read_page_carries_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "recognise", lambda *_: PageText("murky", Method.OCR, (), 0.42))
    assert "42% sure" in documents.read(samples.picture(), "x").warnings[0]


@pytest.mark.parametrize(
    "data", [samples.pdf("one", "two"), samples.picture("TIFF", samples.drawing(), samples.drawing())]
)
def test_page_images_for_the_viewer(data: bytes) -> None:
    assert documents.page_image(data, 2, dpi=60).startswith(b"\x89PNG")
    for page in (0, 3):
        with pytest.raises(documents.NoSuchPage):
            documents.page_image(data, page)


def test_text_has_no_page_images() -> None:
    with pytest.raises(documents.NotADocument):
        documents.page_image(b"plain text", 1)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_document_or_a_named_error(data: bytes) -> None:
    for start in (b"", b"<?xml?><ClinicalDocument>", b"%PDF-1.4\n"):
        try:
            read = documents.read(start + data, "x")
        except documents.DocumentError as error:
            assert error.reason
        else:
            assert len(read.page_starts) == read.pages


def test_pdfs_with_bytes_changed_end_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "recognise", lambda *_: PageText("", Method.OCR))
    whole = samples.joined(samples.pdf("some text"), samples.scan(samples.drawing().resize((200, 100))))
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        data = whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]
        try:
            assert documents.read(data, "x").pages >= 1
        except documents.DocumentError as error:
            assert error.reason


SHARED = Path(os.environ.get("OVERREAD_SHARED", Path(__file__).parents[4] / "shared"))
SCANS = SHARED / "data" / "scans"


@pytest.mark.realdata
@needs_tesseract
@pytest.mark.skipif(not SCANS.exists(), reason="the shared development data is absent")
def test_real_scans_are_recognised_and_not_taken_from_their_hidden_text() -> None:
    read = documents.read((SCANS / "Kidney-1.pdf").read_bytes(), "k")
    assert read.method is Method.OCR
    assert "8.0 CM MAXIMUM DIMENSION" in read.text
    assert all(read.text[w.start : w.end].strip() for w in read.words)


@pytest.mark.realdata
@pytest.mark.skipif(not SHARED.exists(), reason="the shared development data is absent")
def test_real_clinical_documents_name_their_patient() -> None:
    files = sorted((SHARED / "data" / "fhir" / "ccda").glob("*.xml"))
    read = [documents.read(f.read_bytes(), f.name) for f in files]
    assert len({d.subject.name for d in read if d.subject and d.subject.birth_date}) == len(files) > 3
    assert all(len(d.text) > 200 for d in read)
