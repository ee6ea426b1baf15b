"""What the work-up carries over is the evidence's own: registry items, and the tests that guidance names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from overread.clinical.knowledge import load

EVIDENCE = Path(os.environ.get("OVERREAD_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "evidence"
needs_evidence = [
    pytest.mark.realdata,
    pytest.mark.skipif(not EVIDENCE.is_dir(), reason="the shared evidence is absent"),
]
# How the evidence's names for tests read in the knowledge file.
NAMES = {
    "METex14": "MET exon 14",
    "ERBB2": "HER2 (ERBB2)",
    "BRAF_V600E": "BRAF V600E",
    "BRAF_V600": "BRAF V600",
    "PD-L1_CPS": "PD-L1",
    "MMR_or_MSI": "mismatch repair or microsatellite instability",
    "MSI_or_dMMR": "mismatch repair or microsatellite instability",
    "TMB": "tumour mutational burden",
}
# Named by the evidence and left out on purpose: no record field can tell that a germline test was made, and NTRK in
# gastric cancer is optional there.
LEFT_OUT = {("bio_any_advanced", "germline"), ("bio_gastric", "NTRK"), ("bio_any_advanced", "MMR_or_MSI")}


def read(name: str) -> Any:
    return yaml.load(
        (EVIDENCE / name).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )


class TestAgainstTheEvidence:
    pytestmark = needs_evidence

    def test_registry_items(self) -> None:
        file = load("workup", "required_elements")
        schemas = {s["schema"]: s for s in read("required_elements_seer_ssdi.yaml")["schemas"]}
        assert [row["schema"] for row in file.rows] == list(schemas)
        for row in file.rows:
            items = [i for i in schemas[row["schema"]]["items"] if i["active_now"] and i["required_by"]]
            owed = [i for i in items if not i["key"].startswith("discriminator")]
            assert (row["title"], row["items"]) == (schemas[row["schema"]]["title"], [i["key"] for i in owed])
            for item in owed:
                kept = file["items"][item["key"]]
                assert (kept["name"].lower(), kept["naaccr"]) == (item["name"].lower(), item["naaccr_item"])

    def test_biomarkers(self) -> None:
        facts = {f["id"]: f for f in read("evidence.yaml")["facts"]}
        carried: dict[str, set[str]] = {}
        for row in load("workup", "biomarkers").rows:
            carried.setdefault(row["evidence"], set()).update(test["name"] for test in row["tests"])
        for key, names in carried.items():
            assert facts[key]["confidence"] not in ("general_knowledge", "secondary_citation")
            expected = {
                NAMES.get(name, name)
                for part, entries in facts[key]["value"].items()
                if part not in ("ras_codons", "stages")
                for name in entries
                if (key, name) not in LEFT_OUT
            }
            assert names - {"mismatch repair"} == expected, key


def test_no_biomarker_row_stands_without_its_source() -> None:
    file = load("workup", "biomarkers")
    assert {row["evidence"] for row in file.rows} <= {source.id for source in file.sources}
