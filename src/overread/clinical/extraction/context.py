"""Who the patient is beside the tumour: performance status, smoking, exposure, menopause, as a note states them."""

from __future__ import annotations

import re
from collections.abc import Callable

from . import illnesses, labs
from .found import Finds, Found
from .negation import DENIED_BEFORE, clause_before
from .passages import Part, Passages, passages
from .sections import Layout

_EARLIER = re.compile(
    r"\b(?:previous(?:ly)?|prior|formerly|at (?:diagnosis|presentation)|initial(?:ly)?|baseline|in the past)\b[^.;\n]{0,40}$"
)
_OF_ANOTHER = re.compile(
    r"\b(?:mother|father|brothers?|sisters?|husband|wife|spouse|parents?|aunts?|uncles?|sons?|daughters?|cousins?|grand\w+|"
    r"boyfriend|girlfriend|partner|family|sibling|co-?workers?|roommate)(?:'s)?\b[^.;\n]{0,60}$"
)

_BETWEEN = r"(?:[ \t]*(?:performance|status|score|scale|grade|ps|of|is|was|\(ps\)|currently|today|at|=|:|-)){0,6}[ \t]*"
_ECOG = re.compile(
    rf"\b(?:ecog|performance status \(ecog\)|eastern cooperative oncology group){_BETWEEN}(?P<low>[0-4])(?: ?(?:-|–|to|or|/) ?(?P<high>[0-4]))?(?![\d%/]|\.\d)"
)
_KARNOFSKY = re.compile(
    rf"\b(?:karnofsky|kps)(?: performance)?(?: status)?{_BETWEEN}(?P<low>100|[1-9]0)(?: ?%)?(?: ?(?:-|–|to|or) ?(?P<high>100|[1-9]0))?(?!\d|\.\d)"
)


def read(layout: Layout) -> Finds:
    """Everything of this file, of illnesses and of the laboratory, with one look for the note's headings."""
    parts = layout.once(passages)
    for words, reader in _READERS:
        if any(word in layout.low for word in words):
            yield from reader(layout, parts)
    yield from labs.read(layout)
    yield from illnesses.read(layout, parts)


def _performance(layout: Layout, parts: Passages) -> Finds:
    for field, pattern in (("ecog", _ECOG), ("karnofsky", _KARNOFSKY)):
        for match in pattern.finditer(layout.low):
            about = "history" if _EARLIER.search(clause_before(layout.low, match.start())) else None
            for value in sorted({int(match["low"]), int(match["high"] or match["low"])}):
                yield Found(field, value, match.start(), match.end(), f"{field}_stated", about)


# --- smoking

_SMOKING: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "never",
        re.compile(
            r"\b(?:never[ -]?(?:smoked|smoker|used tobacco|smoking|a smoker)|life(?:-| )?(?:long|time) (?:non-?|never[ -]?)smoker|has never (?:smoked|used tobacco|been a smoker)|"
            r"(?:no|denies(?: any)?|without(?: any)?|negative for(?: any)?) (?:prior |past |previous )?(?:history of|hx of) (?:smoking|tobacco|cigarettes?))\b"
        ),
    ),
    (
        "former",
        re.compile(
            r"\b(?:former|ex|past|previous|prior|remote|reformed)[ -](?:heavy |cigarette |tobacco |light )?smoker|\b(?:quit|stopped|discontinued|gave up) (?:smoking|tobacco|cigarettes)\b|"
            r"\bno longer smokes|\b(?:remote|previous|past|former) (?:history of )?(?:smoking|tobacco(?: use| abuse)?)\b|\bsmoked [^.;\n]{3,60}\b(?:quit|stopped)\b|"
            r"\bsmoker [^.;\n]{0,30}\bquit\b|\b(?:used to|previously|formerly) smoked?\b"
        ),
    ),
    (
        "current",
        re.compile(
            r"\b(?:current(?:ly)?|active|heavy|chronic|continued|continues to)[ -](?:every ?day |cigarette |tobacco |heavy )?smok(?:er|es|ing|e)\b|"
            r"\b(?:she|he|patient|who|and|still|currently) (?:still )?smokes\b|\bis a smoker\b|\b(?:still|continues) smoking\b"
        ),
    ),
)
_NOT_NOW = re.compile(
    r"\b(?:non-?smoker|does not (?:currently )?smoke|doesn't smoke|(?:no|denies(?: any)?|denied(?: any)?|negative for|non-?) ?"
    r"(?:tobacco|smoking|cigarettes?|nicotine)(?: use| abuse| usage)?)\b"
)
_TOBACCO_ANSWER = re.compile(
    r"\b(?:tobacco|smoking)(?: use| history| status)?: {0,2}(?P<a>never|none|no\b|denies|negative|former|quit|current|yes)"
)
_ANSWERS = {"never": "never", "former": "former", "quit": "former", "current": "current"}
_PACK_YEARS = re.compile(r"(?<![\d.\-/])(?P<n>\d{1,3}(?:\.\d)?)\+?[ -]*pack[ -]*(?:(?:per|a)[ -])?years?\b")


def _smoking(layout: Layout, parts: Passages) -> Finds:
    for value, pattern in _SMOKING:
        for match in pattern.finditer(layout.low):
            if _own(layout, match, parts) and not (value == "current" and _denied(layout, match)):
                yield Found("smoking", value, match.start(), match.end(), "smoking_stated")
    for match in _TOBACCO_ANSWER.finditer(layout.low):
        if match["a"] in _ANSWERS:
            yield Found("smoking", _ANSWERS[match["a"]], match.start(), match.end(), "smoking_stated", rank=1)
    for match in _NOT_NOW.finditer(layout.low):
        if _own(layout, match, parts):
            yield Found("denied", "smoking", match.start(), match.end(), "denied_stated")
    for match in _PACK_YEARS.finditer(layout.low):
        if _own(layout, match, parts):
            yield Found("pack_years", float(match["n"]), match.start(), match.end(), "pack_years_stated")


def _own(layout: Layout, match: re.Match[str], parts: Passages) -> bool:
    """It is the patient's, not a relative's."""
    return parts.at(match.start()) is not Part.FAMILY and not _OF_ANOTHER.search(
        clause_before(layout.low, match.start())
    )


def _denied(layout: Layout, match: re.Match[str]) -> bool:
    before = clause_before(layout.low, match.start())
    return bool(DENIED_BEFORE.search(before) or _DENIED_TOO.search(before))


_DENIED_TOO = re.compile(r"\b(?:denied|denying|abstains|abstinent|negative)\b[^.;:\n]{0,50}$|\bnon-? ?$")

# --- menopause and exposure

_MENOPAUSE = re.compile(r"\b(?P<stage>pre|peri|post)[ -]?menopaus(?:al|e)\b")
_EXPOSURES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words))
    for name, words in (
        ("asbestos", r"\basbestos\b(?! ?bodies)"),
        ("radon", r"\bradon\b"),
        ("benzene", r"\bbenzene\b"),
        ("agent orange", r"\bagent orange\b"),
        ("silica", r"\bsilica\b|\bsandblast"),
        ("second-hand smoke", r"\b(?:second-?hand|passive|environmental tobacco) smok(?:e|ing)\b"),
        ("ionising radiation", r"\bradiation exposures?\b|\bexposures? to (?:ioni[sz]ing )?radiation\b|\bexposed to (?:ioni[sz]ing )?radiation\b"),
        ("ultraviolet light", r"\b(?:sun|ultraviolet|uv)(?: light)?[ -](?:exposure|damage)\b|\b(?:severe |blistering )?sunburns?\b|\btanning beds?\b"),
        ("chemicals", r"\bexpos(?:ed|ure) to (?:\w+ ){0,2}(?:chemicals|solvents|pesticides|fumes|toxins|dust|diesel|paint)\b|\b(?:chemical|pesticide|toxic|occupational|industrial) exposures?\b"),
        ("alcohol", r"\b(?:alcohol|etoh|ethanol)(?: (?:use|abuse|intake|consumption|dependence|history|socially|occasionally|daily))?\b(?! ?(?:swab|pad|prep|wipe|pledget|based|free))|\balcoholi(?:c|sm)\b|\b(?:social|heavy|moderate|occasional) drinker\b|\b(?:he|she|patient|who|and|only|occasionally|socially) drinks\b(?! (?:water|plenty|milk|fluids|coffee|juice|tea|about \w+ (?:glass|cup)))"),
    )
)  # fmt: skip
_AGENTS = (
    "expos",
    "asbestos",
    "radon",
    "benzene",
    "agent orange",
    "silica",
    "sandblast",
    "smok",
    "sunburn",
    "tanning",
    "sun ",
    "alcohol",
    "etoh",
    "ethanol",
    "drink",
)
_USES_ALCOHOL = re.compile(
    r"\b(?:use|abuse|intake|consumption|dependence|socially|occasional|daily|drink|alcoholi|history of|moderate|heavy|drinker)"
)
_ADVICE = re.compile(
    r"\b(?:avoid|avoidance|protect|minimi[sz]e|limit|sunscreen|should|counsel|advis|instruct|prepped|cleansed|cleaned|fetal)\w*\b"
)
_HOW_MUCH = re.compile(
    r"\b(?:abuse|dependence|heav(?:y|ily)|moderate(?:ly)?|social(?:ly)?|occasional(?:ly)?|rare(?:ly)?|infrequent(?:ly)?|daily|quit|formerly|used to|in the past|previous(?:ly)?)\b"
)
_WORK = re.compile(
    r"\b(?:worked|works|employed|retired|working) (?:for \w+ (?:years )?)?(?:as|from being) an? (?P<work>[a-z][a-z\-]{2,20}(?: (?!and\b|at\b|in\b|for\b|with\b|but\b|who\b|she\b|he\b)[a-z\-]{2,20}){0,2})"
)


def _menopause(layout: Layout, parts: Passages) -> Finds:
    for match in _MENOPAUSE.finditer(layout.low):
        if _own(layout, match, parts) and not _denied(layout, match):
            yield Found("menopausal_status", match["stage"], match.start(), match.end(), "menopause_stated")


def _exposures(layout: Layout, parts: Passages) -> Finds:
    for name, pattern in _EXPOSURES:
        for match in pattern.finditer(layout.low):
            start, end = layout.line(match.start())
            sentence = _sentence(
                layout.low, match.start(), max(start, match.start() - 150), min(end, match.end() + 100)
            )
            if not _own(layout, match, parts) or _ADVICE.search(sentence):
                continue
            if _denied(layout, match) or _answered_no(layout, match):
                yield Found("denied", f"exposure: {name}", match.start(), match.end(), "denied_stated")
            elif name != "alcohol" or _USES_ALCOHOL.search(sentence):
                yield Found("exposure", _amount(name, sentence), match.start(), match.end(), "exposure_stated")


def _occupation(layout: Layout, parts: Passages) -> Finds:
    for match in _WORK.finditer(layout.low):
        if _own(layout, match, parts) and not _denied(layout, match):
            yield Found("occupation", match["work"].strip(), match.start(), match.end(), "occupation_stated")


def _amount(name: str, sentence: str) -> str:
    """How much, in the note's words, where it says so; only of alcohol."""
    said = _HOW_MUCH.search(sentence) if name == "alcohol" else None
    return f"{name}, {said[0]}" if said else name


def _sentence(low: str, at: int, start: int, end: int) -> str:
    first = max(low.rfind(". ", start, at), low.rfind(";", start, at), start)
    last = low.find(". ", at, end)
    return low[first : last if last > 0 else end]


def _answered_no(layout: Layout, match: re.Match[str]) -> bool:
    return bool(_NO_AFTER.match(layout.low, match.end(), match.end() + 60))


_NO_AFTER = re.compile(
    r"(?: (?:use|exposure|abuse))? ?(?:: {0,4}|- ?|is |was )?(?:none|denie[sd]|negative|never|no\b)|[^.;:\n]{0,40}\b(?:(?:is|was|were|are) denied|denies)\b"
)


# Words that must occur, and who is then asked.
_READERS: tuple[tuple[tuple[str, ...], Callable[[Layout, Passages], Finds]], ...] = (
    (("ecog", "eastern coop", "karnofsky", "kps"), _performance),
    (("smok", "tobacco", "cigar", "pack", "nicotine"), _smoking),
    (("menopaus",), _menopause),
    (_AGENTS, _exposures),
    (("worked", "works as", "employed", "retired"), _occupation),
)
