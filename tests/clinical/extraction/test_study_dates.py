"""The day of an imaging study: as labelled, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical.extraction import read


def days(text: str) -> list[object]:
    return [
        fact.value
        for fact in read(f"EXAM: CT CHEST\n{text}\nFINDINGS: Nodule, 9 mm.", "d")
        if fact.field == "study_date"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Exam date: 2026-04-01", ["2026-04-01"]),
        ("Date of study: 04/17/2026", ["2026-04-17"]),
        ("DATE OF EXAMINATION: 17.04.2026", ["2026-04-17"]),
        ("Study date: 1 Apr 2026", ["2026-04-01"]),
        ("Service date: April 1, 2026", ["2026-04-01"]),
        ("Exam date: 04/01/2026", []),  # either way round
        ("DOB: 03/24/1957\nExam date: 04/01/2026", ["2026-04-01"]),
        ("DOB: 24/03/1957\nExam date: 04/01/2026", ["2026-01-04"]),
        ("DOB: 24/03/1957\nSigned: 03/24/2026\nExam date: 04/01/2026", []),
        ("Exam date: 05/05/2026", ["2026-05-05"]),
        ("Exam date: 31/31/2026", []),
        ("Exam date: 2026-04-01\nDate of scan: 2026-04-01", ["2026-04-01"]),
        ("Exam date: 2026-04-01\nDate of scan: 2025-04-01", []),
        ("Comparison: 2025-04-01", []),
        ("Exam date: [redacted]", []),
    ],
)
def test_labelled_days(text: str, found: list[object]) -> None:
    assert days(text) == found


def test_a_pathology_report_names_no_imaging_study() -> None:
    text = "SURGICAL PATHOLOGY\nGROSS DESCRIPTION: specimen in formalin.\nStudy date: 2026-04-01\nCT was done."
    assert not [fact for fact in read(text, "d") if fact.field == "study_date"]


@given(st.from_regex(r"\A[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-][0-9]{4}\Z"), st.from_regex(r"\A[0-9/.\- ]{0,30}\Z"))
def test_never_raises_and_quotes_what_stands_there(printed: str, noise: str) -> None:
    text = f"EXAM: CT\n{noise}\nExam date: {printed}\nFINDINGS: Nodule."
    for fact in read(text, "d"):
        span = fact.provenance.span
        assert span and text[span.start : span.end] == fact.provenance.quote
