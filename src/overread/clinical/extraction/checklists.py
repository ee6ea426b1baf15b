"""Printed lists of categories to tick or to explain: which of their lines nobody chose.

A report may carry the whole list of its protocol ("[ ] pT1: ... [x] pT2: ..."), or a legend of what each category means.
A category counts there only where it is marked.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from .sections import Layout
from .tnm_tokens import Token

# What a protocol's list says of its categories.
_DEFINED = re.compile(
    r"[a-d]?[ \t:.;=\-]{0,8}\(?(?:can ?no[tl]|no |not |solitary|tumou?r|distant|metasta|regional|carcinoma in situ|single|"
    r"multiple|invades|mucosal disease|moderately advanced|very ?advanced|confined|limited to|organ)"
)
_EXPLAINED = re.compile(r"[a-d]?[ \t]{0,3}[:=][ \t]{0,8}[a-z]{3}")
# That many different categories of one list, each with its definition, are printed to tick.
_OPTIONS = {"T": 3, "N": 2, "M": 2}
_OPTIONS_IN_A_ROW = 2
_LIST_REACHES = 700  # characters to either side in which a list's other lines stand
_ROW_REACHES = 160
_MARK = re.compile(r"(?:\[ ?[xX*] ?\]|\( ?[xX*] ?\)|_+ ?[xX] ?_+|\b[xX][ \t]{0,3}_*|[☒☑✓✔✗✘■●])[ \t]{0,3}$")
_EMPTY_BOX = re.compile(r"(?:_{3}|\[ ?\]|\( ?\)|[☐□❏❑○◯])[ \t]{0,4}$")
# "pM1: Distant metastasis. Specify site(s), if known: ____": the form asks, nobody answered.
_SITE_LEFT_BLANK = re.compile(
    r"[ :]{0,4}distant metastas[ie]s[\s.*]{0,8}\(?specify (?:all )?sites?(?:\(s\))?[^:\n]{0,20}:[ \t_]*(?:\n|$)"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A category that stands by itself, with whether its definition follows, or any words."""

    token: Token
    defined: bool
    explained: bool


def chosen(layout: Layout, tokens: list[Token]) -> list[Token]:
    """The tokens of one letter without the lines of a printed list that nobody marked."""
    tokens = sorted(tokens, key=lambda t: t.start)
    lines = [_line(layout, token) for token in tokens if not token.grouped]
    starts = [line.token.start for line in lines]
    kept = []
    for token in tokens:
        # A real list is short: what stands more than thirty tokens away decides nothing.
        here = bisect_left(starts, token.start)
        first = max(bisect_left(starts, token.start - _LIST_REACHES), here - 30)
        last = min(bisect_right(starts, token.start + _LIST_REACHES), here + 30)
        if token.grouped or not _is_option(layout, lines[here], lines[first:last]):
            kept.append(token)
    return kept


def _line(layout: Layout, token: Token) -> _Line:
    defined = bool(_DEFINED.match(layout.low, token.end))
    return _Line(token, defined, defined or bool(_EXPLAINED.match(layout.low, token.end)))


def _is_option(layout: Layout, line: _Line, near: list[_Line]) -> bool:
    token = line.token
    before = layout.text[max(0, token.start - 8) : token.start]
    if _MARK.search(before):
        return False
    empty = _EMPTY_BOX.search(before) and not layout.text.startswith("_", token.end)
    return bool(empty or _SITE_LEFT_BLANK.match(layout.low, token.end)) or _in_a_list(line, near)


def _in_a_list(line: _Line, near: list[_Line]) -> bool:
    """One of four categories or more, or of a few that are explained; "pT4" above "pT4a" is one choice in two lines."""
    token = line.token
    if len({other.token.value for other in near}) >= 4:
        return True
    if line.explained and len({o.token.value[:2] for o in near if o.explained}) >= _OPTIONS[token.letter]:
        return True
    row = {o.token.value[:2] for o in near if o.defined and abs(o.token.start - token.start) < _ROW_REACHES}
    return line.defined and len(row) >= _OPTIONS_IN_A_ROW
