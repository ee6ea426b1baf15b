"""Instances put in order: patients' studies, their series, and the slices as they follow each other in the body."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from overread.clinical.record import Fact, Method, Nature, Provenance, Subject

from .instance import Instance

TWICE = "The same image came more than once; it is kept once."


@dataclass(frozen=True, slots=True)
class Series:
    """Instances of one acquisition, ordered by position, then by number."""

    uid: str
    instances: tuple[Instance, ...]

    @property
    def first(self) -> Instance:
        return self.instances[0]

    @property
    def modality(self) -> str:
        return self.first.modality

    @property
    def number(self) -> int | None:
        return self.first.series_number

    @property
    def description(self) -> str | None:
        return self.first.series_description

    @property
    def frame_count(self) -> int:
        return sum(i.frame_count for i in self.instances)


@dataclass(frozen=True, slots=True)
class Study:
    """One examination of one person. Two people under one study identifier are two studies."""

    uid: str
    subject: Subject
    series: tuple[Series, ...]
    warnings: tuple[str, ...] = ()

    @property
    def first(self) -> Instance:
        return self.series[0].first

    @property
    def date(self) -> str | None:
        return self.first.study_date

    @property
    def description(self) -> str | None:
        return self.first.study_description

    @property
    def modalities(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(s.modality for s in self.series))

    @property
    def instances(self) -> tuple[Instance, ...]:
        return tuple(i for s in self.series for i in s.instances)


def index(instances: Iterable[Instance]) -> tuple[Study, ...]:
    """Studies by date, their series by number, the slices of each in order. An image that came twice is kept once."""
    studies = (_study(group) for group in _grouped(instances, lambda i: (i.study_uid, i.subject.key)))
    return tuple(sorted(studies, key=lambda s: (s.date or "", s.uid, s.subject.key)))


def study_facts(study: Study, document: str | None = None) -> tuple[Fact, ...]:
    """What the headers say of the study itself, as source facts: that it is there, its modality, its date.

    document: the id that the provenance names; the study's UID when not given. Descriptions are left out: they are free
    text and may hold an interpretation.
    """
    provenance = Provenance(document or study.uid, Method.CODED, path="StudyInstanceUID")
    about = f"study:{study.uid}"

    def fact(field: str, value: str, path: str) -> Fact:
        return Fact(field, value, Provenance(provenance.document, Method.CODED, path=path), about=about, on=study.date)

    pictures = [s for s in study.series if s.first.nature is Nature.SOURCE]
    if not pictures:
        return ()
    modalities = dict.fromkeys(s.modality for s in pictures)
    dated = [fact("study_date", study.date, "StudyDate")] if study.date else []
    return (
        fact("study", _title(pictures), "StudyInstanceUID"),
        *dated,
        *(fact("modality", m, "Modality") for m in modalities),
    )


def _title(pictures: list[Series]) -> str:
    kinds = "/".join(dict.fromkeys(s.modality for s in pictures))
    part = next((s.first.body_part for s in pictures if s.first.body_part), None)
    return f"{kinds} {part}" if part else kinds


def _study(instances: list[Instance]) -> Study:
    unique = {i.sop_uid: i for i in reversed(instances)}
    series = [_series(group) for group in _grouped(reversed(unique.values()), lambda i: i.series_uid)]
    series.sort(key=lambda s: (s.number is None, s.number or 0, s.uid))
    odd = dict.fromkeys(w for i in unique.values() for w in i.warnings)
    repeated = (TWICE,) if len(unique) < len(instances) else ()
    return Study(instances[0].study_uid, instances[0].subject, tuple(series), (*odd, *repeated))


def _series(instances: list[Instance]) -> Series:
    placed = all(i.position is not None for i in instances)
    return Series(instances[0].series_uid, tuple(sorted(instances, key=lambda i: _place(i, placed))))


def _place(instance: Instance, placed: bool) -> tuple[float, int, str]:
    """By position when every slice of the series has one; else by number alone."""
    return (instance.position or 0.0 if placed else 0.0, instance.number or 0, instance.sop_uid)


def _grouped(instances: Iterable[Instance], key: Callable[[Instance], object]) -> list[list[Instance]]:
    groups: dict[object, list[Instance]] = {}
    for instance in instances:
        groups.setdefault(key(instance), []).append(instance)
    return list(groups.values())
