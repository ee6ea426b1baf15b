"""Invasion of vessels and nerves, and ulceration: present, absent or indeterminate, as the report answers."""

from __future__ import annotations

import re

from .found import Finds, Found
from .negation import Stance, answer, declined, stance
from .sections import Layout, Section

_VESSEL = (
    r"(?:lympho? ?-?vascular|angio ?-?lymphatic|lymphatic ?(?:and|or|[/-]) ?(?:blood )?vascular|vascular ?(?:and|or|[/-]) ?lymphatic|"
    r"venous ?(?:and|or|[/-]) ?lymphatic|lymph-? ?vascular|vascular|venous(?:/lymphatic)?|lymphatic)(?: ?\([^)\n]{0,40}\))?"
)
# field, an anchor that must occur at all, and how the question is asked.
_QUESTIONS: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    (
        "lvi",
        ("vascular", "lymphatic", "venous"),
        re.compile(_VESSEL + r"[ -]?(?:space )?\(?(?:invasion|involvement|permeation)"),
    ),
    ("pni", ("neural",), re.compile(r"(?:peri|intra)-? ?neural (?:space )?(?:invasion|involvement|infiltration)")),
    ("ulceration", ("ulcerat",), re.compile(r"\bulceration(?= ?:| is| (?:not )?(?:present|absent|identified))")),
)
_CHOICE = {Stance.AFFIRMED: "present", Stance.DENIED: "absent", Stance.DOUBTED: "indeterminate"}


def read(layout: Layout) -> Finds:
    for field, anchors, question in _QUESTIONS:
        if any(anchor in layout.low for anchor in anchors):
            yield from _answers(layout, field, question)


def _answers(layout: Layout, field: str, question: re.Pattern[str]) -> Finds:
    for match in question.finditer(layout.low):
        if layout.section(match.start()) is Section.HISTORY or declined(layout, match.end()):
            continue
        before = stance(layout, match.start(), match.end())
        after = answer(layout, match.end(), 45)
        if before is not Stance.AFFIRMED and not (after and ":" in layout.low[match.end() : match.end() + 30]):
            said, end = before, match.end()
        elif after:
            said, end = after
        else:
            continue
        start = match.start() if before is Stance.AFFIRMED or after else max(0, match.start())
        yield Found(field, _CHOICE[said], start, end, f"{field}_answer", layout.specimen(start))
