"""The real trial record and 999 real eligibility texts."""

from __future__ import annotations

import gzip
import json
import os
from datetime import date
from pathlib import Path

import pytest

from overread.clinical.record import Record, Subject
from overread.clinical.trials import Trial, Verdict, match, split_criteria
from overread.interop.public_data import clinicaltrials

DATA = Path(os.environ.get("OVERREAD_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "data" / "trials"
pytestmark = [pytest.mark.realdata, pytest.mark.skipif(not DATA.is_dir(), reason="shared development data absent")]
DAY = date(2026, 11, 21)


def test_json_and_legacy_xml_agree() -> None:
    (new,), (old,) = (list(clinicaltrials.trials(DATA / f"NCT02513394.{kind}.gz")) for kind in ("json", "xml"))
    assert new.nct == old.nct == "NCT02513394"
    assert len(new.locations) == 437 and len(new.criteria) == len(old.criteria) == 34
    assert match(Record(Subject("s")), new, DAY).overall is Verdict.NOT_MET  # it no longer recruits


def test_nothing_is_met_for_somebody_of_whom_nothing_is_known() -> None:
    nobody = Record(Subject("s"))
    for line in gzip.decompress((DATA / "nli4ct_trials.jsonl.gz").read_bytes()).splitlines():
        row = json.loads(line)
        text = "\n".join(row["Eligibility"])
        trial = Trial(row["Clinical Trial ID"], "", eligibility=text, criteria=split_criteria(text))
        assert all(c.span.of(text) == c.text for c in trial.criteria)
        found = [c for c in match(nobody, trial, DAY).criteria if c.verdict is not Verdict.UNKNOWN]
        assert all("both are taken" in c.sentence for c in found), found
