"""The work-up check: what this tumour's record should hold, and what it lacks, contradicts or has outlived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ..record import Domain, Record
from . import elements, expected_imaging
from .answer import Missing, NotChecked, Tumour, WorkUp
from .contradictions import contradictions
from .quality import documents
from .staleness import layers, stale
from .tumours import find
from .wording import limitations, questions

NO_IMAGING_RULE = NotChecked(
    "which imaging this tumour needs", "no sourced rule is known to us; only whether there is any imaging is looked at"
)
NO_AGE_RULE = NotChecked(
    "how old a result may be", "no published limit is known to us; an installation may set its own, in days"
)


def check(record: Record, as_of: date, *, limits: Mapping[Domain, int] | None = None) -> WorkUp:
    """Everything that can be said about the completeness of the record on the day ``as_of``.

    limits: the greatest age in days that the installation allows for a layer; no limit is assumed where it names none.
    """
    tumour, no_tumour = find(record)
    missing, not_checked = _gaps(record, tumour, bool(limits))
    old = (*stale(record, as_of, limits or {}), *expected_imaging.overtaken(record, tumour, as_of))
    contradictory, quality = contradictions(record, tumour, as_of), documents(record)
    return WorkUp(
        as_of=as_of,
        tumour=tumour,
        no_tumour=no_tumour,
        missing=missing,
        not_checked=not_checked,
        stale=old,
        contradictory=contradictory,
        layers=layers(record, as_of),
        documents=quality,
        limitations=limitations(record, no_tumour, missing, not_checked, old, contradictory, quality),
        questions=questions(missing, old, contradictory),
    )


def _gaps(record: Record, tumour: Tumour | None, limited: bool) -> tuple[tuple[Missing, ...], tuple[NotChecked, ...]]:
    found: list[Missing | NotChecked] = [*elements.layers(record), *elements.core(record, tumour)]
    if tumour:
        found += [*elements.biomarkers(record, tumour), *elements.registry_items(record, tumour)]
        found += expected_imaging.missing(record, tumour)
    else:
        found.append(NotChecked("report elements and biomarkers of this tumour", "the tumour is not known"))
    found += [] if tumour and expected_imaging.known(tumour) else [NO_IMAGING_RULE]
    found += [] if limited else [NO_AGE_RULE]
    missing = _once(entry for entry in found if isinstance(entry, Missing))
    return missing, tuple(entry for entry in found if isinstance(entry, NotChecked))


_BY_LABEL = ((), ("protocol",))  # no field, or one that is asked two things


def _once(entries: Iterable[Missing]) -> tuple[Missing, ...]:
    """Each gap once: what is owed without condition stands before what is owed under one."""
    kept: dict[tuple[str, ...], Missing] = {}
    for entry in sorted(entries, key=lambda m: m.condition is not None):
        kept.setdefault((entry.label,) if entry.fields in _BY_LABEL else entry.fields, entry)
    return tuple(kept.values())
