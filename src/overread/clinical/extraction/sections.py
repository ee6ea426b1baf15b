"""Where in a report a sentence stands: history, diagnosis, gross description, addendum; and of which specimen."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from .boxes import chosen_only
from .characters import plain

Answer = TypeVar("Answer")


class Section(StrEnum):
    HISTORY = "history"
    DIAGNOSIS = "diagnosis"
    SYNOPTIC = "synoptic"
    GROSS = "gross"
    MICROSCOPIC = "microscopic"
    INTRAOPERATIVE = "intraoperative"
    COMMENT = "comment"
    ADDENDUM = "addendum"
    IMAGING = "imaging"
    OTHER = "other"


# Headings as reports print them, lower case. The first words of a line decide; OCR may glue a colon or drop it.
HEADINGS: dict[Section, str] = {
    Section.HISTORY: (
        r"clinical (?:diagnosis|history|information|data|impression|indication|notes|details|summary)|patient history|"
        r"pertinent history|relevant history|history of present illness|past (?:medical |oncologic )?history|family history|history\b|"
        r"pre-? ?op(?:erative)? (?:clinical )?(?:diagnosis|dx)|indications?\b|(?:referral|referring|outside|submitt(?:ed|ing)|original|initial|previous|prior) diagnos[ei]s|"
        r"reason for (?:exam|study|referral)"
    ),
    Section.SYNOPTIC: (
        r"synoptic|case synopsis|tumou?r summary|cancer summary|protocol summary|case summary|checklist|"
        r"(?:ajcc |uicc )?patholog\w{0,4} (?:tnm )?stag|staging\b|p?tnm\b|primary tumou?r \(|histologic type|tumou?r (?:type|histology)\b"
    ),
    Section.GROSS: r"gross|macroscop(?!\w* (?:tumou?r|intact|exten|evaluat))|specimens?\(?s?\)? (?:submitted|received)|block summary|summary of sections|cassette",
    Section.MICROSCOPIC: r"microscop|histologic description",
    Section.INTRAOPERATIVE: r"intra-?operative|frozen section|preliminary frozen",
    Section.COMMENT: r"comments?\b|note\b|disclaimer",
    Section.ADDENDUM: r"addend|amend|supplement|corrected|revised",
    Section.IMAGING: r"findings\b|impression\b|technique\b|comparison\b",
    Section.DIAGNOSIS: (
        r"(?:final |our |review |consensus |integrated |consult\w{0,6} |(?:histo-?)?pathologic(?:al)? |histologic(?:al)? |post-? ?op(?:erative)? )?diagnos[ei]s|interpretation|conclusion"
    ),
    # Labels that stand in the middle of a form: no section of their own, but the history is over where they begin.
    Section.OTHER: r"specimen|procedure|operation|summary\b|results?\b|invasive ca\b",
}
_HEADING = re.compile(
    r"^[ \t*#>|.\-]{0,8}(?:final |the )?(?:" + "|".join(f"(?P<{s.value}>{p})" for s, p in HEADINGS.items()) + ")",
    re.MULTILINE,
)
_LABEL_ENDS = re.compile(r"[^\n:.]{0,30}(?::|\n|$)")
SPECIMEN = re.compile(
    r"^[ \t*]{0,8}(?:(?:part|specimen) ?#?|#)?\(?(?P<label>[A-Z]|\d{1,2}) ?[).:](?!\d)[ \t]*(?P<line>[^\n]{3,160})",
    re.MULTILINE,
)
PART = re.compile(
    r"ectomy|biops|excision|resection|dissection|curett|washing|margin[ ,:](?! ?(?:negative|positive|free|clear|(?:un)?involved|not |no ))|aspirat|"
    r"lymph nodes?[^a-z]{0,3}:|^[a-z ,]{3,60}: ?$"
)
# An item of a numbered form asks about the tumour, and is no specimen.
ITEM = re.compile(
    r"^(?:[a-z ]{0,30}\b)?(?:histolog|grade|gleason|grading|stag(?:e|ing)|p?tnm|type|size|depth|extent|invasion|pattern|distribution|location|focality|diagnosis|comment|note|nuclear|"
    r"cellular|mitotic|necrosis|index|status|differentiation|configuration|characteristics|features|margins|findings|results|summary)\b[a-z ]{0,30}:"
)


@dataclass(frozen=True)
class Layout:
    """The sections and specimen headings of one text; every question about an offset is a bisection."""

    text: str
    low: str
    _once: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, work: Callable[[Layout], Answer]) -> Answer:
        """What several readers ask of the same text is worked out once."""
        if work not in self._once:
            self._once[work] = work(self)
        answer: Answer = self._once[work]
        return answer

    @cached_property
    def _sections(self) -> tuple[list[int], list[Section]]:
        starts, names = [0], [Section.OTHER]
        for match in _HEADING.finditer(self.low):
            name = Section(match.lastgroup or "other")
            if self._goes_on(match) or (name is Section.OTHER and names[-1] is not Section.HISTORY):
                continue
            starts.append(match.start())
            names.append(name)
        return starts, names

    def _goes_on(self, match: re.Match[str]) -> bool:
        """A sentence that a line break cut ("history of hepatitis"): small letters, and neither colon nor end of line."""
        first = self.text[match.start() : match.end()].lstrip(" \t*#>|.-")[0]
        return first.islower() and not _LABEL_ENDS.match(self.low, match.end())

    def since_heading(self, offset: int) -> int:
        """Characters between the heading of the offset's section and the offset."""
        starts, _ = self._sections
        return offset - starts[bisect_right(starts, offset) - 1]

    def goes_on_to_a_diagnosis(self, offset: int) -> bool:
        """The next section is headed as the diagnosis, so that the one of the offset reaches up to it."""
        starts, names = self._sections
        following = bisect_right(starts, offset)
        return following < len(names) and names[following] is Section.DIAGNOSIS

    @cached_property
    def specimen_headings(self) -> tuple[re.Match[str], ...]:
        """Lines such as "A. Kidney, left, nephrectomy", with the groups ``label`` and ``line``."""
        headings = ((match, match["line"].lower()) for match in SPECIMEN.finditer(self.text))
        return tuple(match for match, line in headings if PART.search(line) and not ITEM.match(line))

    @cached_property
    def _specimens(self) -> tuple[list[int], list[str]]:
        headings = self.specimen_headings
        return [-1, *(m.start() for m in headings)], ["", *(m["label"] for m in headings)]

    @cached_property
    def specimen_labels(self) -> frozenset[str]:
        return frozenset(self._specimens[1][1:])

    def section(self, offset: int) -> Section:
        """The section that the offset stands in, by the last heading before it."""
        starts, names = self._sections
        return names[bisect_right(starts, offset) - 1]

    def specimen(self, offset: int) -> str | None:
        """``specimen:A`` where the report has several specimens and one was headed before the offset."""
        starts, labels = self._specimens
        label = labels[bisect_right(starts, offset) - 1]
        return f"specimen:{label}" if label and len(self.specimen_labels) > 1 else None

    def line(self, offset: int) -> tuple[int, int]:
        """The line around the offset, at most 300 characters to either side."""
        start = self.text.rfind("\n", max(0, offset - 300), offset) + 1 or max(0, offset - 300)
        end = self.text.find("\n", offset, offset + 300)
        return start, end if end >= 0 else min(len(self.text), offset + 300)


def lowered(text: str) -> str:
    """Lower case with every character in its place (a few letters grow when lowered; those stay as they are)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def layout(text: str) -> Layout:
    """Every character of the layout's text stands where it stood in the original: plain (``characters``), without what nobody
    ticked (``boxes``)."""
    as_plain = chosen_only(plain(text))
    return Layout(as_plain, lowered(as_plain))
