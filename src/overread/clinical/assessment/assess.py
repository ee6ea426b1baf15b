"""A record in, everything Overread can say about it out. The one room that calls the other clinical rooms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .. import experts, indication, staging, workup
from .. import trials as registered
from ..record import Domain, Record, Subject
from .answers import answers_of
from .lesion_growth import Growth, growth_of
from .specialties import SpecialtyNeeded, specialties_needed
from .timeline import Timeline, timeline


@dataclass(frozen=True, slots=True)
class Assessment:
    """What each clinical room said about one record on one day.

    stage: whether the stated stage follows from T, N and M. trials: one match a trial, in the order given.
    experts: ranked for ``topic``; without articles an empty ranking that says so. growth: lesions measured more than once.
    """

    subject: Subject
    as_of: date
    stage: staging.StageCheck
    workup: workup.WorkUp
    answers: indication.Answers
    indication: indication.Indication
    trials: tuple[registered.TrialMatch, ...]
    topic: experts.Topic
    experts: experts.Ranking
    specialties: tuple[SpecialtyNeeded, ...]
    timeline: Timeline
    growth: Growth


def assess(
    record: Record,
    as_of: date,
    *,
    trials: Iterable[registered.Trial] = (),
    articles: Iterable[experts.Article] = (),
    away_from: Sequence[experts.FirstDoctor | str] = (),
    answers: indication.Answers | None = None,
    limits: Mapping[Domain, int] | None = None,
) -> Assessment:
    """Everything that can be said about the record on the day ``as_of``. Never raises for what a record can hold.

    away_from: the first doctors, whom experts should be independent of. answers: what the person said, where they were
    asked; otherwise what the record says of itself. limits: see ``workup.check``.
    """
    topic = experts.topic_of(record)
    work = workup.check(record, as_of, limits=limits)
    matches = tuple(registered.match(record, trial, as_of) for trial in trials)
    said = answers if answers is not None else answers_of(record, work.contradictory, matches)
    indicated = indication.assess(said)
    return Assessment(
        subject=record.subject,
        as_of=as_of,
        stage=staging.check(record),
        workup=work,
        answers=said,
        indication=indicated,
        trials=matches,
        topic=topic,
        experts=experts.rank(articles, topic, as_of, away_from),
        specialties=specialties_needed(record, indicated),
        timeline=timeline(record),
        growth=growth_of(record),
    )
