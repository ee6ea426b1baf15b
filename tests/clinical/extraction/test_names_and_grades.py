"""Names over a line break, words of a kind rather than of this tumour, grades of something else, operations that are only planned."""

import pytest

from overread.clinical.extraction import read
from overread.clinical.extraction.occurrences import around, occurrences


def values(text: str, field: str) -> list[str]:
    return [str(f.value) for f in read(text, "d") if f.field == field]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("DIAGNOSIS: Brain, excision: anaplastic \noligodendroglioma.", "9451/3"),
        ("DIAGNOSIS: Brain: oligodendroglioma, anaplastic (WHO 3).", "9451/3"),
        ("DIAGNOSIS: Caecum: poorly differentiated mucinous \nadenocarcinoma.", "8480/3"),
        ("HISTOLOGIC TYPE\nSquamous cell carcinoma\nNonkeratinizing", "8072/3"),
        ("DIAGNOSIS: typical of oligodendrogliomas.\nCOMMENT: glioblastoma.", "9440/3"),
    ],
)
def test_the_code_of_the_name(text: str, first: str) -> None:
    assert values(text, "histology_code")[0] == first


def test_gist_left_over_from_pathologist_is_no_tumour() -> None:
    assert values("The attending patholr gist was informed.", "histology") == []
    assert values("DIAGNOSIS: Stomach: GIST.", "histology") == ["gastrointestinal stromal tumour"]


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("DIAGNOSIS: GI tract biopsy, adenocarcinoma.", []),
        ("DIAGNOSIS: Cervix: CIN grade 2.", []),
        ("DIAGNOSIS: undifferentiated cells.", []),
        ("DIAGNOSIS: undifferentiated carcinoma.", ["undifferentiated"]),
        ("FROZEN SECTION: high grade glioma.\nDIAGNOSIS: glioma, WHO grade 2.", ["G2", "high grade"]),
    ],
)
def test_grades(text: str, grades: list[str]) -> None:
    assert values(text, "grade") == grades


def test_a_planned_operation_is_no_procedure() -> None:
    text = "HISTORY: mass.\nOPERATION: left nephrectomy.\nPLAN: radical prostatectomy next month."
    assert values(text, "procedure") == ["left nephrectomy"]


def test_around_gives_what_the_whole_text_gives() -> None:
    import re

    pattern, text = re.compile(r"\bleft \w+"), "left lung, left hip and left knee " * 3
    whole = [m.span() for m in pattern.finditer(text)]
    assert [m.span() for m in around(pattern, text, occurrences(text, ("left",)), 5, 12)] == whole
    assert list(around(pattern, text, [], 5, 12)) == []


@pytest.mark.parametrize(
    "text", ["DIAGNOSIS: Colon, pTa", "DIAGNOSIS: pT25 N0", "DIAGNOSIS: rTI", "DIAGNOSIS: Gleason 7, pTIa"]
)
def test_what_only_looks_like_a_category_is_none(text: str) -> None:
    assert values(text, "t") == []
