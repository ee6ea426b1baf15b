"""The one set of facts that every edition of a report is made from."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from overread.clinical.assessment import to_plain

from ..audit.actors import System
from ..cases.models import Case
from ..cases.queries import questions
from ..facts import queries as facts
from ..facts.rows import fact_to_json
from ..referrals.models import OutsideOpinion
from ..referrals.opinions import to_json as opinion_to_json
from ..reviews.models import Adjudication, Reconsideration
from ..reviews.queries import boards, final_opinions, first_opinion, reconsiderations
from ..reviews.transitions import AdjudicationState
from .queries import current

READER = System("reports")


def gather(case: Case, now: datetime) -> dict[str, Any]:
    """What the report says, as plain JSON. Later changes of the record do not change it.

    Keys: case, institution, demo (whether it is a case of the demo), made_at, subjects (each with its facts; the patient first), assessment, treatment_started (true, false or
    None when nobody said), examined_by (who examined the patient), first_opinion, opinions (those that stand), comparisons,
    looked_again (what each physician said when asked), boards, questions.
    """
    zone = ZoneInfo(case.organisation.time_zone)
    lead = facts.lead_record(READER, case).subject.key
    return {
        "case": case.reference,
        "institution": case.organisation.name,
        "demo": case.is_demo,
        "made_at": now.isoformat(),
        "subjects": [_subject(view, lead) for view in facts.subjects(READER, case)],
        "assessment": to_plain(facts.assessment(READER, case, now)),
        "treatment_started": case.assessment.get("treatment_started"),
        "examined_by": [row.author for row in OutsideOpinion.objects.filter(case=case, examined=True)],
        "first_opinion": opinion_to_json(first_opinion(READER, case)),
        "opinions": [opinion_to_json(opinion) for opinion in final_opinions(case)],
        "comparisons": [row.content for row in current(case)],
        "looked_again": [_answer(row, zone) for row in reconsiderations(READER, case) if row.answered_at],
        "boards": [_decision(row, zone) for row in boards(READER, case) if row.state == AdjudicationState.DECIDED],
        "questions": [q.text for q in questions(READER, case)],
    }


def _answer(row: Reconsideration, zone: tzinfo) -> dict[str, Any]:
    return {
        "name": row.name,
        "of": row.whose,
        "decision": row.decision,
        "reason": row.reason,
        "recorded": row.recorded,
        "answered_at": _local(row.answered_at, zone),
    }


def _decision(row: Adjudication, zone: tzinfo) -> dict[str, Any]:
    votes = [{"member": v.member.name, "choice": v.choice, "reason": v.reason} for v in row.votes.all()]
    return {
        "question": row.question,
        "minutes": row.minutes,
        "votes": votes,
        "decided_at": _local(row.decided_at, zone),
        "decided_by": row.decided_by.name if row.decided_by else None,
    }


def _local(at: datetime | None, zone: tzinfo) -> str | None:
    """The moment as the institution's clock showed it, so that its day is the institution's day."""
    return at.astimezone(zone).isoformat() if at else None


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
