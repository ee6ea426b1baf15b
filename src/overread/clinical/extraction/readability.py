"""What of a text the rules cannot read: another language than English, and characters that are none of a text."""

from __future__ import annotations

import re
from collections import Counter

# Common function words that are none of another language's here; words that two of them share stand in neither row.
FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "English": frozenset(["the", "of", "and", "with", "is", "are", "was", "were", "in", "to", "for", "this", "that", "from", "by", "at", "or", "not", "be", "has", "have", "no", "been", "as", "it", "which"]),
    "German": frozenset(["der", "die", "das", "und", "mit", "ist", "ein", "eine", "einer", "eines", "nicht", "von", "zu", "im", "dem", "den", "auf", "für", "bei", "wird", "wurde", "sind", "sich", "auch", "nach", "aus", "oder", "durch", "keine", "kein"]),
    "Spanish": frozenset(["el", "los", "las", "con", "del", "por", "una", "es", "fue", "se", "lo", "al", "su", "sus", "muy", "como", "pero", "sin", "hay", "más", "está", "son", "este", "desde", "hasta", "según"]),
    "French": frozenset(["le", "les", "et", "avec", "du", "des", "une", "est", "dans", "sur", "pour", "pas", "au", "aux", "par", "ce", "cette", "qui", "il", "elle", "sont", "été", "sans", "il", "y", "a", "ou", "nous"]),
    "Portuguese": frozenset(["os", "da", "do", "das", "dos", "em", "com", "uma", "não", "ao", "à", "foi", "são", "na", "no", "nas", "nos", "pela", "pelo", "mais", "também", "até", "sem", "seu", "sua"]),
    "Italian": frozenset(["il", "gli", "e", "con", "della", "del", "dei", "delle", "di", "che", "una", "nel", "nella", "non", "sono", "alla", "al", "da", "lo", "si", "anche", "più", "ed", "dello"]),
}  # fmt: skip
# A letter alone is noise more often than a word.
_WORD = re.compile(r"[^\W\d_]{2,30}")
_LOOKED_AT = 40_000  # characters from the beginning
_FEWEST = 12  # function words of the language
_DIFFERENT = 5  # of them, so that one word's many times are none
_SHARE = 0.12  # of all words
_CLEAR_OF = 2  # times as many as of any other language
# Control characters but for tab, line and page breaks; what a decoder put for bytes it could not read; halves of pairs; private use.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff\ud800-\udfff\ue000-\uf8ff]")


def language(text: str) -> str | None:
    """The name of the language where it is clearly German, Spanish, French, Portuguese or Italian; else None.

    None says nothing: English, too few words, two languages side by side, or a language that is not among these.
    """
    words = [word.group().lower() for word in _WORD.finditer(text[:_LOOKED_AT])]
    counts = Counter({name: sum(word in known for word in words) for name, known in _DISTINCT.items()})
    (first, most), (_, second) = counts.most_common(2)
    clear = (
        most >= _FEWEST
        and len(_DISTINCT[first].intersection(words)) >= _DIFFERENT
        and most >= _SHARE * len(words)
        and most >= _CLEAR_OF * second
    )
    return first if clear and first != "English" else None


def unreadable(text: str) -> int:
    """How many of the characters are none of a written text."""
    return sum(1 for _ in _NO_TEXT.finditer(text))


def shortcomings(text: str) -> tuple[str, ...]:
    """What could not be read of the text, in plain sentences; () where nothing is known to be missing."""
    found = []
    if name := language(text):
        found.append(f"the text seems to be in {name}; only English is read, so that facts may be missing or wrong")
    if count := unreadable(text):
        found.append(f"{count:,} character{'s' * (count != 1)} could not be read")
    return tuple(found)


_DISTINCT = {
    name: frozenset(
        word for word in words if not any(word in others for other, others in FUNCTION_WORDS.items() if other != name)
    )
    for name, words in FUNCTION_WORDS.items()
}
