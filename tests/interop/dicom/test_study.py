from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from overread.clinical.record import Domain, Method, Nature
from overread.interop import dicom
from overread.interop.dicom.study import TWICE
from tests.interop.dicom.synthetic import ROOT, as_bytes, ct_slice


def read(number: int = 1, **changes: Any) -> dicom.Instance:
    return dicom.examine(as_bytes(ct_slice(number, **changes)))


def test_slices_follow_each_other_in_the_body_whatever_their_numbers() -> None:
    places = {1: 30.0, 2: 10.0, 3: 20.0}
    study = dicom.index([read(n, ImagePositionPatient=[0, 0, z]) for n, z in places.items()])[0]
    assert [i.number for i in study.series[0].instances] == [2, 3, 1]


def test_numbers_order_a_series_in_which_a_position_is_missing() -> None:
    loose = {"ImagePositionPatient": None}
    study = dicom.index([read(3), read(1, **loose), read(2)])[0]
    assert [i.number for i in study.series[0].instances] == [1, 2, 3]


def test_series_by_number_and_studies_by_date() -> None:
    later = read(1, study=f"{ROOT}.2", series=f"{ROOT}.2.1", StudyDate="20260301")
    second = read(1, series=f"{ROOT}.1.2", SeriesNumber=2)
    unnumbered = read(1, series=f"{ROOT}.1.0", SeriesNumber=None)
    studies = dicom.index([later, unnumbered, second, read(1)])
    assert [s.date for s in studies] == ["2026-01-02", "2026-03-01"]
    assert [s.number for s in studies[0].series] == [1, 2, None]


def test_two_people_under_one_study_identifier_are_two_studies() -> None:
    studies = dicom.index([read(1), read(2, PatientName="Roe^Richard", PatientID="S-2")])
    assert {s.subject.name for s in studies} == {"Jane Doe", "Richard Roe"}


def test_an_image_that_came_twice_is_kept_once_and_said() -> None:
    study = dicom.index([read(1), read(1), read(2)])[0]
    assert len(study.instances) == 2
    assert study.warnings == (TWICE,)


def test_facts_are_sources_of_imaging_and_hold_no_description() -> None:
    study = dicom.index([read(1), read(1, series=f"{ROOT}.1.9", Modality="PT", SeriesNumber=9)])[0]
    facts = dicom.study_facts(study, "abc")
    assert [(f.field, f.value) for f in facts] == [
        ("study", "CT/PT CHEST"),
        ("study_date", "2026-01-02"),
        ("modality", "CT"),
        ("modality", "PT"),
    ]
    assert {(f.spec.domain, f.spec.nature) for f in facts} == {(Domain.IMAGING, Nature.SOURCE)}
    assert {(f.provenance.document, f.provenance.method, f.on) for f in facts} == {("abc", Method.CODED, "2026-01-02")}


def test_a_study_of_reports_alone_states_no_study() -> None:
    assert dicom.study_facts(dicom.index([read(1, Modality="SR")])[0]) == ()


def test_an_undated_study_states_no_date() -> None:
    facts = dicom.study_facts(dicom.index([read(1, StudyDate="", BodyPartExamined=None)])[0])
    assert [(f.field, f.value) for f in facts] == [("study", "CT"), ("modality", "CT")]


@pytest.mark.realdata
@pytest.mark.parametrize(("folder", "slices", "spacing"), [("chest_ct_a", 64, 5.0), ("chest_ct_b", 30, 8.0)])
def test_a_real_chest_ct_is_one_series_of_evenly_spaced_slices(
    shared_data: Path, folder: str, slices: int, spacing: float
) -> None:
    received = dicom.read_directory(shared_data / "dicom" / folder)
    (study,) = dicom.index(r.instance for r in received if r.instance)
    (series,) = study.series
    places = [i.position or 0.0 for i in series.instances]
    assert len(places) == slices
    assert {round(b - a, 1) for a, b in itertools.pairwise(places)} == {spacing}
