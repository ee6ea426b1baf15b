"""The work that a record makes is bounded, however long or many its texts are. Work is counted, never timed."""

from __future__ import annotations

import dataclasses
from itertools import product

import pytest

from overread.clinical.indication import answers_from_record, tumours
from overread.clinical.indication.clashes import clashes
from overread.clinical.record import Fact, Method, Provenance, Record, Subject

FIELDS = (
    "site",
    "histology",
    "cancer",
    "grade",
    "t",
    "n",
    "m",
    "stage_group",
    "finding",
    "ambiguity",
    "treatment_proposed",
)


class Counter:
    """In place of a pattern: finds nothing, and counts the characters it was asked to search."""

    def __init__(self) -> None:
        self.searched = 0

    def search(self, text: str) -> None:
        self.searched += len(text)


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    one = Counter()
    known = {
        key: dataclasses.replace(tumour, site_words=one, histology_words=one)  # type: ignore[arg-type]
        for key, tumour in list(tumours.TUMOURS.items())[:1]
    }
    monkeypatch.setattr(tumours, "TUMOURS", known)
    return one


def record(*pairs: tuple[str, str]) -> Record:
    source = Provenance("report", Method.TEXT)
    return Record(Subject("one"), (), tuple(Fact(field, value, source) for field, value in pairs))


def test_only_the_beginning_of_a_long_text_is_searched(counter: Counter) -> None:
    long = record(*((field, f"{number} " + "x" * 1_000_000) for field, number in product(FIELDS, "12")))
    answers_from_record(long)
    assert 0 < counter.searched < 50 * tumours.LONGEST_TEXT


def test_a_text_that_stands_often_is_read_once(counter: Counter) -> None:
    assert list(clashes(record(*[("site", "a" * 100), ("site", "b" * 100)] * 1_000))) == []
    assert counter.searched == 2 * 2 * 100  # two texts, and two patterns for each


def test_very_many_texts_are_read_up_to_a_length(counter: Counter) -> None:
    tumours.tumour_of(record(*(("cancer", f"{number:0>1000}") for number in range(1_000))))
    assert counter.searched == 2 * 100_000


@pytest.mark.parametrize("piece", ["a ", "total ", "radicalectom", "no. ", "T1 N0 ", "1", "not;", "\x00", "é" * 3])
def test_adversarial_texts_are_answered(piece: str) -> None:
    long = piece * (300_000 // len(piece))
    answers = answers_from_record(record(*((field, tail + long) for field, tail in product(FIELDS, ("x", "y")))))
    assert answers.tumour is None


def test_many_differing_stages_still_contradict() -> None:
    many = record(*(("grade", f"grade {number % 4} of note {number}") for number in range(2_000)))
    ((name, facts),) = clashes(many)
    assert (name, len(facts)) == ("grade", 2_000)
