"""The one set of facts that every edition of a report is made from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from overread.clinical.assessment import to_plain

from ..audit.actors import System
from ..cases.models import Case
from ..cases.queries import questions
from ..facts import queries as facts
from ..facts.rows import fact_to_json
from ..referrals.opinions import to_json as opinion_to_json
from ..reviews.queries import final_opinions, first_opinion
from .models import Comparison

READER = System("reports")


def gather(case: Case, now: datetime) -> dict[str, Any]:
    """What the report says, as plain JSON. Later changes of the record do not change it.

    Keys: case, made_at, subjects (each with its facts; the patient first), assessment, first_opinion, opinions (the
    final ones), comparisons, questions.
    """
    lead = facts.lead_record(READER, case).subject.key
    return {
        "case": case.reference,
        "made_at": now.isoformat(),
        "subjects": [_subject(view, lead) for view in facts.subjects(READER, case)],
        "assessment": to_plain(facts.assessment(READER, case, now)),
        "first_opinion": opinion_to_json(first_opinion(READER, case)),
        "opinions": [opinion_to_json(opinion) for opinion in final_opinions(case)],
        "comparisons": [row.content for row in Comparison.objects.filter(case=case)],
        "questions": [q.text for q in questions(READER, case)],
    }


def _subject(view: facts.SubjectView, lead: str) -> dict[str, Any]:
    subject = view.subject
    return {
        "key": subject.key,
        "name": subject.name,
        "birth_date": subject.birth_date,
        "sex": subject.sex,
        "identifiers": sorted(subject.identifiers),
        "identity": str(subject.identity),
        "is_patient": view.is_patient,
        "leads": subject.key == lead,  # the one that the assessment is about
        "facts": [fact_to_json(seen.fact) | {"source": _source(seen)} for seen in view.facts],
    }


def _source(seen: facts.SeenFact) -> str:
    """The source as a reader names it: the file, and the page where there is one."""
    if seen.row.file is None:
        return "entered"
    page = seen.fact.provenance.page
    return f"{seen.row.file.name}, page {page}" if page else seen.row.file.name
