"""The life of a referral."""

from __future__ import annotations

from enum import StrEnum

from ..errors import WrongState


class ReferralState(StrEnum):
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"


S = ReferralState
TABLE = {S.SENT: frozenset({S.ACCEPTED, S.DECLINED})}


def check(before: ReferralState, after: ReferralState) -> None:
    if after not in TABLE.get(before, frozenset()):
        raise WrongState(f"A referral that was {before} cannot be {after}.", "Look at the case's referrals.")
