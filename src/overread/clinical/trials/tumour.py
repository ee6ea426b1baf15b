"""Conditions on the cancer: where it is, stage, spread, nodes, receptors and other markers, proof by histology."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from overread.clinical.record import Record, Value

from .atoms import SILENT, Atom, Truth, asking, judged, silent
from .tables import SITES
from .verdict import Why

_CANCER = r"(?:cancers?|carcinomas?|adenocarcinomas?|neoplasms?|tumou?rs?|malignanc(?:y|ies))"
_SITE_WORDS = "|".join(sorted((w for words, _ in SITES.values() for w in words), key=len, reverse=True))
_SITE = re.compile(
    rf"\b({_SITE_WORDS})\s+{_CANCER}\b|\b{_CANCER} of the ({_SITE_WORDS})\b|\b(nsclc|sclc|melanoma|glioblastoma)\b",
    re.IGNORECASE,
)
_STAGE_ONE = r"(?:IV|I{1,3}|[0-4])(?:[A-D][1-3]?)?"
_STAGE = re.compile(
    rf"\bstages?:?\s+({_STAGE_ONE}(?:(?:\s?(?:-|–|,|/|&|to|or|and|through|and/or|stage)\s?){{1,3}}{_STAGE_ONE}){{0,6}})(?![\w.])",
    re.IGNORECASE,
)
_GROUPS = ("0", "I", "II", "III", "IV")
_ORDER = tuple(f"{g}{s}" for g in _GROUPS for s in ("", "A", "B", "C", "D"))
_SPREAD = re.compile(r"\b(?:metastatic(?: disease)?|distant metasta(?:sis|ses|tic disease)|M1)\b|\bM0\b", re.IGNORECASE)
_OTHER_SPREAD = re.compile(
    r"\b(?:brain|cns|bone|liver|visceral|leptomeningeal|nod(?:e|al)|lung|skin|central nervous system)\W{0,3}$",
    re.IGNORECASE,
)
_NODES = re.compile(r"\b(?:(?:lymph )?node[- ](positive|negative)|(N0)|(N\+))(?!\w)", re.IGNORECASE)
_POS = r"(?:[- ]?positive|\s?\(?\+\)?(?![\w/])|[- ]positivity)"
# A bare minus counts only where the words go on as they would after one: ``HER2-, early``, never ``ER - positive``.
_MINUS = r"\s?\(?[-–−]\)?(?=\s{0,3}(?:[,;.)]|$|(?:and|or|breast|early|invasive|disease)\b))"
_NEG = rf"(?:[- ]?negative|[- ]negativity|{_MINUS})"
_ER = r"(?:(?:o?estrogen[- ]receptors?)(?: ?\(ER\))?|ER)"
_PR = r"(?:(?:progesterone[- ]receptors?)(?: ?\((?:PR|PgR)\))?|PgR|PR)"
_HER2 = r"(?:(?:human epidermal growth factor receptor 2)(?: ?\(HER-?2\))?|HER-?2(?:/neu)?)"
_HR = r"(?:hormone[- ]receptors?(?: ?\(HR\))?|HR)"
_EITHER = re.compile(
    rf"\b(?:{_ER}{_POS}?\s?(?:and/or|or|/|and / or)\s?{_PR}{_POS}|estrogen and/or progesterone receptor{_POS}|{_HR}{_POS})",
    re.IGNORECASE,
)
_NEITHER = re.compile(rf"\b(?:{_HR}{_NEG}|{_ER}{_NEG}?\s?(?:and|/)\s?{_PR}{_NEG})", re.IGNORECASE)
_TRIPLE = re.compile(r"\b(?:triple[- ]negative|TNBC)\b(?: breast cancer)?(?: \(TNBC\))?", re.IGNORECASE)
_GENES = "egfr alk ros1 braf kras nras met ret ntrk brca1 brca2 pik3ca idh1 kit tp53".split()  # noqa: SIM905
_GENE = re.compile(
    rf"\b({'|'.join(_GENES)})[- ](?:(mutations?|mutated|mutant|positive|rearrangements?|fusions?|rearranged)|(wild[- ]type|negative))\b",
    re.IGNORECASE,
)
_PROOF = re.compile(
    r"\b(?:histologic(?:al)?(?:ly)?|histopathologic(?:al)?(?:ly)?|patholog(?:ic|ical|ically))[ -](?:confirmed|proven|documented|"
    r"confirmation(?: of)?|verified|diagnosed|diagnosis(?: of)?)(?!\w)", re.IGNORECASE
)  # fmt: skip
_INVASIVE = re.compile(r"\b(?:invasive|infiltrating)\b", re.IGNORECASE)


def site(text: str) -> Iterator[Atom]:
    for m in _SITE.finditer(text):
        name = next(n for n, (words, _) in SITES.items() if next(filter(None, m.groups())).lower() in words)
        yield Atom(m.start(), m.end(), f"cancer of the {name}", asking(at_site, name))


def at_site(record: Record, wanted: str) -> Truth:
    """By the ICD-O-3 code, else by the words for site and cancer. An unknown place settles nothing."""
    facts = tuple(f for name in ("site_code", "site", "cancer") for f in record.all(name))
    places = {place for f in facts if (place := _place(str(f.value)))}
    said = "the record says " + ", ".join(dict.fromkeys(f.text for f in facts)) if facts else SILENT
    if not places:
        return silent(facts, said)
    if places == {wanted}:
        return Truth(True, said, facts)
    return Truth(None, said, facts, Why.CONTRADICTORY) if wanted in places else Truth(False, said, facts)


def _place(text: str) -> str | None:
    if re.fullmatch(r"C\d\d(\.\d)?", text):
        return next((n for n, (_, codes) in SITES.items() if text[:3] in codes), f"code {text[:3]}")
    words = set(re.findall(r"\w+", text.lower()))
    found = [n for n, (names, _) in SITES.items() if words & set(names)]
    return found[0] if len(found) == 1 else None


def stage(text: str) -> Iterator[Atom]:
    for m in _STAGE.finditer(text):
        wanted = _stages(m[1])
        if wanted:
            yield Atom(m.start(), m.end(), m[0], asking(judged, "stage_group", partial(_within, wanted)))


def _stages(text: str) -> frozenset[str]:
    """Every sub-group that the words cover: ``IIA-IIIB`` is IIA, IIB, IIC, IID, III is not (it may be IIIC)."""
    named = [_roman(n) for n in re.findall(rf"(?<!\w){_STAGE_ONE}(?!\w)", text, re.IGNORECASE)]
    if re.search(r"-|–|\bto\b|\bthrough\b", text, re.IGNORECASE):
        if len(named) != 2:
            return frozenset()
        first, last = _leaves(named[0])[0], _leaves(named[1])[-1]
        return frozenset(_ORDER[_ORDER.index(first) : _ORDER.index(last) + 1]) - _partial(named)
    return frozenset(leaf for name in named for leaf in _leaves(name))


def _partial(ends: list[str]) -> frozenset[str]:
    """The bare group of an end that names a sub-group is only partly covered."""
    return frozenset(end.rstrip("ABCD") for end in ends if end[-1] in "ABCD")


def _roman(stage_: str) -> str:
    text = stage_.upper()
    head = _GROUPS[int(text[0])] + text[1:] if text[0].isdigit() else text
    return head.rstrip("123")


def _leaves(group: str) -> tuple[str, ...]:
    return (group,) if group[-1] in "ABCD" else tuple(group + s for s in ("", "A", "B", "C", "D"))


def _within(wanted: frozenset[str], value: Value) -> bool | None:
    """True or False when the stated group lies wholly inside or outside; None when it is too coarse or unreadable."""
    found = re.fullmatch(rf"(?:stage\s+)?({_STAGE_ONE})", str(value).strip(), re.IGNORECASE)
    if not found:
        return None
    leaves = set(_leaves(_roman(found[1])))
    if leaves <= wanted:
        return True
    return False if leaves.isdisjoint(wanted) else None


def spread(text: str) -> Iterator[Atom]:
    """Distant metastases in general. ``Brain metastases`` and the like ask more, and are left alone."""
    for m in _SPREAD.finditer(text):
        if not _OTHER_SPREAD.search(text[: m.start()]):
            absent = m[0].upper() == "M0"
            label = "no distant metastases (M0)" if absent else "distant metastases"
            yield Atom(m.start(), m.end(), label, asking(_spread, absent))


def _spread(record: Record, absent: bool) -> Truth:
    by_m = judged(record, "m", lambda v: _m1(str(v)))
    found = by_m if by_m.facts else judged(record, "stage_group", lambda v: _within(frozenset(_leaves("IV")), v))
    if found.value is None or not absent:
        return found
    return Truth(not found.value, found.said, found.facts)


def _m1(value: str) -> bool | None:
    m = re.search(r"M([01])", value.upper())
    return m[1] == "1" if m else None


def nodes(text: str) -> Iterator[Atom]:
    for m in _NODES.finditer(text):
        wanted = (m[1] or "").lower() == "positive" or bool(m[3])
        label = "lymph nodes involved" if wanted else "lymph nodes not involved"
        yield Atom(m.start(), m.end(), label, asking(_nodes, wanted))


def _nodes(record: Record, wanted: bool) -> Truth:
    if record.all("nodes_positive"):
        return judged(record, "nodes_positive", lambda v: (float(str(v)) > 0) is wanted)
    return judged(
        record, "n", lambda v: None if not (m := re.search(r"N([0-3])", str(v).upper())) else (m[1] != "0") is wanted
    )


def receptors(text: str) -> Iterator[Atom]:
    """The combinations first, so that ``ER and/or PR positive`` is one condition."""
    for m in _EITHER.finditer(text):
        yield Atom(
            m.start(),
            m.end(),
            "ER or PR positive",
            lambda r, _d: _any_of(_marker(r, "er", True), _marker(r, "pr", True)),
        )
    for m in _NEITHER.finditer(text):
        yield Atom(
            m.start(),
            m.end(),
            "ER and PR negative",
            lambda r, _d: _all_of(_marker(r, "er", False), _marker(r, "pr", False)),
        )
    for m in _TRIPLE.finditer(text):
        yield Atom(m.start(), m.end(), "ER, PR and HER2 negative",
                   lambda r, _d: _all_of(*(_marker(r, f, False) for f in ("er", "pr", "her2"))))  # fmt: skip
    for field, name in (("er", _ER), ("pr", _PR), ("her2", _HER2)):
        for m in re.finditer(rf"\b{name}(?:({_POS})|{_NEG})", text, re.IGNORECASE):
            yield _marker_atom(m, field, bool(m[1]))


def genes(text: str) -> Iterator[Atom]:
    for m in _GENE.finditer(text):
        yield _marker_atom(m, m[1].lower(), bool(m[2]))


def _marker_atom(m: re.Match[str], field: str, positive: bool) -> Atom:
    label = f"{field.upper()} {'positive' if positive else 'negative'}"
    return Atom(m.start(), m.end(), label, asking(_marker, field, positive))


def _marker(record: Record, field: str, positive: bool) -> Truth:
    wanted = "positive" if positive else "negative"
    return judged(record, field, lambda v: None if v == "equivocal" else v == wanted)


def _any_of(*truths: Truth) -> Truth:
    if any(t.value for t in truths):
        return next(t for t in truths if t.value)
    return _joined(False, truths)


def _all_of(*truths: Truth) -> Truth:
    if any(t.value is False for t in truths):
        return next(t for t in truths if t.value is False)
    return _joined(True, truths)


def _joined(value: bool, truths: tuple[Truth, ...]) -> Truth:
    """All must be known for the answer that needs all of them."""
    facts = tuple(f for t in truths for f in t.facts)
    said = "; ".join(dict.fromkeys(t.said for t in truths))
    open_ = next((t for t in truths if t.value is None), None)
    return Truth(None, said, facts, open_.why) if open_ else Truth(value, said, facts)


def proof(text: str) -> Iterator[Atom]:
    """Histological proof: the record holds a histology."""
    for m in _PROOF.finditer(text):
        yield Atom(m.start(), m.end(), "histological proof", asking(_proved))


def _proved(record: Record) -> Truth:
    facts = record.all("histology") + record.all("histology_code")
    return Truth(True, "the record holds a histology: " + facts[0].text, facts) if facts else silent()


def invasive(text: str) -> Iterator[Atom]:
    for m in _INVASIVE.finditer(text):
        yield Atom(m.start(), m.end(), "invasive", asking(_invasive))


def _invasive(record: Record) -> Truth:
    """By the ICD-O-3 behaviour (/3 invasive, /2 in situ), the histology's words, or a T category of 1 to 4."""
    by_code = judged(record, "histology_code", lambda v: {"3": True, "2": False}.get(str(v).partition("/")[2]))
    by_words = judged(record, "histology", lambda v: _words_say_invasive(str(v)))
    by_t = judged(record, "t", lambda v: True if re.search(r"T[1-4]", str(v).upper()) else None)
    known = [t for t in (by_code, by_words, by_t) if t.value is not None]
    if len({t.value for t in known}) == 2:
        return Truth(
            None, "; ".join(t.said for t in known), tuple(f for t in known for f in t.facts), Why.CONTRADICTORY
        )
    return known[0] if known else silent()


def _words_say_invasive(histology: str) -> bool | None:
    """Both named (invasive with an in situ part) is invasive; a negated word settles nothing."""
    if re.search(
        r"\b(?:no|not|non|without|micro)[ -]?(?:evidence of )?(?:invasive|invasion|infiltrating)",
        histology,
        re.IGNORECASE,
    ):
        return None
    if _INVASIVE.search(histology):
        return True
    return False if re.search(r"\bin[- ]situ\b", histology, re.IGNORECASE) else None
