"""What expertise is asked for while the record itself names no cancer."""

from __future__ import annotations

from overread.clinical import experts
from overread.clinical.indication import TUMOURS
from overread.clinical.record import Record

from ..cases.models import Case


def asked_topic(case: Case, record: Record) -> experts.Topic | None:
    """The tumour that was named when the case was opened, where the record itself names none; else None."""
    asked = TUMOURS.get(str(case.assessment.get("tumour")))
    return experts.Topic(site=asked.label.lower()) if asked and experts.topic_of(record) == experts.Topic() else None
