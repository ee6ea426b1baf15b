"""T, N, M and edition to the stage group, or "cannot" and why, with the rows used; and whether a record agrees."""

from .answer import Reason, Row, StageAnswer
from .check import StageCheck, Staged, check
from .fitting import agrees, would_fit
from .reading import group
from .stage import stage

__all__ = ["Reason", "Row", "StageAnswer", "StageCheck", "Staged", "agrees", "check", "group", "stage", "would_fit"]
