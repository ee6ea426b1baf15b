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
    (
        "lvi",
        ("lvi", "lvsi"),
        re.compile(r"lvs?i\b(?<![a-z]lvi)(?<![a-z]lvsi)(?= ?(?:[:\-]|is\b|present|absent|not ))"),
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
        said, end = _said(layout, match.start(), match.end())
        if said is not None:
            yield Found(field, _CHOICE[said], match.start(), end, f"{field}_answer", layout.specimen(match.start()))


def _said(layout: Layout, start: int, end: int) -> tuple[Stance | None, int]:
    """The answer after the words where it is a form's; else what the sentence denies or doubts before them."""
    before = stance(layout, start, end)
    after = answer(layout, end, 45)
    asked = after is not None and (":" in layout.low[end : end + 30] or _fills_a_line(layout.low, start, end))
    if before is not Stance.AFFIRMED and not asked:
        return before, end
    return after if after else (None, end)


def _fills_a_line(low: str, start: int, end: int) -> bool:
    """A form without colons: the question is a line, and the answer is the next."""
    first, last = low.rfind("\n", 0, start) + 1, low.find("\n", end)
    return not low[first:start].strip(" \t-*") and last > 0 and not low[end:last].strip(" \t\r:")
