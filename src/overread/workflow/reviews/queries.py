"""All reads of reviews and opinions, scoped to a viewer."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

from overread.clinical.assessment import first_opinion as interpretation
from overread.clinical.record import Domain, Nature, Opinion, Record

from ..audit.actors import Actor, System
from ..cases.models import Case
from ..cases.queries import seat_of
from ..cases.visibility import Item, ItemKind, Seat, may_see
from ..errors import NotFound
from ..facts.queries import patient_record
from ..referrals import opinions
from ..referrals.models import OutsideOpinion
from . import permissions
from .models import Adjudication, OpinionVersion, Reconsideration, Review
from .transitions import ReviewState


def reviews(viewer: Actor, case: Case) -> Sequence[Review]:
    """The reviews that the viewer may know of: their own, and others' once final."""
    seat = seat_of(viewer, case)
    rows = Review.objects.filter(case=case).select_related("seat__person", "case")
    return [r for r in rows if may_see(seat, _item(r))]


def review_for(viewer: Actor, case: Case, key: uuid.UUID) -> Review:
    for review in reviews(viewer, case):
        if review.key == key:
            return review
    raise NotFound


def own_review(viewer: Actor, case: Case) -> Review:
    """The viewer's own review of the case; NotFound when they have none."""
    seat = seat_of(viewer, case)
    for review in reviews(viewer, case):
        if str(review.seat.key) == seat.key:
            return review
    raise NotFound


def versions(viewer: Actor, case: Case) -> Sequence[OpinionVersion]:
    """The sealed opinions that the viewer may read, oldest first."""
    seen = [r.pk for r in reviews(viewer, case)]
    rows = OpinionVersion.objects.filter(review__in=seen).select_related("review__seat", "signed_by")
    return list(rows)


def first_opinion(viewer: Actor, case: Case) -> Opinion:
    """The first interpretation as an opinion. NotFound for blinded eyes."""
    seat = seat_of(viewer, case)
    if not _unblinded(seat):
        raise NotFound
    return interpretation(patient_record(System("reviews"), case))


def _unblinded(seat: Seat) -> bool:
    """Nothing of the record is hidden from this seat any more."""
    return all(may_see(seat, Item(ItemKind.DOCUMENT, domain, Nature.INTERPRETATION)) for domain in Domain)


def final_opinions(case: Case) -> Sequence[Opinion]:
    """Every final opinion of the case for the report: as it stands after it was looked at again, then those from outside."""
    rows = Review.objects.filter(case=case, state=ReviewState.FINAL).order_by("started_at", "pk")
    own = [opinions.from_json(standing(row).content) for row in rows]
    return [*own, *(outside_opinion(row) for row in OutsideOpinion.objects.filter(case=case))]


def standing(review: Review) -> OpinionVersion:
    """The version of a final review that stands: the reconsidered one where there is one."""
    by_stage = {version.stage: version for version in review.versions.all()}
    return by_stage.get("reconsidered") or by_stage["final"]


def outside_opinion(row: OutsideOpinion) -> Opinion:
    """An opinion obtained outside, under the name of who wrote the document."""
    return replace(opinions.from_json(row.content), author=row.author)


def reconsiderations(viewer: Actor, case: Case) -> Sequence[Reconsideration]:
    """Who was asked to look again and what they said, for those from whom nothing is hidden and who have a part in it."""
    if not _unblinded(seat_of(viewer, case)) or not permissions.may_see_reconsiderations(viewer, case):
        return []
    rows = Reconsideration.objects.filter(case=case)
    return list(rows.select_related("case", "review__seat__person", "outside", "answered_by"))


def reconsideration_for(viewer: Actor, case: Case, key: uuid.UUID) -> Reconsideration:
    for row in reconsiderations(viewer, case):
        if row.key == key:
            return row
    raise NotFound


def own_reconsideration(viewer: Actor, case: Case) -> Reconsideration | None:
    """What the viewer, as a reviewer, is asked to look at again and has not answered."""
    seat = seat_of(viewer, case)
    rows = [r for r in reconsiderations(viewer, case) if r.review and str(r.review.seat.key) == seat.key]
    return next((row for row in rows if row.answered_at is None), None)


def blind_and_final(case: Case) -> Sequence[tuple[Opinion, Opinion]]:
    """For each final review its blind and its final opinion."""
    pairs = []
    for review in Review.objects.filter(case=case, state=ReviewState.FINAL).order_by("started_at", "pk"):
        by_stage = {v.stage: opinions.from_json(v.content) for v in review.versions.all()}
        pairs.append((by_stage["blind"], by_stage["final"]))
    return pairs


def boards(viewer: Actor, case: Case) -> Sequence[Adjudication]:
    """The boards of the case, for those from whom nothing is hidden."""
    if not _unblinded(seat_of(viewer, case)):
        return []
    return list(Adjudication.objects.filter(case=case).prefetch_related("votes__member").select_related("case"))


def board_for(viewer: Actor, case: Case, key: uuid.UUID) -> Adjudication:
    for board in boards(viewer, case):
        if board.key == key:
            return board
    raise NotFound


def record_for(viewer: Actor, case: Case) -> Record:
    """The record as the viewer may read it now."""
    return patient_record(viewer, case)


def _item(review: Review) -> Item:
    return Item(ItemKind.OPINION, by_seat=str(review.seat.key), final=review.state == ReviewState.FINAL)
