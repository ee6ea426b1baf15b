"""The assessment on development data: tumours told right or not at all, contradictions rare, nothing raised."""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from overread.clinical.assessment import assess, to_json
from overread.clinical.extraction import read
from overread.clinical.record import Document, Record, Subject

DATA = Path(os.environ.get("OVERREAD_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "data"
pytestmark = [pytest.mark.realdata, pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is absent")]
TODAY = date(2026, 11, 21)
SCHEMA = {
    **dict.fromkeys(("COAD", "READ"), "colon_rectum"),
    **dict.fromkeys(("GBM", "LGG"), "brain_v9_2023"),
    **dict.fromkeys(("KICH", "KIRC", "KIRP"), "kidney_parenchyma"),
    "BLCA": "bladder",
    "CESC": "cervix_9th_2021",
    "LIHC": "liver",
    "OV": "ovary",
    "PAAD": "pancreas",
    "PRAD": "prostate",
}


def reports() -> Iterator[dict[str, Any]]:
    with gzip.open(DATA / "pathology/reports_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, None, 20):
            report = json.loads(line)
            if report["registry"].get("cancer") in SCHEMA:
                yield report


def test_tumours_and_contradictions_on_real_reports() -> None:
    told: Counter[str] = Counter()
    for report in reports():
        document = Document(report["barcode"], "Report", "report", text=report["text"])
        record = Record(Subject(report["barcode"]), (document,), read(report["text"], document.id))
        found = assess(record, TODAY)
        assert to_json(found.workup)
        schema = found.workup.tumour.schema if found.workup.tumour else None
        told["none" if schema is None else "right" if schema == SCHEMA[report["registry"]["cancer"]] else "wrong"] += 1
        told["contradicted"] += bool(found.workup.contradictory)
    assert told["right"] >= 0.75 * (told["right"] + told["wrong"] + told["none"])
    assert told["wrong"] <= 0.06 * told["right"]
    assert told["contradicted"] <= 0.1 * told["right"]
