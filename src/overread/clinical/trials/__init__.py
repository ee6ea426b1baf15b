"""Does a trial take this patient? Each criterion: met, not met, or unknown and why, with the facts used."""

from .criteria import split_criteria
from .match import match
from .models import Contact, Criterion, CriterionKind, Location, Trial
from .verdict import CriterionMatch, TrialMatch, Verdict, Why

__all__ = [
    "Contact",
    "Criterion",
    "CriterionKind",
    "CriterionMatch",
    "Location",
    "Trial",
    "TrialMatch",
    "Verdict",
    "Why",
    "match",
    "split_criteria",
]
