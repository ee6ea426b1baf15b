"""What newer events may have overtaken. No published limit of age is carried, so none is assumed: a result is stale when
treatment was given after it, or when it is older than a limit that the installation sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ..knowledge import load
from ..record import Domain, Fact, Record, day_range
from .answer import Layer, Stale
from .treatments import treatments

_LABELS: dict[Domain, str] = {Domain(row["domain"]): row["label"] for row in load("workup", "core")["layers"]}


def layers(record: Record, as_of: date) -> tuple[Layer, ...]:
    """The four layers of a record, each with its newest day."""
    return tuple(_layer(domain, record, as_of) for domain in _LABELS)


def _layer(domain: Domain, record: Record, as_of: date) -> Layer:
    facts = [fact for fact in record.facts if fact.spec.domain is domain]
    newest = max((day for fact in facts if (day := last_day(fact)) and day <= as_of), default=None)
    return Layer(domain, _LABELS[domain], len(facts), newest, (as_of - newest).days if newest else None)


def stale(record: Record, as_of: date, limits: Mapping[Domain, int]) -> Iterator[Stale]:
    """Imaging, and the performance status, from before the last treatment; layers older than the installation's limit."""
    treated = _last_treatment(record, as_of)
    for label, domain, facts in _measured(record):
        newest = max((day for fact in facts if (day := last_day(fact))), default=None)
        if treated and newest and newest < treated:
            why = f"the newest is of {newest}, and a treatment was given later ({treated} or after)"
            yield Stale(label, domain, why, (as_of - newest).days, tuple(facts))
    for layer in layers(record, as_of):
        if layer.days is not None and layer.days > limits.get(layer.domain, layer.days):
            facts = [fact for fact in record.facts if fact.spec.domain is layer.domain]
            why = f"older than the {limits[layer.domain]} days this installation allows"
            yield Stale(layer.label, layer.domain, why, layer.days, tuple(facts))


def _measured(record: Record) -> tuple[tuple[str, Domain, list[Fact]], ...]:
    """What a treatment changes. Tissue examined before treatment stays what it was."""
    imaging = [fact for fact in record.facts if fact.spec.domain is Domain.IMAGING]
    return (
        ("imaging", Domain.IMAGING, imaging),
        ("performance status", Domain.CLINICAL, [*record.all("ecog"), *record.all("karnofsky")]),
    )


def _last_treatment(record: Record, as_of: date) -> date | None:
    """The earliest day that the last dated treatment can have been given; later than that is not certain."""
    given = treatments(record, "treatment_given", "medication")
    days = (span[0] for _, fact in given if (span := day_range(fact.on)))
    return max((day for day in days if day <= as_of), default=None)


def last_day(fact: Fact) -> date | None:
    """The last day that the fact can be of: its date, or its value where the value is a study's date."""
    text = fact.value if fact.field == "study_date" and isinstance(fact.value, str) else fact.on
    span = day_range(text)
    return span[1] if span else None
