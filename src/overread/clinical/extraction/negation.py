"""Does a sentence affirm, deny or doubt what it names? Looks no further than the clause around the words."""

from __future__ import annotations

import re
from enum import StrEnum

from .sections import Layout


class Stance(StrEnum):
    AFFIRMED = "affirmed"
    DENIED = "denied"
    DOUBTED = "doubted"


DENIED_BEFORE = re.compile(
    r"\b(?:no|not|without|negative for|free of|absence of|absent|denies|neither|nor|rule out|ruled out|lack of|devoid of|"
    r"never|cannot identify|no evidence of|no definite)\b[^.;:\n]{0,50}$"
)
_DOUBTED_BEFORE = re.compile(
    r"\b(?:suspicious for|suspicion of|cannot exclude|cannot rule out|can not be excluded|possible|possibly|probabl[ey]|suspected|suggest(?:s|ed|ing)|presumed|presumptive|likely|"
    r"questionable|suggestive of|indeterminate for|equivocal for|versus|vs\.?(?= ))[^.;:\n]{0,40}$|\? ?$"
)
_ANSWER = re.compile(
    r"(?P<skip>not applicable|n/a|cannot be (?:assessed|determined)|not\s{1,3}(?:specified|reported|evalua(?:ted|ble)|assess(?:ed|able)|submitted|stated))|"
    r"(?P<denied>not\s{1,3}(?:\w+ly\s{1,3})?(?:identified|seen|present|detected|found|noted|appreciated|involved|evident|observed)|absent|"
    r"no[nt]e\b|\bno\b(?! ?\.)|negative|nil\b|\(-\))|"
    r"(?P<doubted>indeterminate|suspicious|equivocal|questionable|possible|suspected)|"
    r"(?P<affirmed>present\b|identified|\byes\b|positive|seen\b|noted\b|found\b|extensive|focal|\bmultifocal|detected|evident|\(\+\))"
)
# A word one letter from "not", as scanners read it, before what would affirm: nobody can say which of the two was printed.
_MAYBE_NOT = re.compile(r"\b(?:n[a-su-z0-9]t|no[a-su-vx-z0-9]|[a-mo-z]ot|ri[oe]t|n ot|no t)(?: \w+ly)? $")
_CLAUSE_END = re.compile(r"[.;](?=\s)|\n\s*\n|\n(?=[^\n:]{2,40}:)|(?<=[a-z)])\n(?=\d{1,2}[.)]|[a-z][.)])")


# A line that ends so has said what it denies: the next line is another statement, though no full stop stands between.
_LINE_ENDS = re.compile(
    r"\b(?:tumou?r|carcinoma|cancer|malignan(?:cy|t)|neoplas[mi]a?|neoplasm|involved|uninvolved|identified|present|seen|found|noted|described|reported|specified|"
    r"submitted|applicable|margins?|treatment|invasion|necrosis)[ \t\r]*\n"
)


def clause_after(low: str, end: int, limit: int = 70) -> str:
    """The words after ``end`` to the end of the clause, at most ``limit`` characters."""
    window = low[end : end + limit]
    stop = _CLAUSE_END.search(window)
    return window[: stop.start()] if stop else window


def clause_before(low: str, start: int, limit: int = 70) -> str:
    """The words of the clause before ``start``."""
    window = low[max(0, start - limit) : start]
    cut = max(window.rfind(". "), window.rfind(";"), window.rfind("\n\n"), window.rfind("\n \n"))
    line = max((match.end() - 1 for match in _LINE_ENDS.finditer(window)), default=-1)
    return window[max(cut, line) + 1 :]


def stance(layout: Layout, start: int, end: int) -> Stance:
    """How prose speaks of the words at ``start``..``end`` ("no tumour", "suspicious for carcinoma")."""
    before = clause_before(layout.low, start)
    if DENIED_BEFORE.search(before):
        return Stance.DENIED
    return Stance.DOUBTED if _DOUBTED_BEFORE.search(before) else Stance.AFFIRMED


def answer(layout: Layout, end: int, limit: int = 70) -> tuple[Stance, int] | None:
    """The answer that follows a question of a form ("Perineural invasion: not identified"), with its end."""
    clause = clause_after(layout.low, end, limit)
    match = _ANSWER.search(clause)
    if match is None or match["skip"] or (match["affirmed"] and _MAYBE_NOT.search(clause, 0, match.start())):
        return None
    return Stance(match.lastgroup or ""), end + match.end()


def declined(layout: Layout, end: int) -> bool:
    """The form's answer says that the question was not answered."""
    match = _ANSWER.search(clause_after(layout.low, end, 45))
    return bool(match and match["skip"])
