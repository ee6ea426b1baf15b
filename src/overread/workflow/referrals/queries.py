"""All reads of referrals, scoped to a viewer."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from overread.clinical.assessment import Assessment

from ..accounts.models import Person
from ..audit.actors import Actor
from ..cases.models import Case, Question
from ..cases.queries import questions, seat_of
from ..errors import NotFound
from ..facts.queries import SubjectView, assessment, subjects
from ..intake.models import ReceivedFile
from ..intake.queries import Slide, documents, visible_instances, visible_slides
from . import permissions
from .models import OutsideOpinion, Referral
from .transitions import ReferralState


def referrals(viewer: Actor, case: Case) -> Sequence[Referral]:
    """The case's referrals for those who route; for a specialist, their own."""
    seat = seat_of(viewer, case)
    rows = Referral.objects.filter(case=case).select_related("seat__person", "case")
    routes = permissions.may_refer(viewer, case)
    return [row for row in rows if routes or str(row.seat.key) == seat.key]


def referral_for(viewer: Actor, case: Case, key: uuid.UUID) -> Referral:
    for referral in referrals(viewer, case):
        if referral.key == key:
            return referral
    raise NotFound


def waiting_for(person: Person) -> Sequence[Referral]:
    """Referrals that wait for this specialist's answer."""
    open_ones = Referral.objects.filter(seat__person=person, seat__ended_at=None, state=ReferralState.SENT)
    return list(open_ones.select_related("case", "seat"))


def outside_opinions(viewer: Actor, case: Case) -> Sequence[OutsideOpinion]:
    seat_of(viewer, case)
    if not permissions.may_refer(viewer, case):
        return []
    return list(OutsideOpinion.objects.filter(case=case).select_related("file"))


@dataclass(frozen=True, slots=True)
class Packet:
    """What a specialist is given: only what their seat may see, so a blinded seat gets a blinded packet."""

    subjects: Sequence[SubjectView]
    assessment: Assessment
    documents: Sequence[ReceivedFile]
    studies: Sequence[str]
    slides: Sequence[Slide]
    questions: Sequence[Question]


def packet(viewer: Actor, case: Case, now: datetime) -> Packet:
    """The referral packet as the viewer may see it."""
    studies = tuple(dict.fromkeys(i.study_uid for i in visible_instances(viewer, case)))
    return Packet(
        subjects(viewer, case),
        assessment(viewer, case, now),
        documents(viewer, case),
        studies,
        visible_slides(viewer, case),
        questions(viewer, case),
    )
