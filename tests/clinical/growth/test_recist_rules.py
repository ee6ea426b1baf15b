"""Every RECIST rule that the evidence does not hold names what was read for it, and is said in words that hold its figure."""

from __future__ import annotations

from itertools import product

from overread.clinical.growth import NonTarget, Response
from overread.clinical.growth.recist import SOURCES
from overread.clinical.knowledge import load

FILE = load("growth", "recist_lesions")
IN_WORDS = {5: "five", 28: "four weeks"}


def test_every_row_names_what_was_read() -> None:
    known = {source.id for source in SOURCES}
    for row in FILE.rows:
        assert row["sources"]
        assert set(row["sources"]) <= known, row
    assert all(source.url and "seen" in (source.note or "") for source in SOURCES)


def test_every_sentence_holds_its_figure() -> None:
    for row in FILE.rows:
        if not isinstance(row["value"], bool):
            assert str(row["value"]) in row["sentence"] or IN_WORDS[row["value"]] in row["sentence"], row


def test_every_pair_of_findings_has_an_overall_response() -> None:
    for target, other in product(Response, NonTarget):
        fitting = [
            row for row in FILE["overall"] if row["target"] in ("*", target) and row["non_target"] in ("*", other)
        ]
        assert fitting
        assert Response(fitting[0]["overall"])
