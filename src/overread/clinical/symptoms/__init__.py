"""Symptoms, age and sex to conditions, ranked by published predictive values. Combinations only where published."""

from .figures import COVERED, LINKS, VALUES, Link, PredictiveValue
from .ranking import Condition, Statement, SymptomRanking, rank
from .vocabulary import SYMPTOMS, People

__all__ = [
    "COVERED",
    "LINKS",
    "SYMPTOMS",
    "VALUES",
    "Condition",
    "Link",
    "People",
    "PredictiveValue",
    "Statement",
    "SymptomRanking",
    "rank",
]
