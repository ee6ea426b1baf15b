"""A record in, everything Overread can say about it out: the one clinical room that calls the others."""

from .assess import Assessment, assess
from .first_opinion import first_opinion
from .plain_data import to_json, to_plain
from .specialties import SpecialtyNeeded, specialties_needed
from .timeline import Event, Timeline, timeline

__all__ = [
    "Assessment",
    "Event",
    "SpecialtyNeeded",
    "Timeline",
    "assess",
    "first_opinion",
    "specialties_needed",
    "timeline",
    "to_json",
    "to_plain",
]
