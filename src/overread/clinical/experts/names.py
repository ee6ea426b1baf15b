"""Names of people, compared without case and accents; and what makes two names impossible for one person."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .articles import Author

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case, no accents, every run of other characters one space."""
    flat = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(c for c in flat if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain))


def block(author: Author) -> tuple[str, str]:
    """Surname and first initial: people of different blocks are compared by ORCID alone."""
    return fold(author.last), fold(author.fore or author.initials)[:1]


def is_full(author: Author) -> bool:
    """True when the first fore name is written out."""
    return len(_given(author)[:1] and _given(author)[0]) > 1


def full_name(author: Author) -> str | None:
    """Surname and first fore name, when that one is written out."""
    return f"{fold(author.last)}, {_given(author)[0]}" if is_full(author) else None


def compatible(a: Author, b: Author) -> bool:
    """Could these be two spellings of one person's name?"""
    if fold(a.last) != fold(b.last):
        return False
    if a.suffix and b.suffix and fold(a.suffix) != fold(b.suffix):
        return False
    return _agree(_given(a), _given(b))


def _agree(a: list[str], b: list[str]) -> bool:
    """``Anna Maria``, ``Anna M``, ``A M``, ``A`` and ``AnnaMaria`` agree with one another."""
    if "".join(a) == "".join(b):
        return True
    return all(_begins(x, y) for x, y in zip(a, b, strict=False))


def _begins(x: str, y: str) -> bool:
    return x == y or (1 in (len(x), len(y)) and x[0] == y[0])


def _given(author: Author) -> list[str]:
    """The fore names; bare initials (``PK``) letter by letter."""
    if author.fore:
        parts = fold(author.fore).split()
        return list(parts[0]) if _is_initials(author, parts) else parts
    return list(fold(author.initials).replace(" ", ""))


def _is_initials(author: Author, parts: list[str]) -> bool:
    return len(parts) == 1 and len(parts[0]) <= 3 and author.fore.isupper()
