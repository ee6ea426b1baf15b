"""Boxes to tick: what stands beside an empty one was not chosen, so that no reader sees it.

"[ ] Present [X] Not identified" is read as "               [X] Not identified": blanks in the place of what was not chosen, and
every other character where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

_BOX = re.compile(
    r"(?P<empty>\[[ \t]{0,3}\]|\([ \t]{1,3}\)|[☐□❏❑○◯])|(?P<ticked>\[ ?[xX✓✔*] ?\]|\( ?[xX✓✔] ?\)|[☒☑✓✔✗✘■●])"
)
# Lines to mark ("_x_ Present ___ Absent") count as boxes where one of the text is marked; elsewhere a line is to be filled in.
_LINE_MARKED = re.compile(r"_[xX]_")
_BOX_OR_LINE = re.compile(
    _BOX.pattern[:-1] + r"|(?<!_)_{1,6}[xX]_{1,6}(?!_))|(?P<line>(?<![_A-Za-z])_{2,6}(?= ?[A-Za-z]))"
)
_LONGEST = 400  # characters of a form's line; a longer one is a text that lost its line ends
_LONGEST_CHOICE = 60  # characters, in such a text
_MOST = 2_000  # boxes


def chosen_only(text: str) -> str:
    """The text, as long as it was, without the words beside empty boxes."""
    marked = "_" in text and _LINE_MARKED.search(text) is not None
    if not marked and "[" not in text and "( " not in text and text.isascii():
        return text
    parts: list[str] = []
    done = 0
    for start, end, boxes in _lines(text, _BOX_OR_LINE if marked else _BOX):
        for first, last in _unchosen(text, start, end, boxes):
            parts += [text[done:first], " " * (last - first)]
            done = last
    return "".join((*parts, text[done:]))


def _lines(text: str, box_pattern: re.Pattern[str]) -> Iterator[tuple[int, int, list[re.Match[str]]]]:
    """The lines that have boxes, with where they begin and end."""
    end = -1
    boxes: list[re.Match[str]] = []
    for box in islice(box_pattern.finditer(text), _MOST):
        if boxes and box.start() >= end:
            yield text.rfind("\n", 0, boxes[0].start()) + 1, end, boxes
            boxes = []
        if not boxes:
            found = text.find("\n", box.end())
            end = found if found >= 0 else len(text)
        boxes.append(box)
    if boxes:
        yield text.rfind("\n", 0, boxes[0].start()) + 1, end, boxes


def _unchosen(text: str, start: int, end: int, boxes: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Where the words of each empty box of a line stand: behind it, or before it where the line ends with a box."""
    most = _LONGEST if end - start <= _LONGEST else _LONGEST_CHOICE
    label = text[max(start, boxes[0].start() - most) : boxes[0].start()].strip()
    begin = max(text.rfind(":", start, boxes[0].start()) + 1, start)
    begins = [begin, *(box.end() for box in boxes)]
    ends = [*(box.start() for box in boxes[1:]), end]
    boxes_follow = label and not label.endswith(":") and not text[boxes[-1].end() : end].strip(" \t.,;|)")
    for at, box in enumerate(boxes):
        if box.lastgroup == "ticked":
            continue
        if boxes_follow:
            yield max(begins[at], box.start() - most), box.end()
        else:
            yield box.start(), min(ends[at], box.end() + most)
