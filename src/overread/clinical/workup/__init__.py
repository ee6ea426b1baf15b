"""What this tumour's record should hold: missing, stale, contradictory, with who can supply it and what to ask."""

from .answer import (
    Contradiction,
    DocumentQuality,
    Layer,
    Missing,
    NotChecked,
    Quality,
    Question,
    Stale,
    Tumour,
    WorkUp,
)
from .check import check
from .treatments import modality_of, treatments
from .tumours import NO_DIAGNOSIS

__all__ = [
    "NO_DIAGNOSIS",
    "Contradiction",
    "DocumentQuality",
    "Layer",
    "Missing",
    "NotChecked",
    "Quality",
    "Question",
    "Stale",
    "Tumour",
    "WorkUp",
    "check",
    "modality_of",
    "treatments",
]
