"""An affiliation as printed -> institutions, country, fields of work. E-mail addresses never pass through."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .names import fold
from .tables import COUNTRIES, GENERIC_WORDS, SPECIALTIES, US_STATES

_EMAIL = re.compile(r"(?:Electronic address:|E-?mail:)?\s*[\w.+'-]{1,100}@[\w.-]{1,200}", re.IGNORECASE)
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}|[*†‡§¶#]+)\s*(?=[A-Z])")
_DEPARTMENT = re.compile(
    r"^(?:the )?(?:\w+ ){0,2}?(department|dept|division|section|unit|laborator|lab of|service|program|programme|branch|faculty|"
    r"group|graduate school|postgraduate|chair|discipline)"
)
_INSTITUTION = re.compile(
    r"\b(universit|universid|hospital|hopital|institut|istituto|ospedal|center\b|centre\b|centro|college|clinic|klinik|clinique|"
    r"school of|infirmary|foundation|fondazione|trust\b|academy|charite|karolinska|inserm|cnrs|health system|kettering|"
    r"krankenhaus|policlinico|medical school|national cancer|nih\b|inc$|ltd$|gmbh|pharma|genentech|astrazeneca|health\b)"
)


@dataclass(frozen=True, slots=True)
class Affiliation:
    """What one printed affiliation says. institutions: normalised names, narrowest first; None: it does not say."""

    text: str
    institutions: tuple[str, ...] = ()
    country: str | None = None
    specialties: frozenset[str] = frozenset()


def without_email(text: str) -> str:
    """The text with every e-mail address taken out."""
    return _EMAIL.sub("", text).strip(" ;,")


@lru_cache(maxsize=100_000)
def read_affiliation(text: str) -> Affiliation:
    """One printed affiliation, which may name several institutions."""
    clean = _NUMBERING.sub("", without_email(text[:4000]))
    pieces = [piece.strip(" .") for part in clean.split(";") for piece in part.split(",")]
    names = dict.fromkeys(name for piece in pieces if (name := _institution(piece)))
    return Affiliation(clean, tuple(names), _country(pieces), specialties_in(clean))


def specialties_in(text: str) -> frozenset[str]:
    """The fields of work that a department's name hints at."""
    lower = text.casefold()
    return frozenset(name for name, words in SPECIALTIES.items() if any(word in lower for word in words))


def same_institution(a: str, b: str) -> bool:
    """Equal names, or one contained in the other with at least two telling words (``md anderson``)."""
    left, right = telling(a), telling(b)
    small = min(left, right, key=len)
    return a == b or (len(small) >= 2 and (left <= right or right <= left))


def telling(institution: str) -> frozenset[str]:
    """The words of a normalised name that say which institution it is."""
    return frozenset(institution.split()) - GENERIC_WORDS


def _institution(piece: str) -> str | None:
    name = fold(piece)
    if _DEPARTMENT.match(name) or not _INSTITUTION.search(name) or not telling(name):
        return None
    return " ".join(word for word in name.split() if word not in {"the", "of", "at", "and", "for"})


def _country(pieces: list[str]) -> str | None:
    """The last piece that is, or ends in, a country; a US state at the very end says United States."""
    for piece in reversed(pieces):
        words = [word for word in fold(piece).split() if not any(c.isdigit() for c in word)]
        ends = (" ".join(words[-n:]) for n in (len(words), 4, 3, 2, 1) if 0 < n <= len(words))
        if known := next((COUNTRIES[end] for end in ends if end in COUNTRIES), None):
            return known
    last = next((p for p in reversed(pieces) if p), "")
    return "United States" if re.sub(r"\s*\d[\d-]*$", "", last) in US_STATES else None
