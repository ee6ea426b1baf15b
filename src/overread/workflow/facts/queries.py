"""All reads of facts, scoped to a viewer."""

from __future__ import annotations

import uuid
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from overread.clinical import record as r
from overread.clinical.assessment import Assessment, assess

from ..audit.actors import Actor
from ..cases import remembering
from ..cases.models import Case
from ..cases.queries import seat_of
from ..cases.visibility import Item, ItemKind, Seat, may_see
from ..errors import NotFound
from ..intake.models import ReceivedFile
from ..intake.queries import documents, sees
from . import grouping, rows, sources
from .models import FactRow, SubjectRow
from .reading import subject_of

FREE_TEXT = ("report", "scan")
# What shows that a record speaks of a tumour.
TUMOUR_FIELDS = ("cancer", "site", "histology", "stage_group", "t")


@dataclass(frozen=True, slots=True)
class SeenFact:
    """A fact that the viewer may see, with the row behind it and whether its words may be shown."""

    fact: r.Fact
    row: FactRow
    words: bool


@dataclass(frozen=True, slots=True)
class SubjectView:
    """One subject of the case and the facts about them that the viewer may see."""

    row: SubjectRow
    subject: r.Subject
    is_patient: bool
    facts: tuple[SeenFact, ...]

    @property
    def record(self) -> r.Record:
        return r.Record(self.subject, (), tuple(f.fact for f in self.facts))


def items_of(row: FactRow) -> tuple[Item, ...]:
    """The fact itself and, for one read from free text, what that text belongs to: what is derived inherits the strictest.

    A site or a word of doubt read from a radiology report is part of the first interpretation of the images. A text
    that nobody has cleared belongs to the strictest domain of all.
    """
    own = Item(ItemKind.FACT, r.Domain(row.domain), r.Nature(row.nature))
    if row.file is None or row.file.kind not in FREE_TEXT:
        return (own,)
    return own, Item(ItemKind.FACT, r.Domain(row.file.domain), r.Nature(row.file.nature))


def facts(viewer: Actor, case: Case) -> Sequence[SeenFact]:
    """The facts that stand (not superseded) and that the viewer may see, in the order they were read."""
    seat = seat_of(viewer, case)
    return remembering.once(("facts", seat, case.pk), lambda: _facts(seat, case))


def _facts(seat: Seat, case: Case) -> Sequence[SeenFact]:
    live = FactRow.objects.filter(case=case, corrected_by=None).select_related("file", "subject", "stated")
    return [_seen(seat, row) for row in live if all(may_see(seat, item) for item in items_of(row))]


def _seen(seat: Seat, row: FactRow) -> SeenFact:
    words = row.file is None or sees(seat, row.file) or not _is_blinded(seat)
    provenance = row.provenance if words else rows.without_words(row.provenance)
    provenance = rows.without_author(provenance) if _is_blinded(seat) else provenance
    value = rows.value_from_json(row.value)
    fact = r.Fact(row.field, value, rows.provenance_from_json(provenance), row.about or None, row.on or None)
    return SeenFact(fact, row, words)


def _is_blinded(seat: Seat) -> bool:
    return bool(seat.hidden) and not seat.revealed


def subjects(viewer: Actor, case: Case) -> Sequence[SubjectView]:
    """Every subject with something the viewer may see; the patient first. The others are never merged into them.

    The patient's view holds the facts of the subject named as the patient and of those that a person confirmed.
    """
    seen, seat = facts(viewer, case), seat_of(viewer, case)
    if _is_blinded(seat):
        return _as_visible_sources_prove(case, seen)
    all_rows = list(SubjectRow.objects.filter(case=case))
    patient = next((s for s in all_rows if s.is_patient), None)
    views = [_patient_view(patient, seen)] if patient and _may_know_who(seat) else []
    others = [s for s in all_rows if not s.is_patient and not (patient and s.confirmed_at)]
    own = {row.pk: tuple(f for f in seen if f.row.subject_id == row.pk) for row in others}
    told = sorted((row for row in others if own[row.pk]), key=lambda row: own[row.pk][0].row.order)  # by what is seen
    return [*views, *(SubjectView(row, subject_of(row), False, own[row.pk]) for row in told)]


def _as_visible_sources_prove(case: Case, seen: Sequence[SeenFact]) -> Sequence[SubjectView]:
    """Subjects for blinded eyes, without name or number, as ``grouping`` finds them in what they may see."""
    sources = {source.key: source for source in (_source(s.row) for s in sorted(seen, key=lambda s: s.row.order))}
    patient, others = grouping.patient_and_others(list(sources.values()))
    named = SubjectRow.objects.filter(case=case, is_patient=True).first()
    views = [_anonymous(named, seen, patient, 1)] if named else []
    return [*views, *(_anonymous(None, seen, keys, n) for n, keys in enumerate(others, 2))]


def _source(row: FactRow) -> grouping.Source:
    """The fact's source. One that does not say whom it is about stands with whatever was put under the same subject."""
    says = subject_of(row.stated) if row.stated else None
    key = (row.file_id, row.stated_id) if says else (None, row.subject_id)
    return grouping.Source(key, says, row.subject_id, row.subject.is_patient or row.subject.confirmed_at is not None)


def _anonymous(
    named: SubjectRow | None, seen: Sequence[SeenFact], keys: frozenset[Hashable], number: int
) -> SubjectView:
    mine = tuple(s for s in seen if _source(s.row).key in keys)
    if named is not None:
        return SubjectView(named, r.Subject("patient", identity=r.Identity.CONFIRMED), True, mine)
    return SubjectView(mine[0].row.subject, r.Subject(f"subject {number}"), False, mine)


def _may_know_who(seat: Seat) -> bool:
    """Who may see nothing of the record is not told from it whom it is about."""
    return may_see(seat, Item(ItemKind.FACT))


def _patient_view(row: SubjectRow, seen: Sequence[SeenFact]) -> SubjectView:
    mine = tuple(f for f in seen if f.row.subject_id == row.pk or f.row.subject.confirmed_at)
    return SubjectView(row, replace(subject_of(row), identity=r.Identity.CONFIRMED), True, mine)


def patient_shown(viewer: Actor, case: Case) -> r.Subject | None:
    """Whom the case is about, as far as the viewer may know it; None while nobody is named, or for who may not know."""
    seat = seat_of(viewer, case)
    if not _may_know_who(seat):
        return None
    named = SubjectRow.objects.filter(case=case, is_patient=True).first()
    if named is None:
        return None
    return r.Subject("patient") if _is_blinded(seat) else subject_of(named)


def patient_record(viewer: Actor, case: Case) -> r.Record:
    """The record of the person the case is about, as the viewer may see it. Empty when nobody is named yet."""
    named = next((view for view in subjects(viewer, case) if view.is_patient), None)
    return named.record if named else r.Record(r.Subject("unnamed"))


def lead_record(viewer: Actor, case: Case) -> r.Record:
    """The record to look at first: the patient's, or while nobody is named the first subject with a tumour.

    Nothing is merged, and a subject that nobody named stays "identity not confirmed".
    """
    views = subjects(viewer, case)
    if any(view.is_patient for view in views):
        return patient_record(viewer, case)
    records = [view.record for view in views]
    with_tumour = (x for x in records if any(x.all(name) for name in TUMOUR_FIELDS))
    return next(with_tumour, records[0] if records else r.Record(r.Subject("unnamed")))


def assessment(viewer: Actor, case: Case, now: datetime) -> Assessment:
    """Everything Overread can say about the patient's record, from nothing but what the viewer may see."""
    return assess(_with_documents(viewer, case, lead_record(viewer, case)), now.date())


def _with_documents(viewer: Actor, case: Case, record: r.Record) -> r.Record:
    """The record with the documents that it rests on. Blinded eyes are told of none: a name or a count could tell."""
    if _is_blinded(seat_of(viewer, case)):
        return record
    files = {s.fact.provenance.document: s.row.file for s in facts(viewer, case) if s.row.file and s.words}
    return replace(record, documents=sources.documents(record.facts, files, documents(viewer, case)))


def fact_for(viewer: Actor, case: Case, key: uuid.UUID) -> SeenFact:
    """One fact; NotFound when there is none or the viewer may not see it."""
    for seen in facts(viewer, case):
        if seen.row.key == key:
            return seen
    raise NotFound


def subject_for(viewer: Actor, case: Case, key: uuid.UUID) -> SubjectRow:
    seat_of(viewer, case)
    row = SubjectRow.objects.select_related("case").filter(case=case, key=key).first()
    if row is None:
        raise NotFound
    return row


def facts_of_file(viewer: Actor, case: Case, file: ReceivedFile) -> Sequence[SeenFact]:
    """The facts read from one document, in the order of its words."""
    own = [s for s in facts(viewer, case) if s.row.file_id == file.pk]
    return sorted(own, key=lambda s: s.fact.provenance.span.start if s.fact.provenance.span else -1)
