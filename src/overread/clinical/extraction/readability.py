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
# Words of reports that no English one prints: each says as much as three function words, so that a short report is known too.
REPORT_WORDS: dict[str, frozenset[str]] = {
    "German": frozenset(["befund", "lymphknoten", "karzinom", "adenokarzinom", "mammakarzinom", "tumorgröße", "resektionsränder", "resektionsrand", "lymphgefäßinvasion", "gutachten", "präparat", "östrogenrezeptor", "progesteronrezeptor", "pathologischer", "diagnose", "tumorfrei", "differenziertes", "mäßig"]),
    "Spanish": frozenset(["diagnóstico", "ganglios", "márgenes", "izquierda", "derecha", "anatomía", "patológica", "resección", "linfáticos", "infiltrante", "invasión", "observa", "moderadamente", "diferenciado", "libres", "adenopatías"]),
    "French": frozenset(["pièce", "gauche", "droite", "ganglions", "carcinome", "adénocarcinome", "tumeur", "exérèse", "récepteurs", "limites", "saines", "marges", "compte", "prélèvement"]),
    "Portuguese": frozenset(["laudo", "linfonodos", "margens", "gânglios", "esquerda", "direita", "invasão", "ausência", "livres", "anatomopatológico", "moderadamente", "diferenciado"]),
    "Italian": frozenset(["referto", "linfonodi", "margini", "sinistra", "destra", "mammella", "infiltrante", "assenza", "resezione", "moderatamente", "differenziato", "istologico"]),
}  # fmt: skip
_AS_MANY = 3
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
    beginning = text[:_LOOKED_AT]
    if _plainly_english(beginning):
        return None
    words = [word.group().lower() for word in _WORD.finditer(beginning)]
    counts = Counter({name: _count(name, words) for name in FUNCTION_WORDS})
    (first, most), (_, second) = counts.most_common(2)
    known = _DISTINCT[first] | _REPORTS[first]
    clear = (
        most >= _FEWEST
        and len(known.intersection(words)) >= _DIFFERENT
        and most >= _SHARE * len(words)
        and most >= _CLEAR_OF * second
    )
    return first if clear and first != "English" else None


def _plainly_english(text: str) -> bool:
    """A quick look that spares the count: one of four common words in every 500 characters."""
    common = sum(text.count(word) for word in (" of ", " OF ", " the ", " THE ", " with ", " WITH ", " and ", " AND "))
    return common >= 4 and common * 500 > len(text)


def _count(name: str, words: list[str]) -> int:
    own, reports = _DISTINCT[name], _REPORTS[name]
    return sum(_AS_MANY if word in reports else word in own for word in words)


def unreadable(text: str) -> int:
    """How many of the characters are none of a written text."""
    return sum(1 for _ in _NO_TEXT.finditer(text))


def shortcomings(text: str) -> tuple[str, ...]:
    """What could not be read of the text, in plain sentences; () where nothing is known to be missing."""
    found = []
    if name := language(text):
        found.append(f"the text seems to be in {name}; only English is read, so that nothing was taken from it")
    if count := unreadable(text):
        found.append(f"{count:,} character{'s' * (count != 1)} could not be read")
    return tuple(found)


def _only_its_own(lists: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The words of each language that no other language's list has."""
    return {
        name: frozenset(word for word in lists.get(name, ()) if sum(word in others for others in lists.values()) == 1)
        for name in FUNCTION_WORDS
    }


_DISTINCT = _only_its_own(FUNCTION_WORDS)
_REPORTS = _only_its_own(REPORT_WORDS)
