"""The facts of one subject as the rows of a table."""

from __future__ import annotations

import itertools
from types import SimpleNamespace
from typing import Any, cast

import pytest

from overread.clinical.assessment import growth_of
from overread.clinical.record import Fact, Icdo3Morphology, Method, Provenance, Record, Subject, Value
from overread.clinical.staging import check
from overread.web.facts import page, plain
from overread.web.facts.rows import Row, rows
from overread.web.facts.titles import title, titles
from overread.workflow.facts.queries import SeenFact, SubjectView

ORDER = itertools.count()
FILES: dict[str, Any] = {}


def file(name: str, kind: str = "report") -> Any:
    return FILES.setdefault(name, SimpleNamespace(pk=len(FILES) + 1, name=name, kind=kind))


def seen(
    field: str, value: Value, document: str = "ct", about: str | None = None, *,
    on: str | None = None, words: bool = True, kind: str = "report", quote: str | None = None,
) -> SeenFact:  # fmt: skip
    fact = Fact(field, value, Provenance(document if words else "withheld", Method.TEXT, quote=quote), about, on)
    source = file(document, kind)
    row = SimpleNamespace(file=source, file_id=source.pk, order=next(ORDER), key=next(ORDER))
    return SeenFact(fact, cast(Any, row), words)


def lesion(about: str, *pairs: tuple[str, Value], document: str = "ct", **more: Any) -> list[SeenFact]:
    return [seen(field, value, document, about, **more) for field, value in pairs]


def brief(found: list[Row]) -> list[tuple[str, str]]:
    return [(row.label, row.value) for row in found]


def test_findings_and_impression_of_one_report_are_one_lesion() -> None:
    place = ("lesion_location", "right upper lobe")
    found = rows(
        [
            seen("study_date", "2026-04-29"),
            *lesion("lesion:1", ("finding", "solid nodule"), place, ("lesion_size", 9)),
            *lesion("lesion:2", ("finding", "nodule"), ("lesion_location", "Right upper lobe"), ("lesion_size", 9)),
        ]
    )
    _, one = found
    assert (one.label, one.value, one.more) == ("Lesion: right upper lobe", "9 mm", ("solid nodule", "nodule"))
    assert one.days == ("2026-04-29",) and len(one.sources) == 6


@pytest.mark.parametrize(
    "second",
    [
        lesion("lesion:2", ("lesion_location", "left lower lobe"), ("lesion_size", 9)),
        lesion("lesion:2", ("lesion_location", "right upper lobe"), ("lesion_size", 4)),
        lesion("lesion:2", ("lesion_location", "right upper lobe"), ("finding", "nodule")),
        lesion("lesion:2", ("lesion_size", 9)),
        lesion("lesion:1", ("lesion_location", "right upper lobe"), ("lesion_size", 9), document="second ct"),
        lesion("lesion:1", ("lesion_location", "right upper lobe"), ("lesion_size", 9), words=False),
    ],
)
def test_what_may_be_another_lesion_stays_apart(second: list[SeenFact]) -> None:
    first = lesion("lesion:1", ("lesion_location", "right upper lobe"), ("lesion_size", 9))
    assert len(rows([*first, *second])) > 1


def test_a_lesion_without_its_place_is_not_called_by_a_number() -> None:
    found = rows([*lesion("lesion:1", ("lesion_size", 9)), *lesion("lesion:B", ("lesion_size", 8))])
    assert brief(found) == [("Lesion", "9 mm"), ("Lesion B", "8 mm")]
    assert brief(rows(lesion("lesion:1", ("lesion_location", "left lobe")))) == [("Lesion", "left lobe")]


def test_a_lesion_measured_on_two_days_has_a_row_for_each() -> None:
    found = rows(
        [seen("lesion_size", size, "pacs", "lesion:A", on=on) for size, on in ((9, "2026-01-01"), (12, "2026-06-01"))]
    )
    assert [(row.value, row.days) for row in found] == [("9 mm", ("2026-01-01",)), ("12 mm", ("2026-06-01",))]


def test_the_same_fact_of_several_sources_stands_once_with_all_of_them() -> None:
    found = rows(
        [seen("histology", "Leiomyosarcoma", name, on=on) for name, on in (("a", "2026-01-02"), ("b", "2026-01-01"))]
    )
    (one,) = found
    assert len(one.sources) == 2 and one.days == ("2026-01-01", "2026-01-02")
    other = seen("histology", "leiomyosarcoma", "a", "history")
    assert [row.label for row in rows([other, one.sources[0].seen])] == ["Histology", "Histology (told as history)"]
    assert len(rows([seen("grade", "G1", name, "specimen:A") for name in ("a", "b")])) == 2


def test_where_facts_stand_that_may_not_be_read_is_said_once() -> None:
    (one,) = rows([seen("sex", "male", name, words=False) for name in ("a", "b")])
    assert len(one.sources) == 1 and one.days == () and one.sources[0].title == ""


def test_scans_of_two_days_are_two_and_their_files_one() -> None:
    images = [
        seen("modality", "CT", f"image {n}", f"study:{n}", on=on, kind="dicom")
        for n, on in ((1, "2026-01-01"), (2, "2026-06-01"))
    ]
    report = [seen("study_date", "2026-01-01", "ct"), seen("modality", "CT", "ct")]
    found = [row for row in rows([*images, *report]) if row.label == "Modality"]
    assert [(row.days, len(row.sources)) for row in found] == [(("2026-01-01",), 2), (("2026-06-01",), 1)]


def test_the_order_is_that_of_a_record() -> None:
    found = rows(
        [seen("sex", "male"), seen("report_date", "2026-01-05"), seen("treatment_given", "surgery"), seen("ambiguity", "atypia"),
         seen("er", "positive"), seen("stage_group", "IB"), seen("t", "T2"), seen("finding", "mass"), seen("histology", "sarcoma")]
    )  # fmt: skip
    assert [row.kind for row in found] == [
        "Diagnosis", "Diagnosis", "Stage", "Stage", "Imaging", "Molecular", "Treatment", "Person", "Document",
    ]  # fmt: skip
    assert [row.label for row in found[:3]] == ["Histology", "Words of doubt", "Stage group"]


def test_a_treatment_is_one_row_under_its_name() -> None:
    """No identifier of a hospital's system, and what the table of treatments knows apart from what was said."""
    about = "treatment:ServiceRequest/plan"
    said = [("treatment_status", "proposed"), ("treatment_proposed", "Excision"), ("treatment_modality", "surgery")]
    (one,) = rows([seen(field, value, "export", about, kind="fhir") for field, value in said])
    assert (one.label, one.value) == ("Treatment proposed", "Excision")
    assert one.more == ("status of the treatment: proposed",) and one.known == ("kind of treatment: surgery",)
    assert "ServiceRequest" not in one.label + one.value


def test_a_document_is_called_what_its_facts_say_it_is() -> None:
    ct = [seen("study_date", "2026-04-29"), seen("modality", "CT")]
    tissue = [
        seen("specimen_collected", "2026-04-01", "path"),
        seen("report_date", "2026-04-05", "path"),
        seen("stage_group", "I", "path"),
    ]
    assert title(file("ct"), ct) == "CT report, 29 April 2026"
    assert title(file("ct"), ct[:1]) == "Imaging report, 29 April 2026"
    assert title(file("path"), tissue) == "Pathology report, 5 April 2026"
    assert title(file("path"), [seen("specimen", "biopsy", "path")]) == "Pathology report"
    letter = [*ct, seen("treatment_given", "surgery")]  # it tells of a scan, and is none
    assert title(file("ct"), letter) == title(file("ct"), []) == "Report or letter"
    assert title(file("export", "fhir"), ct) == "Export of a hospital's system (FHIR)"
    assert list(titles([*ct, seen("sex", "male", "hidden", words=False)])) == [file("ct").pk]


def view(name: str | None, facts: list[SeenFact], *, patient: bool = False) -> SubjectView:
    return SubjectView(cast(Any, None), Subject("s", name), patient, tuple(facts))


def test_a_record_that_names_nobody_is_explained() -> None:
    patient, nobody = view("Ana", [], patient=True), view(None, [seen("sex", "male", "letter.txt")])
    other = view("Bo", [seen("sex", "male", name) for name in ("a.txt", "b.txt")])

    def said(*views: SubjectView, blinded: bool = False) -> list[str]:
        return [one.whose for one in page.shown(views, blinded=blinded, codes_apart=False)]

    assert said(patient, nobody) == [
        "", "letter.txt does not say whose it is. Nothing in it counts as the patient's until that is settled.",
    ]  # fmt: skip
    assert said(other) == ["a.txt and b.txt name Bo. It is not settled yet whom the case is about."]
    assert said(view(None, [])) == [""] == said(nobody, blinded=True)


def test_codes_stand_apart_where_they_say_the_same_as_words() -> None:
    facts = [seen("histology", "sarcoma"), seen("histology_code", Icdo3Morphology("8890/3"))]
    (apart,) = page.shown([view("Ana", facts)], blinded=False, codes_apart=True)
    assert brief(apart.rows) == [("Histology", "sarcoma")] and [row.value for row in apart.codes] == ["8890/3"]
    (together,) = page.shown([view("Ana", facts)], blinded=False, codes_apart=False)
    assert len(together.rows) == 2 and together.codes == [] and not together.dated


# --- for the patient


def record(**values: Value) -> Record:
    return Record(
        Subject("s"), (), tuple(Fact(name, value, Provenance("d", Method.ENTERED)) for name, value in values.items())
    )


COLON = {"site": "colon", "t": "T3", "n": "N1b", "m": "M0", "edition": "8"}


@pytest.mark.parametrize(
    ("values", "signed", "said"),
    [
        ({**COLON, "stage_group": "IIIB"}, False, "fits with the T, N and M"),
        ({**COLON, "stage_group": "IIA"}, False, "do not fit together. Your navigator looks into it."),
        ({**COLON, "stage_group": "IIA"}, True, "do not fit together. Your report says"),
        ({**COLON, "site": "thigh", "stage_group": "IIA"}, False, "Overread cannot check"),
        (COLON, False, "nothing to compare"),
        ({}, False, "nothing to compare"),
    ],
)
def test_the_stage_is_said_without_a_verdict(values: dict[str, Value], signed: bool, said: str) -> None:
    assert said in plain.stage(check(record(**values)), signed=signed)


@pytest.mark.parametrize(
    ("sizes", "field", "said"),
    [
        ((9.0, 12.0), "lesion_size", "It grew from 9 to 12 mm between 1 January 2026 and 1 June 2026. Growth alone"),
        (
            (9.0, 9.4),
            "lesion_size",
            "It measured 9 and then 9.4 mm, between 1 January 2026 and 1 June 2026. The difference is so",
        ),
        ((9.0, 7.0), "lesion_size", "By these sizes it did not grow."),
        ((90.0, 180.0), "lesion_volume", "from 90 to 180 mm³"),
    ],
)
def test_growth_is_said_as_sizes_and_days(sizes: tuple[float, float], field: str, said: str) -> None:
    facts = tuple(
        Fact(field, size, Provenance("d", Method.TEXT, quote=f"{size:g} mm"), "lesion:A", on)
        for size, on in zip(sizes, ("2026-01-01", "2026-06-01"), strict=True)
    )
    (one,) = growth_of(Record(Subject("s"), (), facts)).lesions
    assert said in plain.grew(one)
