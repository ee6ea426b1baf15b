"""Patients: who the bundle says it is about."""

from __future__ import annotations

from collections.abc import Iterator

from overread.clinical.record import Subject

from .context import Context, Facts, person_name
from .elements import Node, day, items, string

_SEXES = frozenset({"female", "male", "other"})


def subject_of(patient: Node, key: str) -> Subject:
    sex = string(patient, "gender")
    return Subject(
        key=key,
        name=person_name(patient),
        birth_date=day(patient, "birthDate"),
        sex=sex if sex in _SEXES else None,
        identifiers=frozenset(_identifiers(patient)),
    )


def _identifiers(patient: Node) -> Iterator[str]:
    """Identifiers with their issuer. One without an issuer identifies nobody."""
    for identifier in items(patient, "identifier"):
        system, value = string(identifier, "system"), string(identifier, "value")
        if system and value and string(identifier, "use") != "old":
            yield f"{system}|{value}"


def read_patient(ctx: Context) -> Facts:
    subject = subject_of(ctx.resource, ctx.label)
    if subject.sex:
        yield from ctx.fact("sex", subject.sex, "gender")
    if subject.birth_date:
        yield from ctx.fact("birth_date", subject.birth_date, "birthDate")
