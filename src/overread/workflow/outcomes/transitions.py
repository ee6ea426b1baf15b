"""The life of the question "what happened next"."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from ..errors import WrongState

ASK_AFTER = timedelta(days=30)


class Outcome(StrEnum):
    CONFIRMED = "confirmed"
    DIAGNOSIS_CHANGED = "diagnosis changed"
    STAGE_CHANGED = "stage changed"
    TREATMENT_CHANGED = "treatment changed"
    TRIAL_SURFACED = "trial surfaced"
    FURTHER_TESTING = "further testing asked"


def must_be_unanswered(answered_at: datetime | None) -> None:
    if answered_at is not None:
        raise WrongState("This question was already answered.", "Write to the navigator if the answer was wrong.")
