"""A record in, everything Overread can say about it out: the one clinical room that calls the others."""

from .assess import Assessment, assess
from .first_opinion import first_opinion
from .lesion_growth import Growth, LesionGrowth, growth_of
from .plain_data import to_json, to_plain
from .specialties import SpecialtyNeeded, specialties_needed
from .timeline import Event, Timeline, timeline

__all__ = [
    "Assessment",
    "Event",
    "Growth",
    "LesionGrowth",
    "SpecialtyNeeded",
    "Timeline",
    "assess",
    "first_opinion",
    "growth_of",
    "specialties_needed",
    "timeline",
    "to_json",
    "to_plain",
]
