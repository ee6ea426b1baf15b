"""T, N and M as the report states them. Nothing is derived from size or extent."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator

from .found import Finds, Found
from .sections import Layout, Section
from .tnm_tokens import Group, Token, groups, loose

_OLD = re.compile(r"history|h/o|previous|prior |known |status post|s/p|pre-?op|clinical(?:ly)? (?:stage|t)|recurrent")
# Of a category with a prefix only plain words say that it is an earlier one.
_EARLIER = re.compile(
    r"(?:previous|prior|earlier|original)(?:ly)? [^.;\n]{0,30}$|(?:h/o|history of|status post|s/p) [^.;,\n]{0,40}$|(?:was|had been) (?:staged|reported|stated)"
)
_HISTORY_SPAN = 300  # characters after its heading in which a category with a prefix still is the history's
_NEAR = 90  # characters after a T in which the N and M of the same statement stand
# "tumour thickness (pT1 and pT2 tumours)", "pT2+ is a proposed stage category": the form speaks, not the pathologist.
_TEMPLATE = re.compile(
    r" ?(?:and|or|&) ?pt|[^\n]{0,12} tumou?rs\b|[^\n]{0,25}stage category|\)?[ .:]{1,3}not identified"
)
_SUPPOSED = re.compile(r"\b(?:could|may|might) (?:also )?be (?:an? )?$")
# A category with its definition beside it; that many different ones together are a printed list to tick.
_DEFINED = re.compile(
    r"[a-d]?[ :.;=\-]{0,4}\(?(?:can ?no[tl]|no |solitary|tumou?r|distant|metasta|regional|carcinoma in situ|single|multiple|invades)"
)
_OPTIONS = {"T": 3, "N": 2, "M": 2}
_MARK = re.compile(r"(?:\[ ?[xX*] ?\]|\( ?[xX*] ?\)|_+ ?[xX] ?_+|\b[xX] ?_*|☒|■|●) {0,3}$")


def read(layout: Layout) -> Finds:
    """Every stated T, N and M. Of the main tumour: no ``about``, rank 0; of others their specimen; of old ones "history".

    Where the report states several and nothing tells which is the main tumour's, none is called so.
    """
    found = [g for g in groups(layout) if not _is_template(layout, g.t)]
    stated = [t for g in found for t in g.tokens] + _outside(found, loose(layout))
    tokens = [t for letter in "TNM" for t in _statements(layout, [t for t in stated if t.letter == letter])]
    main_t = _main(layout, [t for t in tokens if t.letter == "T" and not historic(layout, t)])
    beside = _beside(tokens, found, main_t)
    for letter in "TNM":
        yield from _ordered(layout, [t for t in tokens if t.letter == letter], beside.get(letter))


def _outside(found: list[Group], tokens: Iterator[Token]) -> list[Token]:
    """Those that no group holds already. Groups stand in the text's order and do not overlap."""
    starts = [g.t.start for g in found]
    outside = []
    for token in tokens:
        before = bisect_right(starts, token.start) - 1
        if before < 0 or token.start >= found[before].tokens[-1].end:
            outside.append(token)
    return outside


def _is_template(layout: Layout, token: Token) -> bool:
    supposed = _SUPPOSED.search(layout.low, max(0, token.start - 25), token.start)
    return bool(supposed or _TEMPLATE.match(layout.low, token.end))


def _statements(layout: Layout, tokens: list[Token]) -> list[Token]:
    """The tokens of one letter without the unmarked lines of a checklist that prints every category to tick."""
    tokens = sorted(tokens, key=lambda t: t.start)
    starts = [t.start for t in tokens]
    stated = []
    for token in tokens:
        # A real list is short: what stands more than thirty tokens away decides nothing.
        here = bisect_left(starts, token.start)
        first, last = bisect_left(starts, token.start - 700), bisect_right(starts, token.start + 700)
        if not _is_option(layout, token, tokens[max(first, here - 30) : min(last, here + 30)]):
            stated.append(token)
    return stated


def _is_option(layout: Layout, token: Token, near: list[Token]) -> bool:
    defined = {t.value for t in near if _DEFINED.match(layout.low, t.end)}
    printed = len({t.value for t in near}) >= 4 or (token.value in defined and len(defined) >= _OPTIONS[token.letter])
    return printed and not _MARK.search(layout.text, max(0, token.start - 8), token.start)


def _beside(tokens: list[Token], found: list[Group], main_t: Token | None) -> dict[str, Token]:
    """The N and M of the main tumour: those printed with its T, else the first after it and before another T."""
    if main_t is None:
        return {}
    group = next((g for g in found if g.t == main_t), Group(main_t))
    beside = {token.letter: token for token in group.tokens}
    for token in sorted(tokens, key=lambda t: t.start):
        if main_t.start < token.start <= main_t.end + _NEAR:
            if token.letter == "T":
                break
            beside.setdefault(token.letter, token)
    return beside


def _ordered(layout: Layout, tokens: list[Token], chosen: Token | None) -> Finds:
    old = {token for token in tokens if token is not chosen and historic(layout, token)}
    main = chosen or _main(layout, [t for t in tokens if t not in old])
    for token in tokens:
        about: str | None = None
        if token in old:
            about = "history"
        elif main is None or token.value != main.value:
            about = layout.specimen(token.start) or "other"
        rank = 0 if token is main else 1 if about is None else 2 if about != "history" else 3
        letter = token.letter.lower()
        yield Found(letter, token.value, token.start, token.end, token.rule.replace("tnm", letter), about, rank)


def historic(layout: Layout, token: Token) -> bool:
    """A clinical or earlier category: stated in the history, with the prefix c, or after words such as "known"."""
    if token.basis in ("c", "yc"):
        return True
    if layout.section(token.start) is Section.HISTORY and (
        token.basis is None or layout.since_heading(token.start) < _HISTORY_SPAN
    ):
        return True
    start, _ = layout.line(token.start)
    before = layout.low[max(start, token.start - 60) : token.start]
    return bool((_OLD if token.basis is None else _EARLIER).search(before))


def _main(layout: Layout, tokens: list[Token]) -> Token | None:
    """What the report says of the main tumour, or None where it says several things.

    What an addendum or amendment states goes before what it amends. An invasive category goes before one in situ or not
    assessable; of several the highest is the main tumour's if it stands first and none is said more often; else nothing tells.
    """
    weighty = [t for t in tokens if t.value[1] in "1234"] or [t for t in tokens if not _of_a_part(layout, t)]
    weighty = [t for t in weighty if layout.section(t.start) is Section.ADDENDUM] or weighty
    counts = Counter(t.value[1] for t in weighty)
    highest = max(counts, default=None)
    if highest is None or counts[highest] < max(counts.values()):
        return None
    if counts[weighty[0].value[1]] == counts[highest] and weighty[0].value[1] != highest:
        return None
    return max((t for t in weighty if t.value[1] == highest), key=lambda t: (len(t.value), -t.start))


def _of_a_part(layout: Layout, token: Token) -> bool:
    """A specimen in which the tumour cannot be assessed (nodes without the organ) says nothing of the tumour."""
    return token.value == "TX" and layout.specimen(token.start) is not None
