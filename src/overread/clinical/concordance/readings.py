"""How a value is understood before it is compared: behaviour, grade steps, stage numbers, words without noise."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum

from ..record import Code, Icdo3Morphology, Value

# Long free text is compared as it stands; only its beginning is searched for words.
LONGEST = 2000


class Behaviour(IntEnum):
    """Ordered from harmless to harmful, as the fifth digit of an ICD-O-3 morphology orders it."""

    BENIGN = 0
    UNCERTAIN = 1
    IN_SITU = 2
    MALIGNANT = 3


_BY_DIGIT = {
    "0": Behaviour.BENIGN,
    "1": Behaviour.UNCERTAIN,
    "2": Behaviour.IN_SITU,
    "3": Behaviour.MALIGNANT,
    "6": Behaviour.MALIGNANT,
    "9": Behaviour.MALIGNANT,
}

_CANCER = r"\w*(?:carcinoma|sarcoma|lymphoma|melanoma|leuk\w*mia|myeloma|blastoma|glioma)|malignan\w*|cancer|metasta\w+"
# The first row that fits decides, so denials stand before what they deny.
_BY_WORDS: tuple[tuple[re.Pattern[str], Behaviour], ...] = tuple(
    (re.compile(pattern), behaviour)
    for pattern, behaviour in (
        (rf"\b(?:no|not|without|negative for)\b[a-z ]{{0,40}}\b(?:{_CANCER})", Behaviour.BENIGN),
        (r"\bin situ\b[a-z ,]{0,40}\bwith\b[a-z ,]{0,40}\b(?<!non )invasi(?:on|ve)", Behaviour.MALIGNANT),
        (r"\bin situ\b|\bnon ?invasive\b|\bintraepithelial neoplasia\b|\bd\.?cis\b|\blcis\b", Behaviour.IN_SITU),
        (
            r"\batypi\w+|\bborderline\b|\buncertain\b|\bindeterminate\b|\bsuspicious\b|\bcannot (?:be )?exclude",
            Behaviour.UNCERTAIN,
        ),
        (rf"\b(?:{_CANCER})\b", Behaviour.MALIGNANT),
        (
            r"\bbenign\b|\bhyperplasia\b|\bn(?:a)?evus\b|\bfibroadenoma\b|\b\w*adenoma\b|\blipoma\b|\bpapilloma\b",
            Behaviour.BENIGN,
        ),
    )
)


def behaviour(value: Value) -> Behaviour | None:
    """Benign, uncertain, in situ or malignant, where the code or the words say so.

    >>> behaviour("No evidence of malignancy"), behaviour("Invasive ductal carcinoma")
    (<Behaviour.BENIGN: 0>, <Behaviour.MALIGNANT: 3>)
    """
    if isinstance(value, Icdo3Morphology):
        return _BY_DIGIT.get(value.value.partition("/")[2])
    if not isinstance(value, str):
        return None
    text = plain(value)
    return next((found for pattern, found in _BY_WORDS if pattern.search(text)), None)


def plain(text: str) -> str:
    """Lower case, accents and punctuation gone, one space between words."""
    ascii_text = unicodedata.normalize("NFKD", text[:LONGEST]).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9%.+/]+", ascii_text.lower()))


# Words that name no tumour, organ or treatment by themselves; leaving them out lets "carcinoma of the breast" be
# "breast carcinoma". "Disorder" and "morphologic abnormality" are what SNOMED CT appends to its names.
_FILLERS = frozenset(
    [
        "a",
        "an",
        "and",
        "the",
        "of",
        "in",
        "to",
        "type",
        "with",
        "nos",
        "not",
        "otherwise",
        "specified",
        "disorder",
        "morphologic",
        "abnormality",
        "structure",
        "primary",
        "neoplasm",
        "tumor",
        "tumour",
        "body",
    ]
)


def words(value: Value) -> frozenset[str]:
    """The words that carry meaning, in no order; all of them where none other remain."""
    every = frozenset(word.strip(".") for word in plain(str(value)).split()) - {""}
    return every - _FILLERS or every


def same(a: Value, b: Value) -> bool:
    """Equal as a reader reads them: case, order and filler words aside, and 2 equal to 2.0."""
    if isinstance(a, Code) or isinstance(b, Code) or not (isinstance(a, str) and isinstance(b, str)):
        return a == b
    return a.strip() == b.strip() or (bool(words(a)) and words(a) == words(b))


_GRADE_WORDS = (
    (re.compile(r"\bundifferentiated\b|\banaplastic\b"), 4),
    (re.compile(r"\bpoorly?\b"), 3),
    (re.compile(r"\bmoderate(?:ly)?\b|\bintermediate\b"), 2),
    (re.compile(r"\bwell\b"), 1),
)
_GRADE_NUMBER = re.compile(r"\b(?:g|grade|group|who|figo|nuclear|fuhrman|isup|nottingham)? ?([1-5]|iv|v|i{1,3})\b")
_OUT_OF = re.compile(r"\b([1-5]) ?(?:/|of|out of) ?[1-5]\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}


def grade_step(value: Value) -> int | None:
    """The grade as a step from 1 upwards; None where the words give none (or more than one)."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if float(value).is_integer() else None
    text = _OUT_OF.sub(r"\1", plain(str(value)))
    found = {step for pattern, step in _GRADE_WORDS if pattern.search(text)}
    found |= {_ROMAN.get(number) or int(number) for number in _GRADE_NUMBER.findall(text)}
    return found.pop() if len(found) == 1 else None


def grade_tier(value: Value) -> str | None:
    """``low`` or ``high`` where a two-step grade is used."""
    found = set(re.findall(r"\b(low|high)(?: grade)?\b", plain(str(value))))
    return found.pop() if len(found) == 1 else None


_GLEASON = re.compile(r"\b([1-5]) ?\+ ?([1-5])\b")


_SCORE = re.compile(r"(?:gleason )?(?:score )?(?:sum )?([2-9]|10)")


def gleason_sum(value: Value) -> int | None:
    """``3+4=7`` and ``7`` as 7; None where no single pair of patterns and no score alone is written."""
    text = plain(str(value))
    found = {int(first) + int(second) for first, second in _GLEASON.findall(text)}
    if alone := _SCORE.fullmatch(text):
        found.add(int(alone[1]))
    return found.pop() if len(found) == 1 else None


def first_pattern(value: Value) -> int | None:
    """The more common of the two Gleason patterns, which is written first."""
    found = {int(first) for first, _ in _GLEASON.findall(plain(str(value)))}
    return found.pop() if len(found) == 1 else None


_STAGE = re.compile(r"(?:stage )?(0|iv|v|i{1,3}|[1-4]) ?([a-e]?\d?)")
_SUBDIVIDED_ROMAN = re.compile(r"[^0-9a-z]")


def stage_parts(value: Value) -> tuple[int, str] | None:
    """``Stage IIIA`` as (3, "a"): the stage's number and its subdivision; None where it is no such stage."""
    match = _STAGE.fullmatch(_SUBDIVIDED_ROMAN.sub(" ", plain(str(value))).strip())
    if not match:
        return None
    number = match[1]
    return (_ROMAN[number] if number in _ROMAN else int(number)), match[2]


_CATEGORY = re.compile(r"(?:yc|yp|rp|[cpra])?([tnm])(is|a(?=$)|[0-4x])(.*)")


def category_parts(value: Value) -> tuple[int, str] | None:
    """``pT2a`` as (2, "a"), ``Tis`` as (0, "is"); None for X or what is no category."""
    match = _CATEGORY.fullmatch(re.sub(r"[\s()]", "", str(value).lower()[:LONGEST]))
    if not match or match[2] == "x":
        return None
    return (int(match[2]), match[3]) if match[2].isdigit() else (0, match[2] + match[3])
