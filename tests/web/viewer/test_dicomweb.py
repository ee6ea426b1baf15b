"""DICOMweb and the viewer's page over given files: shapes, headers, refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from pydicom.uid import BasicTextSRStorage, JPEGLSLossless

from overread.web.viewer import views
from tests.interop.dicom import synthetic
from tests.interop.dicom.synthetic import ROOT
from tests.web.viewer import stand_alone

AT = f"/viewer/{stand_alone.CASE.key}/"
WEB = AT + "dicomweb/"
SERIES = f"{WEB}studies/{ROOT}.1/series/{ROOT}.1.1/"
FIRST = f"{SERIES}instances/{ROOT}.1.1.1"
built = pytest.mark.skipif(not (views.BUILD / "entry.json").exists(), reason="the radiology viewer has not been built")


@pytest.fixture
def two_slices(given: stand_alone.Given, tmp_path: Path) -> stand_alone.Given:
    slices = (synthetic.ct_slice(1), synthetic.compressed(synthetic.ct_slice(2), JPEGLSLossless))
    for n, ds in enumerate(slices):
        (tmp_path / f"{n}.dcm").write_bytes(synthetic.as_bytes(ds))
        given.files += (tmp_path / f"{n}.dcm",)
    return given


def values(row: dict[str, dict[str, list[object]]], tag: str) -> list[object]:
    return row[tag].get("Value", [])


def test_searches_answer_what_is_there(browse: Client, two_slices: stand_alone.Given) -> None:
    (study,) = browse.get(f"{WEB}studies").json()
    (series,) = browse.get(f"{WEB}studies/{ROOT}.1/series").json()
    instances = browse.get(f"{SERIES}instances").json()
    assert (values(study, "0020000D"), values(study, "00081030")) == (
        [f"{ROOT}.1"],
        [synthetic.ct_slice().StudyDescription],
    )
    assert values(series, "00201209") == [2]
    assert [values(i, "00080018") for i in instances] == [[f"{ROOT}.1.1.1"], [f"{ROOT}.1.1.2"]]


def test_a_search_for_another_study_finds_nothing(browse: Client, two_slices: stand_alone.Given) -> None:
    assert browse.get(f"{WEB}studies?StudyInstanceUID=1.2.3").json() == []
    assert len(browse.get(f"{WEB}studies?StudyInstanceUID=1.2.3,{ROOT}.1").json()) == 1


def test_headers_of_a_series(browse: Client, two_slices: stand_alone.Given) -> None:
    answer = browse.get(f"{SERIES}metadata")
    assert [values(i, "00200013") for i in answer.json()] == [[1], [2]]
    assert answer["Content-Type"] == "application/dicom+json"


def test_frames_come_as_they_are_stored(browse: Client, two_slices: stand_alone.Given) -> None:
    plain = browse.get(f"{FIRST}/frames/1")
    packed = browse.get(f"{SERIES}instances/{ROOT}.1.1.2/frames/1")
    assert plain["Content-Type"] == 'multipart/related; type="application/octet-stream"; boundary=overread'
    assert b"transfer-syntax=1.2.840.10008.1.2.1\r\n\r\n" + synthetic.ct_slice().PixelData + b"\r\n--" in plain.content
    assert b"Content-Type: image/jls; transfer-syntax=1.2.840.10008.1.2.4.80\r\n" in packed.content


def test_a_boundary_is_never_part_of_a_picture(browse: Client, given: stand_alone.Given, tmp_path: Path) -> None:
    ds = synthetic.ct_slice()
    ds.PixelData = b"--overread" + ds.PixelData[10:]
    (tmp_path / "a.dcm").write_bytes(synthetic.as_bytes(ds))
    given.files = (tmp_path / "a.dcm",)
    answer = browse.get(f"{FIRST}/frames/1")
    assert answer["Content-Type"].endswith("boundary=overread-")
    assert answer.content.endswith(b"--overread---\r\n")


def test_what_hides_words_hides_them_everywhere(browse: Client, two_slices: stand_alone.Given) -> None:
    pages = [f"{WEB}studies", f"{WEB}studies/{ROOT}.1/series", f"{SERIES}instances", f"{SERIES}metadata", FIRST]
    seen = b"".join(browse.get(page).content for page in pages)
    two_slices.words_hidden = True
    hidden = b"".join(browse.get(page).content for page in pages)
    for word in (b"carcinoma", b"5mm", b"Doe", b"S-1", b"19600229", b"A-1"):
        assert word in seen and word not in hidden


def test_patients_without_names_are_still_told_apart(
    browse: Client, two_slices: stand_alone.Given, tmp_path: Path
) -> None:
    other = synthetic.ct_slice(1, study=f"{ROOT}.2", series=f"{ROOT}.2.1", PatientName="Roe^R", PatientID="S-2")
    again = synthetic.ct_slice(1, study=f"{ROOT}.3", series=f"{ROOT}.3.1", StudyDate="20260401")
    for name, ds in (("other", other), ("again", again)):
        (tmp_path / name).write_bytes(synthetic.as_bytes(ds))
        two_slices.files += (tmp_path / name,)
    two_slices.words_hidden = True
    labels = {values(s, "0020000D")[0]: values(s, "00100020") for s in browse.get(f"{WEB}studies").json()}
    assert labels == {f"{ROOT}.1": ["Patient 1"], f"{ROOT}.2": ["Patient 2"], f"{ROOT}.3": ["Patient 1"]}


def test_a_report_is_not_there_for_blinded_eyes(browse: Client, two_slices: stand_alone.Given, tmp_path: Path) -> None:
    report = synthetic.ct_slice(
        3, series=f"{ROOT}.1.9", Modality="SR", SOPClassUID=BasicTextSRStorage, PixelData=None, Rows=None
    )
    (tmp_path / "sr.dcm").write_bytes(synthetic.as_bytes(report))
    two_slices.files += (tmp_path / "sr.dcm",)
    assert len(browse.get(f"{WEB}studies/{ROOT}.1/series").json()) == 2
    two_slices.words_hidden = True
    assert len(browse.get(f"{WEB}studies/{ROOT}.1/series").json()) == 1
    with_report = browse.get(f"{WEB}studies").content
    two_slices.files = two_slices.files[:2]
    assert browse.get(f"{WEB}studies").content == with_report


def test_nothing_but_pixels_may_be_kept_and_nothing_is_tagged(browse: Client, two_slices: stand_alone.Given) -> None:
    for page in (f"{WEB}studies", f"{SERIES}metadata", FIRST, f"{AT}app-config.js"):
        assert browse.get(page)["Cache-Control"] == "private, no-store"
    frame = browse.get(f"{FIRST}/frames/1")
    assert frame["Cache-Control"].startswith("private, ") and frame["Vary"] == "Cookie"
    assert not frame.has_header("ETag") and not frame.has_header("Last-Modified")


@pytest.mark.parametrize(
    "page",
    [
        f"{WEB}studies/1.2.3/series",
        f"{WEB}studies/{ROOT}.1/series/1.2.3/metadata",
        f"{SERIES}instances/1.2.3/frames/1",
        f"{FIRST}/frames/2",
        f"{FIRST}/frames/0",
        f"{FIRST}/frames/1,x",
        f"{WEB}studies/../series",
    ],
)
def test_what_is_not_there_is_not_found(browse: Client, two_slices: stand_alone.Given, page: str) -> None:
    assert browse.get(page).status_code == 404


@pytest.mark.parametrize("page", [f"{FIRST}/frames/1", FIRST])
def test_a_picture_that_cannot_be_shown_says_why(
    browse: Client, given: stand_alone.Given, tmp_path: Path, page: str
) -> None:
    (tmp_path / "a.dcm").write_bytes(synthetic.as_bytes(synthetic.ct_slice()))
    given.files, given.words_hidden = (tmp_path / "a.dcm",), True
    browse.get(f"{WEB}studies")
    (tmp_path / "a.dcm").write_bytes(b"spoilt on disk")
    answer = browse.get(page)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["detail"] and answer.json()["what_to_do"]


def test_the_viewer_opens_on_every_study_or_the_one_asked_for(browse: Client, two_slices: stand_alone.Given) -> None:
    every, one = browse.get(AT), browse.get(f"{AT}?study={ROOT}.1")
    assert every["Location"] == one["Location"] == f"{AT}basic?StudyInstanceUIDs={ROOT}.1"
    assert browse.get(f"{AT}?study=1.2.3").status_code == 404


def test_a_case_without_images_says_so(browse: Client, given: stand_alone.Given) -> None:
    assert browse.get(AT).status_code == 404


def test_the_configuration_names_no_other_server(browse: Client, given: stand_alone.Given) -> None:
    text = browse.get(f"{AT}app-config.js").content.decode()
    settings = json.loads(text.split("window.config = ")[1].split(";\nwindow")[0])
    source = settings["dataSources"][0]["configuration"]
    assert "://" not in text
    assert source["qidoRoot"] == source["wadoRoot"] == WEB.rstrip("/")
    assert settings["showStudyList"] is False and settings["investigationalUseDialog"] == {"option": "never"}


@built
def test_the_page_stays_under_the_strict_policy(browse: Client, given: stand_alone.Given) -> None:
    answer = browse.get(f"{AT}basic")
    assert "unsafe" not in answer["Content-Security-Policy"] and "blob:" not in answer["Content-Security-Policy"]
    assert b"<script nonce=" in answer.content and answer["Cache-Control"] == "private, no-store"


@built
def test_files_are_packed_kept_and_only_the_decoder_may_evaluate(browse: Client, given: stand_alone.Given) -> None:
    names = views.entry()
    packed = browse.get(f"/viewer/ohif/{names['script']}", headers={"Accept-Encoding": "gzip, br"})
    plain = browse.get(f"/viewer/ohif/{names['script']}")
    style = browse.get(f"/viewer/ohif/{names['style']}")
    decoder = browse.get(f"/viewer/ohif/{names['decoder']}")
    assert packed["Content-Encoding"] == "gzip" and len(packed.content) < len(plain.content)
    assert plain["Content-Type"] == "text/javascript" and "immutable" in plain["Cache-Control"]
    assert "immutable" not in style["Cache-Control"] and b"url(/viewer/ohif/" in style.content
    assert "'unsafe-eval'" in decoder["Content-Security-Policy"]
    assert "unsafe-eval" not in plain["Content-Security-Policy"]
    assert b'__webpack_require__.p = "/viewer/ohif/"' in plain.content


@pytest.mark.parametrize("name", ["../views.py", "nothing.js", "sw.js", "ort/ort.js", "", "index.html"])
def test_other_files_are_not_there(browse: Client, given: stand_alone.Given, name: str) -> None:
    assert browse.get(f"/viewer/ohif/{name}").status_code == 404


def test_a_viewer_that_was_not_built_is_said_so(
    browse: Client, given: stand_alone.Given, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(views, "BUILD", tmp_path)
    assert browse.get(f"{AT}basic").status_code == 404
