"""How far each document of a case can be relied on is said of the documents that the viewer may read."""

from __future__ import annotations

import pytest

from overread.workflow.cases.visibility import Discipline
from overread.workflow.facts import queries
from tests.factories.cases import REPORT, World

pytestmark = pytest.mark.django_db


def test_each_document_is_judged_and_one_that_says_nothing_is_named() -> None:
    world = World().understood(REPORT)
    world.add(b"Nothing that anybody reads.\n", "note.txt")
    answer = queries.assessment(world.navigator, world.case, world.now()).workup
    judged = {q.title: q for q in answer.documents}
    assert list(judged) == ["report.txt", "note.txt"]
    assert judged["report.txt"].facts > 5 and judged["note.txt"].quality == "poor"
    assert "“note.txt” is of poor quality" in answer.limitations


def test_a_blinded_reader_is_told_of_no_document() -> None:
    world = World().reviewing(Discipline.PATHOLOGY)
    assert queries.assessment(world.reviewer, world.case, world.now()).workup.documents == ()
