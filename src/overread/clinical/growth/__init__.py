"""Did it grow: volume doubling time, nodule follow-up rules and RECIST 1.1, as far as sourced."""

from .doubling import REFERENCES, SUSPICIOUS_BELOW_DAYS, DoublingTime, Reference, doubling_time
from .measurement import Measurement
from .nodules import NODULES, FollowUp, Nodule, bts, fleischner
from .recist import NOT_COVERED, Comparison, NonTarget, Response, Visit, compare

__all__ = [
    "NODULES",
    "NOT_COVERED",
    "REFERENCES",
    "SUSPICIOUS_BELOW_DAYS",
    "Comparison",
    "DoublingTime",
    "FollowUp",
    "Measurement",
    "Nodule",
    "NonTarget",
    "Reference",
    "Response",
    "Visit",
    "bts",
    "compare",
    "doubling_time",
    "fleischner",
]
