"""What a report concludes and where opinions differ, out of its signed content."""

from __future__ import annotations

from typing import Any

from overread.workflow.reports.conclusions import conclusions, day, decisions, looked_again
from overread.workflow.reports.differences import differences

ENTERED = {"document": "opinion", "method": "entered"}


def fact(field: str, value: str) -> dict[str, Any]:
    return {"field": field, "value": value, "provenance": ENTERED}


OPINION = {
    "author": "Dr. B",
    "specialty": "pathology",
    "facts": [fact("t", "T2"), fact("histology", "liposarcoma"), fact("variant", "MDM2 amplification"), fact("lvi", "absent")],
    "options": [{"name": "Wide resection", "recommended": True}, {"name": "Waiting", "recommended": False}],
    "further_tests": ["CT"],
    "comment": "As seen.",
}  # fmt: skip


def test_the_conclusion_says_diagnosis_biomarkers_stage_and_what_is_advised() -> None:
    (found,) = conclusions({"opinions": [OPINION]})
    assert [(row.plain, row.value) for row in found.rows] == [
        ("Kind of tumour", "liposarcoma"),
        ("Change in the tumour's genes", "MDM2 amplification"),
        ("T category", "T2"),
    ]
    assert (found.advised, found.tests, found.comment) == (("Wide resection",), ("CT",), "As seen.")


def test_the_board_decides_on_a_day_and_older_reports_have_none() -> None:
    vote = {"member": "Dr. C", "choice": "second", "reason": ""}
    old = {"question": "Which?", "minutes": "The second.", "votes": [vote]}
    new = old | {"decided_at": "2026-09-11T16:05:00+00:00", "decided_by": "Dr. C"}
    assert [(d.on, d.by) for d in decisions({"boards": [old, new]})] == [("", ""), ("11 September 2026", "Dr. C")]
    assert next(decisions({"boards": [old]})).votes == ("Dr. C voted for the second opinion.",)
    assert list(decisions({})) == []


def test_an_answer_is_told_with_its_day_where_it_is_known() -> None:
    old = {"name": "Dr. A", "of": "The first physician", "decision": "keeps", "reason": "Seen.", "recorded": True}
    new = old | {"answered_at": "2026-09-09T11:00:00+00:00", "recorded": False}
    assert list(looked_again({"looked_again": [old, new]})) == [
        "Dr. A kept the first opinion (written down by the navigator): Seen.",
        "Dr. A kept the first opinion on 9 September 2026: Seen.",
    ]
    assert day(None) == ""


def item(label: str, grade: str, first: tuple[str, ...] = (), second: tuple[str, ...] = (), about: str | None = None):  # type: ignore[no-untyped-def]
    rule = {"grade": grade, "sentence": "Why."}
    return {"label": label, "about": about, "first": first, "second": second, "rule": rule, "direction": None}


def compared(second: str, *items: Any) -> dict[str, Any]:
    return {"second": second, "topics": [{"items": items}]}


def test_every_finding_is_said_once_over_all_comparisons() -> None:
    alone = item("Lesion size", "not addressed", ("92 mm",), about="lesion:1")
    pathologist = compared(
        "Dr. B", item("Histology", "major", ("a",), ("b",)), item("Treatment", "not addressed"), alone
    )
    surgeon = compared(
        "Dr. D", item("Histology", "not addressed", ("a",)), item("Treatment", "major", ("x",), ("y",)), alone
    )
    found = [(row.finding, row.by) for row in differences({"comparisons": [pathologist, surgeon]})]
    assert found == [("Histology", "Dr. B"), ("Lesion size (lesion 1)", ""), ("Treatment", "Dr. D")]
