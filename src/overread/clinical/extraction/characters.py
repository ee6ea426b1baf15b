"""Signs that stand for plain ones: each is read as the plain one in its own place, so that every span still fits the original."""

from __future__ import annotations

import re

_LINE_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_BLANKS = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u200b\u2060\ufeff"
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00ad"
_LETTERS = {"ᵃ": "a", "ᵇ": "b", "ᶜ": "c", "ᵈ": "d", "ᵐ": "m", "ⁿ": "n", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2236": ":", "\ufe55": ":"}  # fmt: skip
_PLAIN = (
    dict.fromkeys(_LINE_ENDS, "\n")
    | dict.fromkeys(_BLANKS, " ")
    | dict.fromkeys(_DASHES, "-")
    | {chr(0xFF01 + n): chr(0x21 + n) for n in range(94)}  # full width
    | {
        chr(0x2080 + n): str(n) for n in range(10)
    }  # T₂N₀; a figure above the line may be a power or a footnote and stays
    | _LETTERS
)
# The line or tab between two cells of a table; beside a letter or figure it may be what noise left of a 1.
_BETWEEN_CELLS = re.compile(r"(?<=[A-Za-z)%.?] )\|(?= )|(?<=[a-z)])\t(?=\S)")
_ANY = re.compile("[" + re.escape("".join(_PLAIN)) + "]")


def plain(text: str) -> str:
    """The text, as long as it was, with blanks, dashes, full-width signs and small letters of every kind as the plain ones."""
    text = _ANY.sub(lambda match: _PLAIN[match[0]], text.replace("\r\n", " \n"))
    return _BETWEEN_CELLS.sub(":", text) if "|" in text or "\t" in text else text
