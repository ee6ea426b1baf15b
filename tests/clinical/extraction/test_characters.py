"""Odd signs, printed boxes and noise: every span still stands in the original text, and any input takes bounded time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overread.clinical.extraction import read
from overread.clinical.extraction.boxes import chosen_only
from overread.clinical.extraction.characters import plain


@pytest.mark.parametrize(
    ("printed", "as_plain"),
    [
        ("pT２", "pT2"),
        ("pT₂N₀", "pT2N0"),
        ("pT1ᵇ", "pT1b"),
        ("5 cm²", "5 cm²"),  # an area; a figure above the line stays what it is
        ("T1–2 — 3 − 4", "T1-2 - 3 - 4"),
        ("ER:\u00a0positive\u200b", "ER: positive "),
        ("a\r\nb\rc\x0cd", "a \nb\nc\nd"),
        ("| Size | 18 mm |\nx", "| Size : 18 mm |\nx"),
        ("Size\t18 mm", "Size:18 mm"),
        ("pT | N0", "pT : N0"),
        ("1 | 2", "1 | 2"),
    ],
)
def test_each_sign_is_read_as_the_plain_one_in_its_place(printed: str, as_plain: str) -> None:
    assert plain(printed) == as_plain


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        ("[ ] Present [X] Absent", "            [X] Absent"),
        ("LVI: Present [ ] Absent [x].", "LVI:             Absent [x]."),
        ("___ Present _X_ Absent", "            _X_ Absent"),
        ("Name: ___ Smith", "Name: ___ Smith"),  # nothing of the text is marked: a line to fill in
        ("[ ] none", "        "),
        ("[X] all", "[X] all"),
        ("plain text, no box", "plain text, no box"),
        ("[ ] " + "a" * 500, " " * 63 + "a" * 441),
    ],
)
def test_what_nobody_ticked_is_blank(printed: str, seen: str) -> None:
    assert chosen_only(printed) == seen


ODD = st.sampled_from(
    ["pT2", "ｐＮ１", "₂", "ᵇ", "–", "\u00a0", "\r\n", "\r", "\x0c", "\u2028", "[ ]", "[x]", "( )", "☐", "☒", "_x_", "___", " | ", "\t", "😀", "İ", "\x00",
     " Present ", " absent ", "LVI: ", "Margins: ", "carcinoma", "grade 2", "at least ", "Outside diagnosis: ", "FISH amplified", "HER2 2+ equivocal; ", "thirty-three nodes", ". "]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(ODD, max_size=40).map("".join))
def test_spans_index_the_original(text: str) -> None:
    assert len(chosen_only(plain(text))) == len(text)
    for fact in read(text, "doc"):
        span = fact.provenance.span
        assert span is not None and text[span.start : span.end] == fact.provenance.quote


def test_spans_of_odd_texts() -> None:
    text = "😀 İ [ ] pT3\r\n☒ Stage\u00a0ｐＴ２–\r\nLVI:\t☐ Present ☒ Absent"
    quotes = {f.field: f.provenance.quote for f in read(text, "doc")}
    assert quotes["t"] == "ｐＴ２" and quotes["lvi"].startswith("LVI:")


ADVERSARIAL = [
    "[ ] ", "[ ]", "[", "( ", "(  ", "_x_ ", "___ a", "☐", " | ", "a | ", "\r", "\r\n", "a\t", "at least ", "at least stage pathologic ", "minimum stage ", "previous diagnosis ",
    "outside reported ", "pT1: tumor ", "pM1: distant metastasis ", "pT1-", "if the would ", "thirty-", "pd-l1 ic ", "her2 2+ equivocal fish ", "no mutation in a, ", "suspicious for ",
    "clear cell ", "renal cell carcinoma, a ", "no tumor at the ", "previously reported ", "resolved nodule ct findings: ", "x 4 cisplatin ", "Größe und mit ", "Ａ", "gleason 3+4=7 ",
]  # fmt: skip


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_no_pattern_backtracks_without_end(piece: str) -> None:
    began = time.perf_counter()
    facts = read(piece * (50_000 // len(piece)), "doc")
    assert all(f.provenance.quote for f in facts)
    assert time.perf_counter() - began < 20  # a pattern that backtracks over all would take minutes
