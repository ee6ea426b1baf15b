"""The record's treatments by kind, as the rules of the work-up ask for them."""

from __future__ import annotations

from ..knowledge.treatments import known_treatments, modality_of
from ..record import Fact, Modality, Record

__all__ = ["modality_of", "treatments"]


def treatments(record: Record, *names: str) -> tuple[tuple[Modality, Fact], ...]:
    """The facts of these fields whose kind of treatment is known, in the order of the fields; chemoradiation is two."""
    return tuple((kind, found.fact) for found in known_treatments(record, *names) for kind in found.modalities)
