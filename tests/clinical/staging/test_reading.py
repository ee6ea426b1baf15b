"""The shapes in which categories, groups, editions and factors are written."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical.staging import reading


@pytest.mark.parametrize(
    ("axis", "text", "code", "prefix"),
    [
        ("t", "T2a", "2A", None), ("t", "pT2a", "2A", "p"), ("t", "ypT0", "0", "yp"), ("t", "cTX", "X", "c"),
        ("t", "p T 1 mi", "1MI", "p"), ("t", "Tis (DCIS)", "IS", None), ("t", "Ta", "A", None), ("t", "T1a2", "1A2", None),
        ("t", "pT3(m)", "3", "p"), ("t", "stage pT3 N1 M0", "3", "p"), ("t", "", "?", None), ("t", None, "?", None),
        ("n", "pN0(i+)(sn)", "0", "p"), ("n", "pT3 pN1mi M0", "1MI", "p"), ("n", "N2c", "2C", None),
        ("t", "pT2aN1bM0", "2A", "p"), ("n", "pT2aN1bM0", "1B", None), ("m", "pT2aN1bM0", "0", None), ("t", "pT1miN0", "1MI", "p"),
        ("t", "TisN0", "IS", None), ("n", "pT2pN1 M0", "1", "p"), ("t", "T1c(m, 2)", "1C", None), ("n", "N0i+", "0", None),
        ("m", "cM0(i+)", "0", "c"), ("m", 1, "1", None), ("m", "M1b", "1B", None), ("m", "unknown", "?", None),
    ],
)  # fmt: skip
def test_category(axis: str, text: Any, code: str, prefix: str | None) -> None:
    assert reading.category(axis, text) == reading.Category(code, prefix)


@pytest.mark.parametrize(
    ("axis", "text"),
    [
        ("t", "T5"), ("t", "T1-2"), ("t", "T2 or T3"), ("t", "N1"), ("t", "a"), ("t", "tumour"), ("t", "T1/2"), ("t", "T1cN0M0"), ("t", "east3"),
        ("n", "NO"), ("n", "Nis"), ("m", "M2"), ("m", "M0/1"), ("t", "T1 " * 200),
    ],
)  # fmt: skip
def test_no_category(axis: str, text: str) -> None:
    assert reading.category(axis, text) is None


@pytest.mark.parametrize(
    ("text", "name", "prefix"),
    [
        ("Stage IIB", "IIB", None), ("AJCC stage IIB", "IIB", None), ("IIIC", "IIIC", None), ("pIIIC", "IIIC", "p"),
        ("American Joint Committee on Cancer stage IIB (qualifier value)", "IIB", None), ("c3A", "IIIA", "c"),
        ("AJCC 8th edition Stage 3A", "IIIA", None), ("pStage IV", "IV", "p"), ("FIGO stage IA1", "IA1", None),
        ("stage group: II B", "IIB", None), ("Stage 0is", "0is", None), ("occult carcinoma", "Occult", None),
        ("stage IS", "IS", None), ("Stage 3A (qualifier value)", "IIIA", None), ("0", "0", None),
    ],
)  # fmt: skip
def test_group(text: str, name: str, prefix: str | None) -> None:
    assert reading.group(text) == reading.Group(name, prefix)


@pytest.mark.parametrize(
    "text", ["", "unknown", "Stage", "stage V", "stage I or stage II", "I think so", "limited stage"]
)
def test_no_group(text: str) -> None:
    assert reading.group(text) is None


@pytest.mark.parametrize(
    ("stated", "computed", "expected"),
    [
        ("III", "IIIA", True), ("IIIA", "IIIA", True), ("I", "II", False), ("I", "IV", False), ("II", "III", False),
        ("IIIB", "IIIA", False), ("IIIB", "III", None), ("I", "IS", True), ("IA", "IA1", True), ("0", "0is", True),
    ],
)  # fmt: skip
def test_fits(stated: str, computed: str, expected: bool | None) -> None:
    assert reading.fits(stated, computed) is expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (8, "8"), (7.0, "7"), ("7th", "7"), ("AJCC Version 8", "8"), ("TNM8", "8"), ("eighth edition", "8"),
        ("American Joint Commission on Cancer, Cancer Staging Manual, 8th edition neoplasm staging system", "8"),
        ("UICC 7", "7"), ("2009", None), ("", None), ("6th/7th", None), (None, None),
    ],
)  # fmt: skip
def test_edition(text: Any, number: str | None) -> None:
    assert reading.edition(text) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [("3+4", 7), ("3 + 4 = 7", 7), ("Gleason score 9", 9), (6, 6), ("3+4=8", None), ("3 or 4", None), (None, None)],
)
def test_gleason(text: Any, value: float | None) -> None:
    assert reading.gleason(text) == value


@pytest.mark.parametrize(
    ("text", "pair", "total"),
    [
        ("3+4=7", (3, 4), 7), ("7 (4+3)", (4, 3), 7), ("Gleason 9 (4+5)", (4, 5), 9), ("8 (3+4)", None, None),
        ("3+4 and 4+3", None, None), ("7", None, 7), ("", None, None),
    ],
)  # fmt: skip
def test_gleason_patterns(text: str, pair: tuple[int, int] | None, total: float | None) -> None:
    assert (reading.patterns(text), reading.gleason(text)) == (pair, total)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        (2, 2), (2.0, 2), ("G2", 2), ("grade II", 2), ("2/3", 2), ("2 of 3", 2), ("GG1", 1), ("Grade Group 2 (3+4=7)", 2),
        ("Nottingham grade 3", 3), ("isup 4", 4), ("G2-3", None), ("high grade", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_grade(text: Any, step: float | None) -> None:
    assert reading.grade(text) == step


@pytest.mark.parametrize(
    ("text", "number", "bound"),
    [
        ("8.2 ng/mL", 8.2, None), ("< 0.1", None, ("<", 0.1)), (">10", None, (">", 10)), ("≥20 ng/mL", None, (">=", 20)),
        ("less than 4", None, ("<", 4)), ("8,2", None, None), ("1,200", None, None), ("-3", None, None), ("4 to 6", None, None),
    ],
)  # fmt: skip
def test_a_bound_is_no_number(text: str, number: float | None, bound: tuple[str, float] | None) -> None:
    assert (reading.number(text), reading.bound(text)) == (number, bound)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Positive (95 %)", "positive"), ("ER+", "positive"), ("HER2 -", "negative"), ("Neg.", "negative"), (True, "positive"),
        ("not positive", "not positive"), ("negative or positive", "negative or positive"), ("Equivocal", "equivocal"),
        ("90%", "90%"),
    ],
)  # fmt: skip
def test_word(text: Any, said: str) -> None:
    assert reading.word(text) == said


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    for axis in "tnm":
        reading.category(axis, text)
    assert reading.plain(text) == "?" or len(text) <= reading.LONGEST
    for read in (
        reading.group,
        reading.edition,
        reading.grade,
        reading.number,
        reading.bound,
        reading.gleason,
        reading.word,
    ):
        read(text)


@pytest.mark.parametrize("piece", ["T", "t1 ", "stage ", "p", "( ", "1-", "I", " :", "cp ", "3+"])
def test_adversarial_text_takes_no_longer_than_its_length_allows(piece: str) -> None:
    """The processor time of a long text stays near that of a short one: nothing beyond 200 characters is read."""

    def spent(text: str) -> float:
        start = time.process_time()
        for axis in "tnm":
            reading.category.__wrapped__(axis, text)
        reading.group.__wrapped__(text)
        reading.gleason(text)
        return time.process_time() - start

    assert spent(piece * 100_000) < 1
    assert spent((piece * 200)[: reading.LONGEST]) < 1
