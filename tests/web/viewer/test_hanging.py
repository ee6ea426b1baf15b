"""What hangs first: the newest study, and the same person's one of the same kind before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from overread.interop import dicom
from overread.web.viewer import hanging
from tests.interop.dicom.synthetic import ROOT
from tests.web.viewer.stand_alone import stored

SOMEBODY_ELSE = {"PatientID": "S-2", "PatientName": "Roe^Richard", "PatientBirthDate": "19500101"}
# studies as (day, what else is in their header), oldest first; the order in which they hang; whether two hang together
ROWS = [
    ([("20260101", {})], [1], False),
    ([("20260101", {}), ("20260701", {})], [2, 1], True),
    ([("20260101", {}), ("20260401", {}), ("20260701", {})], [3, 2, 1], True),
    ([("20260101", {}), ("20260401", {"Modality": "MR"}), ("20260701", {})], [3, 1, 2], True),
    ([("20260101", {"Modality": "MR"}), ("20260701", {})], [2, 1], False),
    ([("20260101", SOMEBODY_ELSE), ("20260701", {})], [2, 1], False),
    ([("20260101", {}), ("20260401", SOMEBODY_ELSE), ("20260701", {})], [3, 1, 2], True),
]


@pytest.mark.parametrize(("studies", "order", "together"), ROWS)
def test_the_newest_hangs_beside_the_one_before(
    tmp_path: Path, studies: list[tuple[str, dict[str, str]]], order: list[int], together: bool
) -> None:
    files = [stored(tmp_path, n, day, **extra) for n, (day, extra) in enumerate(studies, start=1)]
    asked = hanging.query(dicom.index(dicom.examine(file) for file in files))
    assert asked["StudyInstanceUIDs"].split(",") == [f"{ROOT}.{n}" for n in order]
    assert (asked.get("hangingProtocolId") == hanging.PROTOCOL) is together


def test_a_study_without_a_day_is_nobody_s_newest(tmp_path: Path) -> None:
    files = [stored(tmp_path, 1, None), stored(tmp_path, 2, "20260101")]
    asked = hanging.query(dicom.index(dicom.examine(file) for file in files))
    assert asked["StudyInstanceUIDs"].startswith(f"{ROOT}.2,")
