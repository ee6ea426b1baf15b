"""Whom to ask about a spot that nobody has named yet: the cancer that was asked about stands in for the record's."""

from __future__ import annotations

import pytest

from overread.clinical.experts import Topic
from overread.clinical.record import Fact, Method, Provenance, Record, Subject
from overread.workflow.cases.models import Case
from overread.workflow.directory.topic import asked_topic

SILENT = Record(Subject("s"))
SAYS_COLON = Record(Subject("s"), facts=(Fact("site", "colon", Provenance("d", Method.TEXT)),))


@pytest.mark.parametrize(
    ("asked", "record", "topic"),
    [
        ({"tumour": "lung"}, SILENT, Topic(site="lung cancer")),
        ({"tumour": "lung"}, SAYS_COLON, None),
        ({"tumour": "no such tumour"}, SILENT, None),
        ({"tumour": ["lung"]}, SILENT, None),
        ({}, SILENT, None),
    ],
)
def test_only_a_silent_record_is_stood_in_for(asked: dict[str, object], record: Record, topic: Topic | None) -> None:
    assert asked_topic(Case(assessment=asked), record) == topic
