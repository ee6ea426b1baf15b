"""T, N and M as the report states them. Nothing is derived from size or extent."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from .checklists import chosen
from .earlier import repeated
from .found import Finds, Found
from .sections import Layout, Section
from .tnm_tokens import Group, Token, groups, loose

_OLD = re.compile(r"history|h/o|previous|prior |known |status post|s/p|pre-?op|clinical(?:ly)? (?:stage|t)|recurrent")
# Of a category with a prefix only plain words say that it is an earlier one.
_EARLIER = re.compile(
    r"(?:previous|prior|earlier|original)(?:ly)? (?:[^.;\n]{0,30}|(?:reported|staged|stated|diagnosed|called|signed|read) [^.;\n]{0,60})$|(?:h/o|history of|status post|s/p|known) [^.;,\n]{0,40}$|(?:was|had been) (?:staged|reported|stated)"
)
_HISTORY_SPAN = 300  # characters after its heading in which a category with a prefix still is the history's
_NEAR = 90  # characters after a T in which the N and M of the same statement stand
# "tumour thickness (pT1 and pT2 tumours)", "pT2+ is a proposed stage category": the form speaks, not the pathologist.
# "patients with pTa-T3", "pT1-2", "pT2/3": a range names no category.
_TEMPLATE = re.compile(
    r" ?(?:and|or|&|-|/|to) ?y?pt ?[0-4]| ?(?:-|/|to|or) ?t ?[0-4]|[-/][1-4](?![\d/]|[.,]\d| ?(?:cm|mm|of)\b)|"
    r"[^\n]{0,12} tumou?rs\b|[^\n]{0,25}stage category| (?:indicates|means|denotes|refers to|is defined)\b|\)?[ .:]{1,3}not identified"
)
_RANGE_BEFORE = re.compile(r"(?<!c)t ?[0-4ax][a-d]? ?(?:-|/|to|or|and|&) ?$")
# Supposed, or the lower end of what it may be.
_SUPPOSED = re.compile(
    r"\b(?:could|may|might) (?:also )?be (?:an? )?$|\bif [^.;\n]{3,60}\b(?:would|then)\b[^.;\n]{0,20}$|(?<![a-z])\? ?$|"
    r"\b(?:possibl[ey]|probabl[ey]|perhaps|suspicious for|suggestive of|suspected|exclude|rule out|r/o)(?: an?)?(?: stage)? $"
)
_AT_LEAST = re.compile(
    r"\b(?:at least|no less than)(?:[ :(]{1,2}(?:an?|as|is|pathologic(?:al)?|ajcc|uicc|tnm|tumou?r|primary|stage[d]?|category)){0,4}[ :,(]{0,3}$|"
    r"\bminim(?:al|um)(?: pathologic(?:al)?)? (?:t |p?tnm )?(?:stag\w{1,3}|category)[^.;\n]{0,40}$"
)


def read(layout: Layout) -> Finds:
    yield from layout.once(_every)


def _read(layout: Layout) -> Finds:
    """Every stated T, N and M. Of the main tumour: no ``about``, rank 0; of others their specimen; of old ones "history".

    Where the report states several and nothing tells which is the main tumour's, none is called so.
    """
    every = groups(layout)
    printed = [*every, *(Group(token) for token in _outside(every, loose(layout)))]
    stated = {token for group in printed for token in _said(layout, group)}
    tokens = [
        token
        for letter in "TNM"
        for token in chosen(layout, [t for group in printed for t in group.tokens if t.letter == letter])
        if token in stated
    ]
    main_t = _main(layout, [t for t in tokens if t.letter == "T" and not historic(layout, t)])
    beside = _beside(tokens, [g for g in every if g.t in stated], main_t)
    for letter in "TNM":
        own = [t for t in tokens if t.letter == letter]
        yield from _ordered(layout, own, None if _amended(layout, own, main_t) else beside.get(letter))


def _amended(layout: Layout, tokens: list[Token], main_t: Token | None) -> bool:
    """An addendum states the letter anew, and not the T beside it."""
    if main_t is None or layout.section(main_t.start) is Section.ADDENDUM:
        return False
    return any(layout.section(t.start) is Section.ADDENDUM and t.value[1] in "01234" for t in tokens)


def of_further_tumours(layout: Layout) -> frozenset[str]:
    """The specimens whose own T is not the main tumour's, where the main one has a specimen of its own."""
    found = [f for f in layout.once(_every) if f.field == "t" and f.about != "history"]
    mains = {layout.specimen(f.start) for f in found if f.about is None}
    if not mains or None in mains:
        return frozenset()
    return frozenset(f.about for f in found if f.about and f.about.startswith("specimen:")) - mains


def _every(layout: Layout) -> tuple[Found, ...]:
    return tuple(_read(layout))


def _outside(found: tuple[Group, ...], tokens: Iterator[Token]) -> list[Token]:
    """Those that no group holds already. Groups stand in the text's order and do not overlap."""
    starts = [g.t.start for g in found]
    outside = []
    for token in tokens:
        before = bisect_right(starts, token.start) - 1
        if before < 0 or token.start >= found[before].tokens[-1].end:
            outside.append(token)
    return outside


def _said(layout: Layout, group: Group) -> tuple[Token, ...]:
    """Those that the pathologist names as what they are. Beside a T that is only supposed an N or M with its own prefix counts."""
    before = layout.low[max(0, group.t.start - 70) : group.t.start].replace("\n", " ")
    if _TEMPLATE.match(layout.low, group.t.end) or _RANGE_BEFORE.search(before):
        return ()
    if _SUPPOSED.search(before) or _AT_LEAST.search(before):
        return tuple(t for t in group.tokens if t is not group.t and layout.low[t.start] in "py")
    return group.tokens


def _beside(tokens: list[Token], found: list[Group], main_t: Token | None) -> dict[str, Token]:
    """The N and M of the main tumour: those printed with its T, else the first after it and before another T."""
    if main_t is None:
        return {}
    same = [g for g in found if g.t.value == main_t.value and g.t.basis == main_t.basis]
    group = next(
        (g for g in same if g.t == main_t and g.t.grouped), next((g for g in same if g.t.grouped), Group(main_t))
    )
    beside = {token.letter: token for token in (main_t, *group.tokens[1:])}
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
        token.basis is None
        or layout.since_heading(token.start) < _HISTORY_SPAN
        or layout.goes_on_to_a_diagnosis(token.start)
    ):
        return True
    if repeated(layout, token.start) and layout.section(token.start) is not Section.HISTORY:
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
