"""A slide becomes part of the case as a picture without anybody's words; what only looks like one does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from overread.clinical.record import Domain, Nature
from overread.interop import slides
from overread.interop.slides.reading import WSI_CLASS
from overread.workflow.cases.visibility import Discipline
from overread.workflow.errors import NotFound
from overread.workflow.intake import queries as intake
from overread.workflow.intake import sorting
from tests.factories.cases import SYSTEM, World
from tests.interop.dicom.synthetic import ROOT, as_bytes, ct_slice
from tests.interop.slides.synthetic import aperio, pyramid

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.FILES_ROOT = tmp_path
    yield
    slides.close()


def level(number: int, *flavour: str, series: str = f"{ROOT}.7.1") -> bytes:
    return as_bytes(
        ct_slice(number, series=series, study=f"{ROOT}.7", SOPClassUID=WSI_CLASS, Modality="SM",
                 ImageType=["ORIGINAL", "PRIMARY", *flavour, "NONE"])
    )  # fmt: skip


@pytest.mark.parametrize("data", [aperio(), pyramid()], ids=["svs", "tiff"])
def test_a_slide_is_kept_as_pixels_of_pathology(data: bytes) -> None:
    world = World().gathered()
    file = world.add(data, "carcinoma.svs")
    assert (file.state, file.kind) == ("accepted", "slide")
    assert (file.domain, file.nature) == (Domain.PATHOLOGY, Nature.SOURCE)
    assert not file.facts.exists()


@pytest.mark.parametrize(
    ("data", "why"),
    [(aperio()[:-200], "stops before all of its tiles"), (pyramid()[:-400], "stops before all of its tiles"),
     (b"II*\0" + b"x" * 400, "")],
    ids=["cut off", "cut off pyramid", "no picture"],
)  # fmt: skip
def test_what_is_none_is_refused_with_its_reason(data: bytes, why: str) -> None:
    file = World().gathered().add(data, "slide.svs")
    assert file.state == "refused"
    assert why in file.reason
    assert file.reason


def test_a_blinded_pathologist_sees_the_tissue_and_neither_name_nor_file() -> None:
    world = World().reviewing(Discipline.PATHOLOGY)
    file = world.add(aperio(), "follicular carcinoma.svs")
    (seen,) = intake.visible_slides(world.reviewer, world.case)
    assert (seen.key, seen.number, seen.name) == (file.key, 1, "")
    assert intake.slide_for(world.reviewer, world.case, file.key) == seen
    with pytest.raises(NotFound):
        intake.content(world.reviewer, world.case, file.key)
    assert intake.visible_slides(world.patient, world.case)[0].name == "follicular carcinoma.svs"


def test_the_levels_of_a_dicom_series_are_one_slide_and_its_label_is_none(monkeypatch: Any) -> None:
    monkeypatch.setattr(sorting.slides, "examine", lambda files: None)  # these levels hold no tissue
    world = World().gathered()
    kept = [world.add(level(n, "VOLUME"), f"level {n}.dcm") for n in (1, 2)]
    label = world.add(level(3, "LABEL"), "label.dcm")
    other = world.add(level(1, "VOLUME", series=f"{ROOT}.7.2"), "another.dcm")
    found = intake.visible_slides(SYSTEM, world.case)
    assert [[f.key for f in s.files] for s in found] == [[f.key for f in kept], [other.key]]
    assert (label.kind, label.nature, label.domain) == ("slide label", Nature.INTERPRETATION, Domain.PLAN)
    assert intake.visible_instances(SYSTEM, world.case) == []  # DICOMweb would hand the label out


def test_a_damaged_dicom_slide_is_refused() -> None:
    file = World().gathered().add(level(1, "VOLUME"), "slide.dcm")
    assert (file.state, "cannot be followed" in file.reason) == ("refused", True)


@pytest.mark.realdata
def test_real_slides_become_part_of_a_case(shared_data: Path) -> None:
    world = World().gathered()
    names = ("CMU-1-Small-Region.svs", "test3-dapi.ndpi", "slidetool_wsi.dcm")
    assert [world.add((shared_data / "slides" / n).read_bytes(), n).kind for n in names] == ["slide"] * 3
    for path in sorted((shared_data / "slides/dicom_wsi").glob("*.dcm")):
        world.add(path.read_bytes(), path.name)
    assert sorted(len(s.files) for s in intake.visible_slides(SYSTEM, world.case)) == [1, 1, 1, 12]
