from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from overread.interop import dicom
from overread.interop.dicom import clearing
from overread.interop.dicom.confidentiality import is_hidden
from tests.interop.dicom.synthetic import as_bytes, ct_slice

SECRET = "CARCINOMA"


def with_secrets() -> Dataset:
    """A slice that tells the first interpretation wherever a header has room for words."""
    ds = ct_slice(
        StudyDescription=SECRET, SeriesDescription=SECRET, ImageComments=SECRET, ReasonForTheRequestedProcedure=SECRET,
        RequestedProcedureDescription=SECRET, AdditionalPatientHistory=SECRET, ProtocolName=SECRET, StudyID=SECRET,
        NameOfPhysiciansReadingStudy=f"{SECRET}^A", ReferringPhysicianName=f"{SECRET}^B", InstitutionName=SECRET,
        OperatorsName=f"{SECRET}^C", StationName=SECRET, DerivationDescription=SECRET, PatientComments=SECRET,
    )  # fmt: skip
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = "C1", "99X", SECRET
    step = Dataset()
    step.ScheduledProcedureStepDescription = SECRET
    step.ReferencedSOPInstanceUID = "1.2.3"
    ds.ProcedureCodeSequence, ds.ReferencedStudySequence = Sequence([code]), Sequence([step])
    ds.private_block(0x0009, "MAKER", create=True).add_new(1, "LO", SECRET)
    ds.add_new(0x60003000, "OW", b"\0\0")
    ds.add_new(0x60004000, "LT", SECRET)
    return ds


def test_no_words_and_no_name_are_left_and_the_picture_still_makes_sense() -> None:
    whole = dicom.metadata(as_bytes(with_secrets()))
    cleared = dicom.without_free_text(whole)
    assert SECRET in json.dumps(whole)
    assert not [w for w in (SECRET, "Doe", "S-1", "19600229", "A-1") if w in json.dumps(cleared)]
    assert not [t for t in cleared if t.startswith("60") or int(t[:4], 16) % 2]
    for needed in ("0020000D", "0020000E", "00080018", "00280010", "00200032", "00281053", "00080060", "00080020"):
        assert cleared[needed] == whole[needed]


def test_a_sequence_keeps_what_is_no_word() -> None:
    cleared = dicom.without_free_text(dicom.metadata(as_bytes(with_secrets())))
    assert cleared["00081110"]["Value"] == [{"00081155": {"vr": "UI", "Value": ["1.2.3"]}}]
    assert "00081032" not in cleared


def test_clearing_a_cleared_header_changes_nothing() -> None:
    once = dicom.without_free_text(dicom.metadata(as_bytes(with_secrets())))
    assert dicom.without_free_text(once) == once


@pytest.mark.parametrize(
    ("tag", "vr", "hidden"),
    [
        ("00100010", "PN", True),
        ("00100030", "DA", True),  # birth date
        ("00101010", "AS", False),  # age: retained as a patient characteristic
        ("00080020", "DA", False),  # study date: retained
        ("0020000D", "UI", False),
        ("00080070", "LO", False),  # manufacturer: technical
        ("00181000", "LO", True),  # serial number
        ("00091001", "DS", True),  # private
        ("60020010", "US", True),  # overlay
        ("00990010", "LO", True),
        ("0018FFFE", "LT", True),  # unknown to the table, of a type that holds words
    ],
)
def test_what_is_hidden(tag: str, vr: str, hidden: bool) -> None:
    assert is_hidden(tag, vr) == hidden


def test_the_file_for_a_reviewer_holds_the_same_pixels_and_no_words(tmp_path: Path) -> None:
    (tmp_path / "a.dcm").write_bytes(as_bytes(with_secrets()))
    given = dicom.deidentified(tmp_path / "a.dcm")
    (tmp_path / "b.dcm").write_bytes(given)
    assert not [w for w in (SECRET.encode(), b"Doe", b"S-1", b"19600229") if w in given]
    assert dicom.frames(tmp_path / "b.dcm") == dicom.frames(tmp_path / "a.dcm")
    before, after = (dicom.examine(tmp_path / n) for n in ("a.dcm", "b.dcm"))
    assert (after.sop_uid, after.position, after.subject.name) == (before.sop_uid, before.position, None)


def test_a_header_that_cannot_be_rewritten_is_not_handed_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.dcm").write_bytes(as_bytes(ct_slice()))

    def fails(*_: object) -> None:
        raise ValueError("no")

    monkeypatch.setattr(clearing, "dcmwrite", fails)
    with pytest.raises(dicom.Damaged):
        dicom.deidentified(tmp_path / "a.dcm")


def test_the_table_names_its_source_and_is_not_overdue() -> None:
    table = json.loads(files("overread.interop.dicom").joinpath("confidentiality.json").read_text())
    assert "PS3.15" in table["source"] and table["author"] == "Overread"
    assert date.fromisoformat(table["next_review"]) > date.today()
    assert len(table["attributes"]) == 621


@pytest.mark.realdata
def test_names_and_institutions_of_real_headers_are_gone(shared_data: Path) -> None:
    for path in sorted((shared_data / "dicom/pseudo_phi").glob("*.dcm"))[::4]:
        whole = dicom.metadata(path)
        cleared = json.dumps(dicom.without_free_text(whole))
        names = [whole["00100010"]["Value"][0]["Alphabetic"], whole["00100020"]["Value"][0]]  # type: ignore[index]
        names += [str(v) for tag in ("00080080", "00081030", "0008103E") for v in whole.get(tag, {}).get("Value", [])]  # type: ignore[attr-defined]
        assert not [n for n in names if json.dumps(n) in cleared]
