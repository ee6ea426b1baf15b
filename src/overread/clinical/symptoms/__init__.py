"""Symptoms, age and sex to conditions, ranked by published predictive values. Combinations only where published.

Rare and hereditary tumours whose signs agree stand in a list apart, without any number.
"""

from .figures import COVERED, LINKS, VALUES, Link, PredictiveValue
from .ranking import Condition, Statement, SymptomRanking, rank
from .rare import SIGN_GROUPS, SIGNS, TUMOURS, Agreement, RareList, RareMatch, RareTumour, rare_tumours
from .vocabulary import SYMPTOMS, People

__all__ = [
    "COVERED",
    "LINKS",
    "SIGNS",
    "SIGN_GROUPS",
    "SYMPTOMS",
    "TUMOURS",
    "VALUES",
    "Agreement",
    "Condition",
    "Link",
    "People",
    "PredictiveValue",
    "RareList",
    "RareMatch",
    "RareTumour",
    "Statement",
    "SymptomRanking",
    "rank",
    "rare_tumours",
]
