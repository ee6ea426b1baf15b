"""The life of an invitation: made, then used once, or expired. Which of them holds follows from its two clocks."""

from __future__ import annotations

from datetime import datetime


def is_open(now: datetime, *, expires_at: datetime, used_at: datetime | None) -> bool:
    """May the invitation still be used?"""
    return used_at is None and now < expires_at
