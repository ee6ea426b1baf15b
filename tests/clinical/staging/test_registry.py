"""The committed analysis of the registry's 7th edition rows: each judged twice, none of the mismatches ours."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("OVERREAD_SHARED", ROOT.parent / "shared"))
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="needs the registry rows"),
]


@pytest.fixture(scope="module")
def analysis() -> ModuleType:
    spec = importlib.util.spec_from_file_location("staging_analysis", ROOT / "bench" / "quality" / "staging.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_mismatch_is_ours_and_both_implementations_agree(
    analysis: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "rows.csv"
    monkeypatch.setattr(sys, "argv", ["staging.py", "--rows", str(out)])
    assert analysis.main() == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 2_700
    mismatches = [row for row in rows if row["class"].startswith("registry")]
    assert 0 < len(mismatches) < 40
    assert all(row["second"] for row in mismatches), "a mismatch is the registry's only where the second has an answer"
    analysis.write(tmp_path / "rows.jsonl", rows)
    assert [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text(encoding="utf-8").splitlines()] == rows


def test_the_second_implementation_can_blame_us(analysis: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were our table wrong, the row would be ours: the classes are no foregone conclusion."""
    second = analysis.Second(SHARED / "evidence" / "tnm" / "uicc7_imsweb_tnm-2.1.zip")
    row = {
        "barcode": "x", "cancer": "THCA", "icd_o_3_site": "C73.9", "icd_o_3_histology": "8260/3", "ajcc_edition": "7th",
        "pT": "T3", "pN": "N0", "M": "M0", "grade": "", "age": "60", "gleason_score": "", "pathologic_stage": "Stage III",
    }  # fmt: skip
    assert analysis.classify(row, second) == "agrees"
    assert analysis.difference(row, second) is None
    right = analysis.stage
    monkeypatch.setattr(analysis, "stage", lambda *asked: right("C73.9", "7", "T1", "N0", "M0", asked[5]))
    assert analysis.classify(row, second) == analysis.OURS
    assert analysis.difference(row, second) == "UNEXPLAINED"
    assert analysis.classify(row | {"age": "44"}, second).startswith(
        "registry: the stated stage fits only without the stated age"
    )
