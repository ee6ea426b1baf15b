from __future__ import annotations

import json

import pytest

from overread.interop import dicom
from tests.interop.dicom.synthetic import ROOT, as_bytes, ct_slice


def test_a_header_is_json_without_pixels() -> None:
    header = dicom.metadata(as_bytes(ct_slice(2)))
    assert header["00100010"] == {"vr": "PN", "Value": [{"Alphabetic": "Doe^Jane"}]}
    assert header["00083002"] == {"vr": "UI", "Value": ["1.2.840.10008.1.2.1"]}
    assert "7FE00010" not in header
    json.dumps(header, allow_nan=False)


@pytest.mark.filterwarnings("ignore:.*:UserWarning")
def test_unreadable_and_endless_elements_are_left_out() -> None:
    ds = ct_slice(7, ReconstructionDiameter="250")
    ds.add_new(0x00282000, "OB", bytes(100_000))
    data = as_bytes(ds).replace(b"DS\x04\x00250 ", b"DS\x04\x00nan ")
    assert b"nan " in data
    header = dicom.metadata(data)
    assert "00181100" not in header and "00282000" not in header
    assert header["00200013"]["Value"] == [7]


def test_rows_of_a_search() -> None:
    study = dicom.index([dicom.examine(as_bytes(ct_slice(n))) for n in (1, 2)])[0]
    row, series, instance = (
        dicom.study_json(study),
        dicom.series_json(study.series[0]),
        dicom.instance_json(study.first),
    )
    assert row["0020000D"]["Value"] == [f"{ROOT}.1"]
    assert (row["00201206"]["Value"], row["00201208"]["Value"]) == ([1], [2])
    assert (row["00080061"]["Value"], row["00100030"]["Value"]) == (["CT"], ["19600229"])
    assert (series["0020000E"]["Value"], series["00201209"]["Value"]) == ([f"{ROOT}.1.1"], [2])
    assert (instance["00080018"]["Value"], instance["00280010"]["Value"]) == ([f"{ROOT}.1.1.1"], [64])


def test_an_absent_value_is_an_element_without_value() -> None:
    study = dicom.index([dicom.examine(as_bytes(ct_slice(PatientName=None, StudyDate="")))])[0]
    assert dicom.study_json(study)["00100010"] == {"vr": "PN"}
    assert dicom.study_json(study)["00080020"] == {"vr": "DA"}


def test_a_value_is_the_first_or_none() -> None:
    row = dicom.metadata(as_bytes(ct_slice()))
    assert dicom.value(row, "0020000D") == f"{ROOT}.1"
    assert dicom.value(row, "00189999") is None
    assert dicom.value({"00100010": {"vr": "PN"}}, "00100010") is None
