"""T, N and M as the report states them. Nothing is derived from size or extent."""

from __future__ import annotations

import re
from collections import Counter

from .found import Finds, Found
from .sections import Layout, Section
from .tnm_tokens import Token, groups, loose

_OLD = re.compile(r"history|h/o|previous|prior |known |status post|s/p|pre-?op|clinical(?:ly)? (?:stage|t)|recurrent")
# "tumour thickness (pT1 and pT2 tumours)", "pT2+ is a proposed stage category": the form speaks, not the pathologist.
_TEMPLATE = re.compile(
    r" ?(?:and|or|&) ?pt|[^\n]{0,12} tumou?rs\b|[^\n]{0,25}stage category|\)?[ .:]{1,3}not identified"
)
_MARK = re.compile(r"(?:\[ ?[xX*] ?\]|\( ?[xX*] ?\)|_+ ?[xX] ?_+|\b[xX] ?_*|☒|■|●) {0,3}$")


def read(layout: Layout) -> Finds:
    """Every stated T, N and M. Of the main tumour: no ``about``, rank 0; of others their specimen; of old ones "history".

    Where the report states several and nothing tells which is the main tumour's, none is called so.
    """
    found = [g for g in groups(layout) if not _is_template(layout, g.t)]
    spans = [(g.t.start, g.tokens[-1].end) for g in found]
    alone = [t for t in loose(layout) if not any(s <= t.start < e for s, e in spans)]
    tokens = [t for g in found for t in g.tokens] + alone
    tokens = [t for t in tokens if not _is_option(layout, t, tokens)]
    main_t = _main([t for t in tokens if t.letter == "T" and not historic(layout, t)])
    beside = next((g.tokens for g in found if g.t == main_t), ())
    for letter in "TNM":
        of_letter = sorted((t for t in tokens if t.letter == letter), key=lambda t: t.start)
        chosen = next((t for t in beside if t.letter == letter), None)
        yield from _ordered(layout, of_letter, chosen)


def _is_template(layout: Layout, token: Token) -> bool:
    return bool(_TEMPLATE.match(layout.low, token.end))


def _is_option(layout: Layout, token: Token, tokens: list[Token]) -> bool:
    """An unmarked line of a checklist that prints every category with its definition is no statement."""
    near = {t.value for t in tokens if t.letter == token.letter and abs(t.start - token.start) < 700}
    return len(near) >= 4 and not _MARK.search(layout.text, max(0, token.start - 8), token.start)


def _ordered(layout: Layout, tokens: list[Token], chosen: Token | None) -> Finds:
    current = [t for t in tokens if not historic(layout, t)]
    main = chosen or _main(current)
    for token in tokens:
        about: str | None = None
        if token not in current:
            about = "history"
        elif main is None or token.value != main.value:
            about = layout.specimen(token.start) or "other"
        rank = 0 if token is main else 1 if about is None else 2 if about != "history" else 3
        yield Found(token.letter.lower(), token.value, token.start, token.end, token.rule, about, rank)


def historic(layout: Layout, token: Token) -> bool:
    """A clinical or earlier category: stated in the history, with the prefix c, or after words such as "known"."""
    if token.basis in ("c", "yc"):
        return True
    if layout.section(token.start) is Section.HISTORY and token.basis is None:
        return True
    start, _ = layout.line(token.start)
    return token.basis is None and bool(_OLD.search(layout.low, max(start, token.start - 60), token.start))


def _main(tokens: list[Token]) -> Token | None:
    """What the report says of the main tumour, or None where it says several things.

    An invasive category goes before one in situ or not assessable; the one said most often before the others; between
    equals, the first, provided that it is also the highest (a second, smaller tumour is described after the main one).
    """
    weighty = [t for t in tokens if t.value[1] in "1234"] or tokens
    counts = Counter(t.value[1] for t in weighty)
    most = max(counts.values(), default=0)
    candidates = [t for t in weighty if counts[t.value[1]] == most]
    if not candidates or candidates[0].value[1] != max(t.value[1] for t in candidates):
        return None
    return max((t for t in candidates if t.value[1] == candidates[0].value[1]), key=lambda t: (len(t.value), -t.start))
