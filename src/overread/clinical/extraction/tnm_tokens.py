"""The tokens T, N and M of a staging statement, recognised through the noise of OCR, each at its exact place.

A T counts only where something beside it says it is a stage: the prefix p or c, an N after it, or words such as "stage"
before it ("T2" alone is also a magnetic resonance sequence, a vertebra and a block of tissue).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .sections import Layout

_DIGITS = {"O": "0", "o": "0", "Q": "0", "D": "0", "I": "1", "i": "1", "l": "1", "|": "1", "!": "1", "]": "1", "x": "X"}

_T = re.compile(
    r"[Tt](?P<gap>[ _:]{0,2})(?:(?P<is>[iIlL1][sS5](?![a-rt-z]))|(?P<a>a(?![a-z1-4]))|(?P<digit>[0-4xXIl|O]|i(?![a-z]{2})))"
    r"(?P<letter>(?! [cC] ?[NM]) ?[a-dA-D](?![a-km-oq-z]|[A-FHJKOQS-UW-Z])(?:[1-3Il](?![0-9a-z]))?)?"
)
_N = re.compile(
    r"[\s,;.:/()\-_*]{0,4}(?P<prefix>[yY]?[pPcC]? ?)N ?(?P<digit>[0-3xXOoQDIl|!]|i(?![a-z]{2}))"
    r"(?P<suffix>(?! [cC] ?M) ?[a-cA-C](?![a-zA-LN-Z])[1-3]?| ?mi\b|[Iil]c\b)?(?P<extra> ?\((?:i|mol|sn)[+\-]?\))?"
)
_PN = re.compile(
    r"[pP] {0,2}N {0,2}(?P<digit>[0-3xXOoQIl|!]|i(?![a-z]{2}))(?P<suffix> ?[a-cA-C](?![a-zA-LN-Z])| ?mi\b)?"
)
_M = re.compile(
    r"[\s,;.:/()\-_*]{0,4}(?P<prefix>[yY]?[pPcC]? ?)M ?(?P<digit>[01xXOoQIl|!]|i(?![a-z]{2}))(?P<suffix> ?[a-d](?![a-z])[1-3]?)?"
)
_PM = re.compile(
    r"(?!PM ?[Iil|!]|PM 1)[pPcC] {0,2}M {0,2}(?P<digit>[01xXOoQIl|!]|i(?![a-z]{2}))(?P<suffix> ?[a-d](?![a-zA-Z])[1-3]?)?"
)
_GAP_IN_GROUP = re.compile(r" ?(?:\((?:m|sn|\d)\)|\(?(?:\(?\d{1,3} ?/ ?\d{1,3}\)?)?\)?)")
_PREFIX = re.compile(r"(?:\b(?P<y>[yY]) ?)?(?P<basis>[pPcC])[ _:.]?$|\b(?P<restage>r|a)$")
_STAGE_WORDS = re.compile(
    r"stag|tnm|ajcc|uicc|a[j\]]cc|classif|categor|patholog\S{0,4} t\b|primary tumou?r|\(p?t\)|\bp?t:|bladder ?:|prostate ?:"
)
# What may follow without a blank: another letter of the classification; behind noise only with its figure ("p TIRE" is a word).
_NEXT = {False: re.compile(r"[pTRGLVM]"), True: re.compile(r"p ?[NM]|[RGLVM] ?[0-4OxX]")}
_UROTHELIAL = re.compile(r"urothelial|transitional[ -]cell")
# Organs whose staging has a Ta; elsewhere "pTa" has lost its figure.
_HAS_TA = re.compile(r"urothel|transitional|bladder|ureter|urethr|penis|penile|renal pelvis")


@dataclass(frozen=True, slots=True)
class Token:
    """One stated category with its place, its basis (p, c, yp, …; None if not printed) and how it was recognised.

    grouped: it stands beside another letter's ("pT2 N0"), as no line of a printed list does.
    """

    letter: str
    value: str
    start: int
    end: int
    basis: str | None
    rule: str
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """T with the N and M that stand beside it."""

    t: Token
    n: Token | None = None
    m: Token | None = None

    @property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(token for token in (self.t, self.n, self.m) if token)


def groups(layout: Layout) -> tuple[Group, ...]:
    """Every T that is a stage, with its N and M; looked for once in a text."""
    return layout.once(_groups)


def _groups(layout: Layout) -> tuple[Group, ...]:
    return tuple(group for match in _T.finditer(layout.text) if (group := _group(layout, match)))


def _group(layout: Layout, match: re.Match[str]) -> Group | None:
    text = layout.text
    start, basis = _basis(text, match.start())
    if _is_prose(match, basis) or (start > 0 and text[start - 1].isalnum() and not _after_t(text, start)):
        return None
    n = _beside(text, match.end(), _N, "N", basis)
    m = _beside(text, n.end if n else match.end(), _M, "M", basis)
    rule = _why_stage(layout, match, start, basis, n, m)
    if rule is None:
        return None
    return Group(Token("T", _t_value(match), start, match.end(), basis, rule, bool(n or m)), n, m)


def _why_stage(
    layout: Layout, match: re.Match[str], start: int, basis: str | None, n: Token | None, m: Token | None
) -> str | None:
    """The reason to take this T for a stage, or None."""
    text, end = layout.text, match.end()
    noisy = match["digit"] is not None and match["digit"] not in "01234xX"
    if text[end : end + 1].isalnum() and n is None and not _NEXT[noisy].match(text, end):
        return None
    if noisy and (basis in ("r", "a") or match["gap"] or _impossible(layout, match)):
        return None
    if match["a"] and not layout.once(_has_ta):
        return None
    if basis:
        return "tnm_prefixed_noisy" if noisy else "tnm_prefixed"
    if n is not None and (n.basis or m is not None or not noisy):
        return "tnm_group"
    said = _STAGE_WORDS.search(layout.low, max(0, start - 40), start)
    return "tnm_after_word" if said and not noisy and "weighted" not in layout.low[end : end + 12] else None


def _impossible(layout: Layout, match: re.Match[str]) -> bool:
    """The prostate has no pathological T1 and the bladder no T1a, so that an I read there is what is left of another
    figure ("pTIa" for pT3a)."""
    return layout.once(_of_prostate) or bool(match["letter"] and layout.once(_of_bladder))


def _has_ta(layout: Layout) -> bool:
    return bool(_HAS_TA.search(layout.low))


def _of_prostate(layout: Layout) -> bool:
    return "gleason" in layout.low


def _of_bladder(layout: Layout) -> bool:
    return bool(_UROTHELIAL.search(layout.low))


def _after_t(text: str, start: int) -> bool:
    """ "pTisT3b": two tumours' categories run together."""
    return text[max(0, start - 3) : start] in ("Tis", "TIS") or text[max(0, start - 2) : start] in ("Ta", "is")


def _is_prose(match: re.Match[str], basis: str | None) -> bool:
    """ "at a", "part 1", "T i": lower-case or spaced letters that only look like a category."""
    if match["a"] or match["is"]:
        return bool(match["gap"]) or match[0][0] == "t"
    if match[0][0] == "t":
        return basis is None or basis[-1] not in "pc" or bool(match["gap"]) or match["digit"] not in "1234"
    return (bool(match["gap"]) and match["digit"] in "i|O" and basis is None) or match[0][1:] == " i"


def _basis(text: str, start: int) -> tuple[int, str | None]:
    """Where the prefix begins and what it says: p, c, yp, yc, r, a."""
    match = _PREFIX.search(text, max(0, start - 5), start)
    if match is None or (match.start() > 0 and text[match.start() - 1].isalnum()):
        return start, None
    printed = match[0].strip(" _:.").lower().replace(" ", "")
    return match.start(), printed


def _t_value(match: re.Match[str]) -> str:
    if match["is"]:
        return "Tis"
    if match["a"]:
        return "Ta"
    return "T" + _DIGITS.get(match["digit"], match["digit"]).upper() + _suffix(match["letter"])


def _suffix(printed: str | None) -> str:
    """``a``, ``b1``, ``mi``: the sub-category, with OCR's l and I read as 1."""
    clean = (printed or "").strip().lower()
    return clean[:1] + clean[1:].replace("l", "1").replace("i", "1") if clean != "mi" else clean


def _beside(text: str, end: int, pattern: re.Pattern[str], letter: str, basis: str | None) -> Token | None:
    gap = _GAP_IN_GROUP.match(text, end)
    match = pattern.match(text, gap.end() if gap else end) or pattern.match(text, end)
    if match is None or _is_word(text, match):
        return None
    own = match["prefix"].strip().lower() or basis
    value = letter + _DIGITS.get(match["digit"], match["digit"]).upper() + _suffix(match["suffix"])
    return Token(letter, value, match.start("prefix"), match.end(), own or None, "tnm_group", True)


def _is_word(text: str, match: re.Match[str]) -> bool:
    """ "NO" for N0 is also the word no, "MI" is also a word: letters that go on, or a sentence that goes on."""
    digit, after = match["digit"], text[match.end() : match.end() + 12]
    if digit in "0123" or match["suffix"] or text[match.end("prefix") - 1].isalnum():
        return False
    if digit in "xX":
        return after[:1].isalpha() and after[:1] not in "pMcGLRV"
    if not match["prefix"] and re.match(r"[A-Za-z]", after) and after[0] not in "pM":
        return True
    return (
        bool(re.match(r"[ ]+(?![pPcC]?M ?[0-9xXOoIl]|[GLRV] ?[0-9OI]|Stage|STAGE|stage)[A-Za-z]{2}", after))
        and not match["prefix"]
    )


def loose(layout: Layout) -> Iterator[Token]:
    """pN and pM that stand alone."""
    for letter, pattern in (("N", _PN), ("M", _PM)):
        for match in pattern.finditer(layout.text):
            before = layout.text[max(0, match.start() - 2) : match.start()]
            after_treatment = before[-1:] in ("y", "Y") and not before[:-1].isalnum()
            if (before[-1:].isalnum() and not after_treatment) or (
                layout.text[match.end() : match.end() + 1].isalpha() and match["digit"] not in "0123"
            ):
                continue
            # "Distant metastasis (pNI)": what noise made of the form's own (pM).
            if match["digit"] in "Il|!i" and layout.low.endswith("metastasis (", 0, match.start()):
                continue
            value = letter + _DIGITS.get(match["digit"], match["digit"]).upper() + _suffix(match["suffix"])
            yield Token(letter, value, match.start(), match.end(), match[0][0].lower(), "tnm_prefixed")
