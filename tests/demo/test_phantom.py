"""The synthesised chest: its nodule has the volume that is claimed, and its files are valid CTs."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import numpy as np
import pytest
from pydicom import dcmread

from overread.clinical.extraction import subject
from overread.clinical.growth import Measurement, doubling_time
from overread.clinical.record.identity import same_person
from overread.demo.cases import lung
from overread.demo.phantom import Grid, Nodule, Scan, body, files, nodule_cover, scan
from overread.interop import dicom

AROUND_NODULE = Grid(slices=16, bottom=130)
COARSE = Grid(pixels=64, slices=21, thickness=10)
SCAN = Scan(
    "THOMPSON^WALTER", "DEMO-410772", "Hillcrest", lung.BORN, "M", date(2026, 3, 2), "CT-1", "Hillcrest Imaging"
)


def measured(nodule: Nodule) -> float:
    """The nodule's volume from the pixels: what it adds to the same scan without it, mm3."""
    walter = body(AROUND_NODULE, lung.ANATOMY)
    with_it, without = (scan(walter, nodule=shown, noise=5) for shown in (nodule, None))
    near = nodule_cover(AROUND_NODULE, Nodule(nodule.centre, tuple(r + 2 for r in nodule.radii))) > 0  # type: ignore[arg-type]
    added = (with_it - without)[near] / (nodule.hounsfield - np.median(without[near]))
    return float(added.sum() * AROUND_NODULE.voxel)


@pytest.mark.parametrize("nodule", lung.NODULES)
def test_the_voxels_of_a_nodule_add_up_to_its_volume(nodule: Nodule) -> None:
    assert nodule_cover(AROUND_NODULE, nodule).sum() * AROUND_NODULE.voxel == pytest.approx(nodule.volume, rel=0.02)


def test_the_growth_of_the_nodule_is_recovered_from_the_pixels() -> None:
    first, second = date(2026, 4, 29), date(2026, 4, 29) + timedelta(days=lung.DAYS_AGO[0] - lung.DAYS_AGO[1])
    known, seen = (
        doubling_time(Measurement(first, volume_mm3=a), Measurement(second, volume_mm3=b)).days
        for a, b in ([n.volume for n in lung.NODULES], [measured(n) for n in lung.NODULES])
    )

    assert known == pytest.approx(143.7, abs=0.1)
    assert seen == pytest.approx(known, rel=0.06)


def test_the_reports_measure_what_the_images_show() -> None:
    assert [tuple(2 * r for r in n.radii[:2]) for n in lung.NODULES] == [(9, 8), (12, 11)]


def test_the_chest_has_lungs_bones_and_air_around_it() -> None:
    volume = scan(body(COARSE, 1), nodule=None, noise=1)
    litres = ((volume > -950) & (volume < -700)).sum() * COARSE.voxel / 1e6

    assert 2 < litres < 8
    assert (volume > 300).any()
    assert volume[:, 0, 0].max() < -800
    assert volume[:, 5:-5, COARSE.pixels // 2].max() > 200  # the spine


def test_the_same_seeds_give_the_same_scan_and_another_noise_another() -> None:
    again = [scan(body(COARSE, 1), nodule=None, noise=noise) for noise in (1, 1, 2)]

    assert np.array_equal(again[0], again[1])
    assert not np.array_equal(again[0], again[2])


def test_the_files_are_one_study_of_one_person_in_order() -> None:
    volume = scan(body(COARSE, 1), nodule=None, noise=1)
    made = [dicom.examine(data) for _, data in files(SCAN, COARSE, volume)]
    (study,) = dicom.index(made)

    assert not study.warnings
    assert len({i.sop_uid for i in made}) == COARSE.slices
    assert [i.position for i in study.series[0].instances] == [10.0 * n for n in range(COARSE.slices)]
    assert same_person(study.subject, subject("Patient Name: Thompson, Walter\nDOB: 03/24/1957  Sex: Male"))


def test_the_pixels_keep_their_hounsfield_units() -> None:
    volume = scan(body(COARSE, 1), nodule=None, noise=1)
    _, data = next(files(SCAN, COARSE, volume))
    header = dcmread(BytesIO(data))

    assert np.array_equal(header.pixel_array * header.RescaleSlope + header.RescaleIntercept, volume[0])


def test_a_scan_of_another_day_has_other_identifiers() -> None:
    later = Scan(**{name: getattr(SCAN, name) for name in SCAN.__slots__} | {"taken": date(2026, 9, 2)})

    assert SCAN.uid("study") == SCAN.uid("study") != later.uid("study")
