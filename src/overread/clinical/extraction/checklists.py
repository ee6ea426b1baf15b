"""Printed lists of categories to tick or to explain: which of their lines nobody chose.

A report may carry the whole list of its protocol ("[ ] pT1: ... [x] pT2: ..."), or a legend of what each category means.
A category counts there only where it is marked.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

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


def chosen(layout: Layout, tokens: list[Token]) -> list[Token]:
    """The tokens of one letter without the lines of a printed list that nobody marked."""
    tokens = sorted(tokens, key=lambda t: t.start)
    starts = [t.start for t in tokens]
    kept = []
    for token in tokens:
        # A real list is short: what stands more than thirty tokens away decides nothing.
        here = bisect_left(starts, token.start)
        first = max(bisect_left(starts, token.start - _LIST_REACHES), here - 30)
        last = min(bisect_right(starts, token.start + _LIST_REACHES), here + 30)
        if not _is_option(layout, token, tokens[first:last]):
            kept.append(token)
    return kept


def _is_option(layout: Layout, token: Token, near: list[Token]) -> bool:
    before = layout.text[max(0, token.start - 8) : token.start]
    if token.grouped or _MARK.search(before):
        return False
    empty = _EMPTY_BOX.search(before) and not layout.text.startswith("_", token.end)
    return bool(empty or _SITE_LEFT_BLANK.match(layout.low, token.end)) or _in_a_list(layout, token, near)


def _in_a_list(layout: Layout, token: Token, near: list[Token]) -> bool:
    alone = [t for t in near if not t.grouped]
    if len({t.value for t in alone}) >= 4:
        return True
    defined = [t for t in alone if _DEFINED.match(layout.low, t.end)]
    explained = [t for t in alone if t in defined or _EXPLAINED.match(layout.low, t.end)]
    in_a_row = [t for t in defined if abs(t.start - token.start) < _ROW_REACHES]
    return _several(token, explained, _OPTIONS[token.letter]) or _several(token, in_a_row, _OPTIONS_IN_A_ROW)


def _several(token: Token, listed: list[Token], enough: int) -> bool:
    """The token is one of that many different categories; "pT4" above "pT4a" is one choice in two lines."""
    return token in listed and len({t.value[:2] for t in listed}) >= enough
