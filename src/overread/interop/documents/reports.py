"""The clinician's and the patient's edition of a report, as PDF."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from .content import ReportContent, moment
from .layout import laid_out

# What each grade of agreement is called; for the patient in plain words.
_GRADES = {
    "concordant": ("Concordant", "Both doctors agree"),
    "minor": ("Minor difference", "A small difference"),
    "major": ("Major difference", "An important difference"),
    "not addressed": ("Not addressed", "Only one doctor spoke about this"),
}


def clinician_report(content: ReportContent) -> bytes:
    """The report for physicians: facts with sources, stage check, agreement, options, limitations."""
    return laid_out("clinician.typ", _data(content, edition=0), content.prepared_at)


def patient_report(content: ReportContent) -> bytes:
    """The report in plain language and larger type, with the words explained."""
    return laid_out("patient.typ", _data(content, edition=1), content.prepared_at)


def _data(content: ReportContent, edition: int) -> dict[str, Any]:
    data = asdict(content)
    for row in data["concordance"]:
        names = _GRADES.get(row["grade"], (row["grade"].capitalize(), row["grade"].capitalize()))
        row["grade_name"] = names[edition]
    data |= {"status": content.status, "draft": content.signed_by is None, "no_examination": content.examination}
    data |= {"prepared_at": moment(content.prepared_at), "signed_at": content.signed_at and moment(content.signed_at)}
    return data
