"""A comparison on a page: the differences stand open, what agrees and what only one opinion says is counted below."""

from __future__ import annotations

from typing import Any

from overread.web.templatetags import comparing


def item(label: str, grade: str, first: tuple[str, ...] = (), second: tuple[str, ...] = (), domain: str = "imaging"):  # type: ignore[no-untyped-def]
    return {"label": label, "rule": {"grade": grade}, "first": first, "second": second, "domain": domain}


def topic(name: str, grade: str, *items: Any) -> dict[str, Any]:
    return {"topic": name, "grade": grade, "items": items}


ONE, OTHER = ("x",), ("y",)


def test_differences_stand_open_and_the_rest_is_counted() -> None:
    laid = comparing.laid_open(
        {
            "topics": [
                topic(
                    "diagnosis", "major", item("Histology", "major", ONE, OTHER), item("Side", "concordant", ONE, ONE)
                ),
                topic(
                    "stage", "not addressed", item("T category", "not addressed", ONE, OTHER)
                ),  # clinical, pathological
                topic("treatment", "not addressed", item("Treatment", "not addressed")),
                topic("biomarker", "not addressed", item("HER2", "not addressed", (), OTHER)),
                topic("finding", "minor", item("Imaging finding", "minor", ONE)),
            ]
        }
    )
    shown = [(part.name, [found["label"] for found in part.differing]) for part in laid.parts]
    assert shown == [
        ("Diagnosis", ["Histology"]),
        ("Stage", ["T category"]),
        ("Imaging findings", ["Imaging finding"]),
    ]
    assert [found["label"] for found in laid.same] == ["Side"]
    assert [found["label"] for found in laid.alone] == ["HER2"]


def test_findings_of_other_layers_are_not_called_imaging() -> None:
    found = topic("finding", "minor", item("Margins", "minor", ONE, OTHER, "pathology"))
    assert [part.name for part in comparing.laid_open({"topics": [found]}).parts] == ["Findings"]


def test_grades_are_named_for_the_patient_as_in_print() -> None:
    assert comparing.plainly("major") == "An important difference"
