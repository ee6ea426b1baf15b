"""The demo's cases, each at another step of the story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..story import Scene
from . import breast, colon, lung, sarcoma, thyroid


@dataclass(frozen=True, slots=True)
class DemoCase:
    """One case: its title, by which it is known to be there, what it shows, and the function that tells it."""

    title: str
    shows: str
    tell: Callable[[Scene], None]


CASES: tuple[DemoCase, ...] = (
    DemoCase(colon.TITLE, "colon cancer at the step “understand”", colon.tell),
    DemoCase(thyroid.TITLE, "thyroid lesion at the step “route”", thyroid.tell),
    DemoCase(sarcoma.TITLE, "sarcoma with a discordant opinion, closed", sarcoma.tell),
    DemoCase(breast.TITLE, "breast cancer with a concordant opinion, report signed", breast.tell),
    DemoCase(lung.TITLE, "lung nodule on two CTs, in blinded review", lung.tell),
)
