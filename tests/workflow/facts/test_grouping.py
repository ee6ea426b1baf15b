"""Whom facts are about for blinded eyes: what the visible sources prove, as a table."""

from __future__ import annotations

import pytest

from overread.clinical.record import Subject
from overread.workflow.facts.grouping import Source, patient_and_others

NAME = "Rivera, Ana"
BY_NUMBER = Subject("a", NAME, identifiers=frozenset({"778812"}))
BY_BIRTH = Subject("b", NAME, birth_date="1961-04-05")
WHOLE = Subject("c", NAME, birth_date="1961-04-05", identifiers=frozenset({"778812"}))
OTHER = Subject("d", "Lund, Bo", birth_date="1950-01-01")


def source(key: str, says: Subject | None, subject: int, confirmed: bool = False) -> Source:
    return Source(key, says, subject, confirmed)


# The sources in the order in which they were read, the patient's, and everybody else's.
ROWS = [
    # linked by a hidden source under one subject: the visible ones do not prove it, and the first one leads
    ([source("a", BY_NUMBER, 1, True), source("b", BY_BIRTH, 1, True)], "a", ["b"]),
    # apart under two subjects because of a hidden one: the visible ones prove that they are one person
    ([source("a", BY_NUMBER, 1, True), source("b", WHOLE, 2)], "ab", []),
    # a third visible one does link them
    ([source("c", WHOLE, 1, True), source("a", BY_NUMBER, 1, True), source("b", BY_BIRTH, 1, True)], "abc", []),
    # nobody was named
    ([source("a", BY_NUMBER, 1), source("d", OTHER, 2)], "", ["a", "d"]),
    # a person compared, and says that both are the patient
    ([source("a", BY_NUMBER, 1, True), source("d", OTHER, 2, True)], "ad", []),
    # a source that says nothing is linked with nothing
    ([source("a", None, 1, True), source("b", None, 2)], "a", ["b"]),
    ([], "", []),
]


@pytest.mark.parametrize("row", range(len(ROWS)))
def test_who_is_who(row: int) -> None:
    sources, patient, others = ROWS[row]
    found, apart = patient_and_others(sources)
    assert "".join(sorted(map(str, found))) == patient
    assert ["".join(sorted(map(str, group))) for group in apart] == others
