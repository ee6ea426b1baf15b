"""The one set of facts that every edition of a report is made from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from overread.clinical.assessment import to_json

from ..audit.actors import System
from ..cases.models import Case
from ..cases.queries import questions
from ..facts import queries as facts
from ..referrals.opinions import to_json as opinion_to_json
from ..reviews.queries import final_opinions, first_opinion
from .models import Comparison

READER = System("reports")


def gather(case: Case, now: datetime) -> dict[str, Any]:
    """What the report says, as plain JSON. Later changes of the record do not change it."""
    views = facts.subjects(READER, case)
    return {
        "case": case.reference,
        "made_at": now.isoformat(),
        "subjects": [_subject(view) for view in views],
        "assessment": to_json(facts.assessment(READER, case, now)),
        "first_opinion": opinion_to_json(first_opinion(READER, case)),
        "opinions": [opinion_to_json(opinion) for opinion in final_opinions(case)],
        "comparisons": [row.content for row in Comparison.objects.filter(case=case)],
        "questions": [q.text for q in questions(READER, case)],
    }


def _subject(view: facts.SubjectView) -> dict[str, Any]:
    subject = view.subject
    return {
        "label": subject.label,
        "birth_date": subject.birth_date,
        "sex": subject.sex,
        "identity": str(subject.identity),
        "is_patient": view.is_patient,
        "facts": [_fact(seen) for seen in view.facts],
    }


def _fact(seen: facts.SeenFact) -> dict[str, Any]:
    fact, source = seen.fact, seen.row.file
    return {
        "field": fact.field,
        "label": fact.spec.label,
        "value": fact.text,
        "about": fact.about,
        "on": fact.on,
        "source": source.name if source else "entered",
        "page": fact.provenance.page,
        "words": fact.provenance.quote,
        "path": fact.provenance.path,
        "method": str(fact.provenance.method),
    }
