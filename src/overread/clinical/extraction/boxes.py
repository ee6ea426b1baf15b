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
_LONGEST = 400  # characters of a form's line; a longer one is a text that lost its line ends
_LONGEST_CHOICE = 60  # characters, in such a text
_MOST = 2_000  # boxes


def chosen_only(text: str) -> str:
    """The text, as long as it was, without the words beside empty boxes."""
    if "[" not in text and "( " not in text and text.isascii():
        return text
    parts: list[str] = []
    done = 0
    for start, end, boxes in _lines(text):
        for first, last in _unchosen(text, start, end, boxes):
            parts += [text[done:first], " " * (last - first)]
            done = last
    return "".join((*parts, text[done:]))


def _lines(text: str) -> Iterator[tuple[int, int, list[re.Match[str]]]]:
    """The lines that have boxes, with where they begin and end."""
    end = -1
    boxes: list[re.Match[str]] = []
    for box in islice(_BOX.finditer(text), _MOST):
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
        if box["empty"] and boxes_follow:
            yield max(begins[at], box.start() - most), box.end()
        elif box["empty"]:
            yield box.start(), min(ends[at], box.end() + most)
