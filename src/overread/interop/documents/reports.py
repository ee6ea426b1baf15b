"""The clinician's and the patient's edition of a report, as PDF."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from .content import ReportContent, moment
from .layout import laid_out

# What each grade of a difference is called; for the patient in plain words.
_GRADES = {
    "minor": ("Minor difference", "A small difference"),
    "major": ("Major difference", "An important difference"),
    "not addressed": ("Not compared", "These cannot be compared"),
}


def clinician_report(content: ReportContent) -> bytes:
    """The report for physicians: facts with sources, stage check, agreement, options, limitations."""
    return laid_out("clinician.typ", _data(content, edition=0), content.prepared_at)


def patient_report(content: ReportContent) -> bytes:
    """The report in plain language and larger type, with the words explained."""
    return laid_out("patient.typ", _data(content, edition=1), content.prepared_at)


def _data(content: ReportContent, edition: int) -> dict[str, Any]:
    data = asdict(content)
    data |= {
        "differing": [asdict(row) | {"grade_name": grade_name(row.grade, edition)} for row in content.differing],
        "agreeing": [asdict(row) for row in content.agreeing],
        "of_one": [asdict(row) for row in content.of_one],
    }
    data |= {"status": content.status, "draft": content.signed_by is None, "no_examination": content.examination}
    data |= {"prepared_at": moment(content.prepared_at), "signed_at": content.signed_at and moment(content.signed_at)}
    return data


def grade_name(grade: str, edition: int) -> str:
    """What a grade is called: edition 0 for the clinician, 1 for the patient. One that is not known is called as it is."""
    return _GRADES.get(grade, (grade.capitalize(), grade.capitalize()))[edition]
