"""How private a model's field is. Every field of every model names one; a test refuses a field without."""

from __future__ import annotations

from enum import StrEnum


class Privacy(StrEnum):
    """From what may be shown to anyone to what never leaves the installation."""

    PUBLIC = "public"  # published elsewhere: an expert's papers, a trial
    OPERATIONAL = "operational"  # keys, states and clocks that say nothing about health
    IDENTITY = "identity"  # who somebody is
    HEALTH = "health"  # what a person's record says, or what somebody made of it
    SECRET = "secret"  # credentials and tokens  # noqa: S105
