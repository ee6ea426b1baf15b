from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.uid import BasicTextSRStorage, MediaStorageDirectoryStorage

from overread.clinical.record import Nature
from overread.interop import dicom
from overread.interop.dicom import instance as sentences
from overread.interop.dicom import reading
from tests.interop.dicom.synthetic import ROOT, as_bytes, ct_slice

WHOLE = as_bytes(ct_slice())


def test_says_whose_image_it_is_and_where_it_belongs() -> None:
    read = dicom.examine(as_bytes(ct_slice(3)))
    assert (read.study_uid, read.series_uid, read.sop_uid) == (f"{ROOT}.1", f"{ROOT}.1.1", f"{ROOT}.1.1.3")
    assert (read.subject.name, read.subject.birth_date, read.subject.sex) == ("Jane Doe", "1960-02-29", "female")
    assert read.subject.identifiers == {"|S-1"}
    assert (read.modality, read.study_date, read.body_part) == ("CT", "2026-01-02", "CHEST")
    assert (read.rows, read.columns, read.frame_count, read.number, read.position) == (64, 64, 1, 3, 15.0)
    assert (read.spacing, read.slice_thickness, read.transfer_syntax) == ((1.0, 1.0), 5.0, "1.2.840.10008.1.2.1")
    assert read.nature is Nature.SOURCE
    assert read.warnings == ()


def test_reads_a_path_as_it_reads_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.dcm").write_bytes(WHOLE)
    assert dicom.examine(tmp_path / "a.dcm") == dicom.examine(WHOLE)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", dicom.Empty),
        (b"\0" * 60, dicom.Truncated),
        (b"just text", dicom.NotDicom),
        (b"\0" * 128 + b"DICN" + WHOLE[132:], dicom.NotDicom),
        (b"%PDF-1.7 " * 40, dicom.NotDicom),
        (b"MZ" + WHOLE[2:], dicom.Forged),
        (b"\x7fELF" + WHOLE[4:], dicom.Forged),
        (b"PK\3\4" + WHOLE[4:], dicom.Forged),
        (WHOLE[:140], dicom.Truncated),
        (WHOLE[:800], dicom.Truncated),
        (WHOLE[:-1], dicom.Truncated),
        (WHOLE[: len(WHOLE) // 2], dicom.Truncated),
        (as_bytes(ct_slice(PixelData=None)), dicom.Truncated),
        (as_bytes(ct_slice(StudyInstanceUID=None)), dicom.NoIdentifier),
        (as_bytes(ct_slice(SeriesInstanceUID="")), dicom.NoIdentifier),
        (WHOLE[:132] + b"\xff" * 400, dicom.DicomError),
    ],
)
def test_names_why_bytes_are_not_taken(data: bytes, error: type[dicom.DicomError]) -> None:
    with pytest.raises(error) as refusal:
        dicom.examine(data)
    assert refusal.value.what.endswith(".") and refusal.value.do.endswith(".")


@pytest.mark.filterwarnings("ignore:.*:UserWarning")
def test_an_identifier_must_be_one() -> None:
    with pytest.raises(dicom.NoIdentifier):
        dicom.examine(as_bytes(ct_slice(SeriesInstanceUID="../../etc/passwd")))


def test_a_disc_index_is_not_an_image() -> None:
    ds = ct_slice(SOPClassUID=MediaStorageDirectoryStorage)
    ds.file_meta.MediaStorageSOPClassUID = MediaStorageDirectoryStorage
    with pytest.raises(dicom.MediaIndex):
        dicom.examine(as_bytes(ds))


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"SOPInstanceUID": f"{ROOT}.5"}, sentences.META_MISMATCH),
        ({"BurnedInAnnotation": "YES"}, sentences.BURNED_IN),
        ({"SOPClassUID": "1.2.840.10008.5.1.4.1.1.7"}, sentences.SCREEN),
        ({"StudyDate": "20261399"}, sentences.BAD_DATE),
        ({"Modality": "ct scan!"}, sentences.BAD_MODALITY),
        ({"Modality": None}, sentences.BAD_MODALITY),
    ],
)
@pytest.mark.filterwarnings("ignore:.*:UserWarning")
def test_says_what_is_odd_and_reads_on(changes: dict[str, Any], warning: str) -> None:
    ds = ct_slice(**{k: v for k, v in changes.items() if k != "SOPInstanceUID"})
    data = as_bytes(ds)
    if uid := changes.get("SOPInstanceUID"):
        old = ds.SOPInstanceUID.encode()
        first = data.index(old) + len(old)
        data = data[:first] + data[first:].replace(old, uid.encode().ljust(len(old), b"\0"), 1)
    assert warning in dicom.examine(data).warnings


@pytest.mark.parametrize("modality", ["SR", "KO", "PR", "SEG", "RTSTRUCT", "DOC"])
def test_what_somebody_wrote_or_drew_is_an_interpretation(modality: str) -> None:
    assert dicom.examine(as_bytes(ct_slice(Modality=modality))).nature is Nature.INTERPRETATION


def test_an_object_without_a_picture_is_an_interpretation() -> None:
    read = dicom.examine(as_bytes(ct_slice(PixelData=None, Rows=None, Columns=None, SOPClassUID=BasicTextSRStorage)))
    assert (read.nature, read.frame_count) == (Nature.INTERPRETATION, 0)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Doe^Jane", "Jane Doe"),
        ("Doe^Jane^Q^Dr^Jr", "Dr Jane Q Doe Jr"),
        ("Yamada^Tarou=山田^太郎=やまだ^たろう", "Tarou Yamada"),
        ("^^", None),
        (None, None),
    ],
)
def test_names_read_as_people_write_them(name: str | None, shown: str | None) -> None:
    assert sentences.display_name(name) == shown


def test_a_number_alone_identifies_nobody() -> None:
    alone = dicom.examine(as_bytes(ct_slice(PatientName=None))).subject
    issued = dicom.examine(as_bytes(ct_slice(PatientName=None, IssuerOfPatientID="City"))).subject
    nobody = dicom.examine(as_bytes(ct_slice(PatientName=None, PatientID=None))).subject
    assert (alone.identifiers, issued.identifiers) == (frozenset(), frozenset({"City|S-1"}))
    assert (nobody.key, nobody.name) == ("unnamed", None)


@pytest.mark.parametrize(
    ("value", "iso"),
    [("20240229", "2024-02-29"), ("2024.02.29", "2024-02-29"), ("20230229", None), ("2024", None), ("abcdefgh", None)],
)
def test_dates_that_do_not_exist_are_absent(value: str, iso: str | None) -> None:
    assert sentences.iso_date(value) == iso


def test_position_falls_back_to_the_slice_location() -> None:
    assert dicom.examine(as_bytes(ct_slice(ImagePositionPatient=None, SliceLocation=7.5))).position == 7.5


@pytest.mark.filterwarnings("ignore:.*:UserWarning")
def test_unreadable_values_are_absent_ones() -> None:
    data = as_bytes(ct_slice(7)).replace(b"IS\x02\x007 ", b"IS\x02\x00x ")
    assert dicom.examine(data).number is None


def deflated(ds: object = None, *, packed: bytes | None = None) -> bytes:
    plain = as_bytes(ct_slice())
    length = int.from_bytes(plain[140:144], "little")
    meta, body = plain[144 : 144 + length], plain[144 + length :]
    meta = meta.replace(b"UI\x14\x001.2.840.10008.1.2.1\0", b"UI\x16\x001.2.840.10008.1.2.1.99")
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    body = engine.compress(body) + engine.flush() if packed is None else packed
    return plain[:140] + len(meta).to_bytes(4, "little") + meta + body


def test_a_deflated_file_is_unpacked() -> None:
    assert dicom.examine(deflated()).subject.name == "Jane Doe"


def test_a_deflated_file_that_is_not_is_refused() -> None:
    with pytest.raises(dicom.Damaged):
        dicom.examine(deflated(packed=b"\xff\xff\xff not deflate"))


def test_a_deflated_file_may_not_unpack_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "INFLATED_LIMIT", 1000)
    with pytest.raises(dicom.Damaged, match="far more"):
        dicom.examine(deflated())


@given(st.integers(0, len(WHOLE) - 1))
def test_every_cut_is_noticed(length: int) -> None:
    with pytest.raises(dicom.DicomError):
        dicom.examine(WHOLE[:length])


@given(st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 255)), max_size=12))
def test_damaged_headers_are_read_or_refused_by_name(changes: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for place, byte in changes:
        data[place] = byte
    try:
        dicom.examine(bytes(data))
    except dicom.DicomError as error:
        assert error.what


@pytest.mark.realdata
def test_every_real_file_is_read(shared_data: Path) -> None:
    for path in sorted((shared_data / "dicom").glob("*/*.dcm")):
        read = dicom.examine(path)
        assert read.subject.name and read.study_date and read.frame_count == 1
        phi = path.parent.name == "pseudo_phi"
        assert (sentences.META_MISMATCH in read.warnings) == phi
