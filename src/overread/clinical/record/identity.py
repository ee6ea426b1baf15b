"""Do two sources speak of the same person? Only an agreeing identifier, or name and birth date, say so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from .facts import Identity, Subject


def same_person(a: Subject, b: Subject) -> bool:
    """True when both sources carry the same identifier, or the same name and birth date, and nothing disagrees."""
    if _conflict(a, b):
        return False
    named = bool(a.name and b.name and a.birth_date and b.birth_date)
    return bool(a.identifiers & b.identifiers) or named


def group(subjects: Iterable[Subject]) -> tuple[tuple[Subject, ...], ...]:
    """Sources that provably speak of one person stand together; all others stand alone."""
    groups: list[list[Subject]] = []
    for subject in subjects:
        home = next((g for g in groups if all(same_person(subject, other) for other in g)), None)
        if home is None:
            groups.append([subject])
        else:
            home.append(subject)
    return tuple(tuple(g) for g in groups)


def confirm(subject: Subject) -> Subject:
    """The same subject after a person, or an agreeing identifier, confirmed who it is."""
    return replace(subject, identity=Identity.CONFIRMED)


def _conflict(a: Subject, b: Subject) -> bool:
    pairs = ((_name(a.name), _name(b.name)), (a.birth_date, b.birth_date), (a.sex, b.sex))
    return any(x and y and x != y for x, y in pairs)


def _name(name: str | None) -> str | None:
    """Names compare without case, order and punctuation: ``DOE^JANE`` and ``Jane Doe`` are one."""
    return " ".join(sorted(re.findall(r"\w+", name.casefold()))) if name else None
