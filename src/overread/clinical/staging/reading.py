"""Reads categories, groups, editions and prognostic factors in the many shapes that people write them.

Every pattern is linear in the length of the text, and texts longer than 200 characters are not read at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 200
_PREFIX = "(?:(yc|yp|rc|rp|c|p|r|a|y) ?)?"
_CODE = r"(x|is(?: ?p[ud])?|a|[0-4](?: ?mi| ?[a-e][1-4]?)?)"
_REMARK = r"(?: ?\([a-z0-9+\-,./ ]*\)| ?(?:i|mol) ?[+-])*"  # (m), (sn), (i+), (DCIS): said beside a category
_END = r"(?![a-z0-9])"
_RANGE = {axis: re.compile(rf"{axis} ?[0-4x][a-e]? ?[-/–] ?{axis}?[0-4x]") for axis in "tnm"}
_FIND = {axis: re.compile(rf"(?<![a-z0-9]){_PREFIX}{axis} ?{_CODE.replace(' ?', '')}{_END}") for axis in "tnm"}
_WHOLE = {axis: re.compile(rf"{_PREFIX}(?:{axis} ?)?{_CODE}{_REMARK}") for axis in "tnm"}
# T, N and M written without a gap (pT2aN1M0); "T1cN0" stays whole: it may be T1c N0 or T1 cN0
_JOINED = re.compile(rf"{_PREFIX}t(?:[0-4xa]|is)[a-z0-9]*")
_JOINT = re.compile(r"(?<=[0-9abdexis])(?=(?:y?p)?(?:n[0-4x]|m[01x]))")
_ALLOWED = {"t": frozenset("x01234ia"), "n": frozenset("x01234"), "m": frozenset("x01")}


@dataclass(frozen=True, slots=True)
class Category:
    """A T, N or M category: its code without the letter, in capitals (``2A``, ``X``, ``IS``), and its prefix.

    The code is ``?`` where nothing is stated: that is less than TX, which somebody did state.
    """

    code: str
    prefix: str | None = None


def shown(axis: str, code: str) -> str:
    """``("t", "2A")`` -> ``T2a``."""
    return axis.upper() + (code if code == "X" else code.lower())


@lru_cache(maxsize=16384)
def plain(text: object) -> str:
    """Lower case, single spaces; empty for None and for what is too long to be a category."""
    if text is None:
        return ""
    written = text if isinstance(text, str) else str(text)
    return " ".join(written.split()).casefold() if len(written) <= LONGEST else "?"


@lru_cache(maxsize=8192)
def category(axis: str, text: object) -> Category | None:
    """The category that a text states for ``t``, ``n`` or ``m``; ``?`` if it states none; None if it cannot be read."""
    name = plain(text)
    if name in {"", "unknown", "none", "na", "n/a"}:
        return Category("?")
    if (whole := _WHOLE[axis].fullmatch(name)) and (axis in name or whole[2] != "a"):
        return _category(axis, whole)
    name = _apart(name)
    if _RANGE[axis].search(name):
        return None
    found = {_category(axis, match) for match in _FIND[axis].finditer(name)}
    return found.pop() if len(found) == 1 else None


def _apart(name: str) -> str:
    return " ".join(_JOINT.sub(" ", part) if _JOINED.fullmatch(part) else part for part in name.split())


def _category(axis: str, match: re.Match[str]) -> Category | None:
    code = match[2].replace(" ", "")
    return Category(code.upper(), match[1]) if code[0] in _ALLOWED[axis] else None


# --- stage groups

_ROMAN = {"0": "0", "1": "I", "2": "II", "3": "III", "4": "IV"}
_GROUP = r"(occult(?: carcinoma)?|iv|iii|ii|i|[0-4])( ?(?:is|s|[a-e] ?[1-3]?|[1-3]))?"
_EDITION_WORDS = re.compile(
    r"\b(?:ajcc|uicc|version|edition|ed\.?|v\.?) ?(?:1[0-9]|[1-9])(?:st|nd|rd|th)?\b|\b[1-9](?:st|nd|rd|th)\b"
)
_NAMED_GROUP = re.compile(
    rf"(?<![a-z0-9])([cpy]{{0,2}}) ?(?:stage|group)(?: group)? ?:? ?([cpy]{{0,2}}){_GROUP}(?![a-z0-9])"
)
_BARE_GROUP = re.compile(rf"([cpy]{{0,2}}) ?{_GROUP}")


@dataclass(frozen=True, slots=True)
class Group:
    """A stage group as stated, in Roman, and the prefix it was stated with."""

    name: str
    prefix: str | None = None


@lru_cache(maxsize=4096)
def group(text: object) -> Group | None:
    """``AJCC stage IIB``, ``Stage 3A``, ``pIIIC`` -> the group; None if the text states none, or several."""
    name = plain(text)
    if bare := _BARE_GROUP.fullmatch(name):
        return Group(_group(bare[2], bare[3]), bare[1] or None)
    words = _EDITION_WORDS.sub(" ", name)
    found = {Group(_group(m[3], m[4]), m[1] or m[2] or None) for m in _NAMED_GROUP.finditer(" ".join(words.split()))}
    return found.pop() if len(found) == 1 else None


def _group(number: str, rest: str | None) -> str:
    if number.startswith("occult"):
        return "Occult"
    roman = _ROMAN.get(number, number.upper())
    letters = (rest or "").replace(" ", "")
    return roman + (letters if roman == "0" else letters.upper())


def fits(stated: str, computed: str) -> bool | None:
    """Does a stated group agree with a computed one?

    ``III`` agrees with ``IIIA``. Where the stated group is finer than the table divides, nothing can be said (None).
    """
    if stated == computed or _finer(computed, stated):
        return True
    return None if _finer(stated, computed) else False


def _finer(fine: str, coarse: str) -> bool:
    rest = fine[len(coarse) :]
    return fine.startswith(coarse) and bool(rest) and (coarse == "0" or rest[0] not in "IV")


# --- editions

_NUMBER = re.compile(r"(?<![0-9])([1-9])(?:st|nd|rd|th)?(?![0-9]|\.[1-9])")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_WORDS = {name: str(position) for position, name in enumerate(_ORDINALS, start=1)}
_WORDS_IN = re.compile(r"\b(" + "|".join(_WORDS) + r")\b")


@lru_cache(maxsize=1024)
def edition(text: object) -> str | None:
    """``8``, ``AJCC 8th edition``, ``TNM8``, ``seventh`` -> ``1`` to ``9``; None if none, or several, are stated."""
    name = plain(text)
    found = set(_NUMBER.findall(name)) | {_WORDS[word] for word in _WORDS_IN.findall(name)}
    return found.pop() if len(found) == 1 else None


# --- prognostic factors

_NUMERAL = r"(?<![0-9.,])([0-9]{1,6}(?:\.[0-9]{1,6})?)(?![0-9.]|,[0-9])"
_DECIMAL = re.compile(_NUMERAL)
_BOUNDS = {
    "<": "<", "under": "<", "below": "<", "less than": "<", "<=": "<=", "=<": "<=", "≤": "<=", "at most": "<=",
    ">": ">", "over": ">", "above": ">", "more than": ">", ">=": ">=", "=>": ">=", "≥": ">=", "at least": ">=",
}  # fmt: skip
_BOUND = re.compile(rf"({'|'.join(map(re.escape, sorted(_BOUNDS, key=len, reverse=True)))}) ?{_NUMERAL}")
_SUM = re.compile(r"([1-5]) ?\+ ?([1-5])(?: ?= ?([0-9]{1,2}))?")
_ASIDE = re.compile(r"\([^()]*\)|[1-5] ?\+ ?[1-5](?: ?= ?[0-9]{1,2})?|(?:/|of|out of) ?[1-5](?![0-9])")
_STEP = re.compile(r"(?<![a-z0-9.+])(?:gg|g|group|grade)? ?([1-5]|iii|ii|iv|i|v)(?![a-z0-9.])")
_STEPS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
# "3+" is HER2's highest score by immunohistochemistry: positive by ASCO/CAP 2007, 2013 and 2018, whose tables stand side by side
# in doi 10.1186/s13058-023-01739-9, table 1 (page opened).
_WORD_VALUES = {
    "pos": "positive", "positive": "positive", "+": "positive", "p": "positive", "true": "positive", "3+": "positive",
    "neg": "negative", "negative": "negative", "-": "negative", "n": "negative", "false": "negative",
    "high": "high", "low": "low",
}  # fmt: skip
_RESULT = re.compile(r"(?<![a-z])(pos|neg)(?:itive|ative)?(?![a-z])|^(?:er|pr|her-?2(?: ?/ ?neu)?|p16) ?([+-])$")
_OPEN = re.compile(r"(?<![a-z])(?:not|non|no|equivocal|indeterminate|borderline|pending|unknown|or|vs)(?![a-z])")


@lru_cache(maxsize=16384)
def number(text: object) -> float | None:
    """The one number in a text (``PSA 7.2 ng/mL``); None if there is none, several, or only a bound (``< 20``)."""
    name = plain(text)
    found = _DECIMAL.findall(name)
    exact = len(found) == 1 and not name.startswith("-") and not _BOUND.search(name)
    return float(found[0]) if exact else None


@lru_cache(maxsize=4096)
def bound(text: object) -> tuple[str, float] | None:
    """The bound that a text states instead of a number: ``PSA < 0.1`` -> (``<``, 0.1)."""
    name = plain(text)
    found = _BOUND.search(name)
    return (_BOUNDS[found[1]], float(found[2])) if found and len(_DECIMAL.findall(name)) == 1 else None


@lru_cache(maxsize=4096)
def grade(text: object) -> float | None:
    """``G2``, ``grade II``, ``2/3``, ``Grade Group 2 (3+4=7)`` -> 2; None for words and for more than one grade."""
    if (exact := number(text)) is not None:
        return exact
    found = {_STEPS.get(step) or int(step) for step in _STEP.findall(_ASIDE.sub(" ", plain(text)))}
    return float(found.pop()) if len(found) == 1 else None


def patterns(text: object) -> tuple[int, int] | None:
    """The two Gleason patterns, the more common first: ``3+4=7`` -> (3, 4); None if not stated, or not with that sum."""
    name = plain(text)
    found = {(int(a), int(b)) for a, b, total in _SUM.findall(name) if total in ("", str(int(a) + int(b)))}
    others = {float(rest) for rest in _DECIMAL.findall(_SUM.sub(" ", name))}
    return found.pop() if len(found) == len(_SUM.findall(name)) == 1 and others <= {sum(next(iter(found)))} else None


def gleason(text: object) -> float | None:
    """The Gleason score: ``3+4``, ``3+4=7``, ``7``; None when sum and patterns disagree."""
    pair = patterns(text)
    return float(sum(pair)) if pair else None if _SUM.search(plain(text)) else number(text)


@lru_cache(maxsize=4096)
def word(text: object) -> str:
    """Positive, negative, high or low, from the usual ways to write them; else the text itself."""
    name = plain(text)
    if name in _WORD_VALUES:
        return _WORD_VALUES[name]
    found = {a or {"+": "pos", "-": "neg"}[b] for a, b in _RESULT.findall(name)}
    return _WORD_VALUES[found.pop()] if len(found) == 1 and not _OPEN.search(name) else name
