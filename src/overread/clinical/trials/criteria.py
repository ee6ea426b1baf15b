"""Eligibility text -> single criteria, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from overread.clinical.record import Span

from .models import Criterion, CriterionKind

_HEADING = re.compile(
    r"^\W{0,5}(?:key |main |major |general |patient |subject |disease characteristics[:;]? )?(inclusion|exclusion)\b[^.:\n]{0,60}:?\W{0,3}$"
    r"|^\W{0,5}(?:key |main |major )?(inclusion|exclusion) criteria\b\W{0,3}",
    re.IGNORECASE,
)
_BULLET = re.compile(
    r"\s{0,200}(?:[*•\-–·o]\s+|[-*•]+|\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s+|\(?[a-z][.)]\s+)", re.IGNORECASE
)
_LIMIT = 200_000


_ALL_HOLD = re.compile(
    r"\ball (?:of )?the following|\bmust (?:meet|have|be)\b(?!.*\b(?:one|any|either)\b)", re.IGNORECASE
)


def split_criteria(text: str) -> tuple[Criterion, ...]:
    """The criteria in order. A line that starts no new bullet carries on the one before, unless a blank line parts them.

    Text before any heading counts as inclusion. Headings and lines ending in a colon are not criteria; what is listed
    under such a line names it. What lies beyond 200,000 characters is not read.
    """
    kind = CriterionKind.INCLUSION
    lead = _Lead()
    found: list[Criterion] = []
    for begin, stop in _blocks(text[:_LIMIT]):
        start, end = _trimmed(text, begin, stop)
        indent = _indent(text, begin)
        if heading := _HEADING.match(text[start:end]):
            kind, lead = CriterionKind((heading[1] or heading[2]).lower()), _Lead()
            start, end = _trimmed(text, start + heading.end(), end)
        if start >= end or not any(c.isalnum() for c in text[start:end]):
            continue
        if text[end - 1] == ":":
            lead = _Lead("" if _ALL_HOLD.search(text[start:end]) else text[start:end], indent, end)
        else:
            lead = lead.over(text[lead.end : begin], indent, end)
            found.append(Criterion(kind, text[start:end], Span(start, end), lead.text or None))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Lead:
    """The line ending in a colon that is in force. end: where it, or the last item listed under it, ends.
    listed: it has an item already. deeper: its items are indented, so its list ends where the indent does."""

    text: str = ""
    indent: int = 0
    end: int = 0
    listed: bool = False
    deeper: bool = False

    def over(self, gap: str, indent: int, end: int) -> _Lead:
        """The lead that holds for the next item, ``gap`` after the last one: this one, or none once its list ended."""
        if indent > self.indent:
            return replace(self, end=end, listed=True, deeper=True)
        blank_line = gap.count("\n") > 1
        ended = self.deeper or (self.listed and blank_line)
        return _Lead() if ended else replace(self, end=end, listed=True)


def _indent(text: str, begin: int) -> int:
    return len(text[begin : begin + 200]) - len(text[begin : begin + 200].lstrip(" \t"))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Lines put together: a new block starts at a bullet, a heading, or after a blank line."""
    block: tuple[int, int] | None = None
    for start, end in _lines(text):
        line = text[start:end]
        fresh = block is None or not line.strip() or bool(_BULLET.match(line) or _starts(line))
        closed = block is not None and _starts(text[block[0] : block[1]])
        if block and (fresh or closed):
            yield block
            block = None
        if line.strip():
            block = (block[0], end) if block else (start, end)
    if block:
        yield block


def _starts(text: str) -> bool:
    """Headings and lines ending in a colon stand by themselves."""
    return text.rstrip().endswith(":") or bool(_HEADING.match(text.strip()))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the bullet and the space around."""
    if bullet := _BULLET.match(text, start, end):
        start = bullet.end()
    while start < end and text[start].isspace():
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] == "\\"):
        end -= 1
    return start, end
