"""Do two sources speak of the same person? Only an agreeing identifier, or name and birth date, say so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from .facts import Identity, Subject

ISSUED = "|"  # an identifier with its issuer, ``issuer|number``; a bare number may be another hospital's too


def same_person(a: Subject, b: Subject) -> bool:
    """True when both sources carry one issuer's same number, or the same name with a number or the birth date.

    Nothing may disagree. A bare number proves nothing by itself: two hospitals number their patients alike.
    """
    if _conflict(a, b):
        return False
    shared = a.identifiers & b.identifiers
    born = bool(a.birth_date and a.birth_date == b.birth_date and len(a.birth_date) == len("1980-01-01"))
    return any(ISSUED in number for number in shared) or bool(a.name and b.name and (shared or born))


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
    pairs = ((_name(a.name), _name(b.name)), (a.sex, b.sex))
    return any(x and y and x != y for x, y in pairs) or not _dates_fit(a.birth_date or "", b.birth_date or "")


def _dates_fit(x: str, y: str) -> bool:
    """A year fits every day of it."""
    return x.startswith(y) or y.startswith(x)


def _name(name: str | None) -> str | None:
    """Names compare without case, order and punctuation: ``DOE^JANE`` and ``Jane Doe`` are one."""
    return " ".join(sorted(re.findall(r"\w+", name.casefold()))) if name else None
