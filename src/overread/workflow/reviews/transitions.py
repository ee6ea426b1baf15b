"""The life of a review, and of an adjudication."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from ..errors import WrongState


class ReviewState(StrEnum):
    BLIND = "blind"  # reading without the first interpretation; the draft may change
    REVEALED = "revealed"  # the blind opinion is sealed and the first one is shown
    FINAL = "final"  # kept or changed, with the reason


TABLE = {ReviewState.BLIND: ReviewState.REVEALED, ReviewState.REVEALED: ReviewState.FINAL}


def must_be(state: ReviewState, expected: ReviewState) -> None:
    if state is not expected:
        raise WrongState(f"This review is {state}; that step needs it {expected}.", "Look at the review's page.")


class Decision(StrEnum):
    """What a physician says when asked to look again."""

    KEEPS = "keeps"
    CHANGES = "changes"
    NO_ANSWER = "no answer"


def must_be_unanswered(answered_at: datetime | None) -> None:
    if answered_at is not None:
        raise WrongState("This was already answered.", "Look at the page of the comparison.")


class AdjudicationState(StrEnum):
    OPEN = "open"
    DECIDED = "decided"


def must_be_open(state: AdjudicationState) -> None:
    if state is not AdjudicationState.OPEN:
        raise WrongState("The board has already decided.", "Read its minutes.")
