"""All reads of letters and material, scoped to a viewer."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from ..audit.actors import Actor
from ..cases.models import Case
from ..cases.queries import seat_of
from ..errors import NotFound
from . import permissions, transitions
from .models import Material, RequestLetter


def letters(viewer: Actor, case: Case) -> Sequence[RequestLetter]:
    seat_of(viewer, case)
    return list(case.letters.all()) if permissions.may_read_letters(viewer, case) else []


def letter_for(viewer: Actor, case: Case, key: uuid.UUID) -> RequestLetter:
    for letter in letters(viewer, case):
        if letter.key == key:
            return letter
    raise NotFound


def due(letter: RequestLetter) -> date | None:
    """The last day to answer; None for material (no law sets one) and while the clock has not started."""
    if letter.kind != transitions.LetterKind.RECORDS:
        return None
    return transitions.due(letter.received_on, letter.extended_on is not None)


def materials(viewer: Actor, case: Case) -> Sequence[Material]:
    """The pieces and their custody, for those who may see where the first institution is."""
    seat_of(viewer, case)
    if not permissions.may_read_letters(viewer, case):
        return []
    return list(Material.objects.filter(case=case).prefetch_related("custody").order_by("accession", "key"))


def material_for(viewer: Actor, case: Case, key: uuid.UUID) -> Material:
    for material in materials(viewer, case):
        if material.key == key:
            return material
    raise NotFound
