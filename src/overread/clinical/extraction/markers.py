"""Biomarkers, each with the result that the report gives it. No result is worked out from a score or a percentage."""

from __future__ import annotations

import re

from . import marker_figures
from .earlier import repeated
from .found import Finds, Found
from .negation import DENIED_BEFORE, clause_after, clause_before
from .occurrences import around, occurrences
from .sections import Layout

# field, an anchor that must occur, how it is named. Short names need a word boundary on both sides.
_NAMES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "er",
        ("estrogen", "oestrogen", "er ", "er:", "er(", "er,", "er/"),
        r"o?estrogen receptors?(?: ?\(er\))?|\ber\b(?: ?\((?:clone )?[a-z0-9]{1,6}\))?(?= ?(?:[:(/,+-]|is\b|status|positive|negative|\d|receptor|and pr))",
    ),
    (
        "pr",
        ("progesterone", "pr ", "pr:", "pr(", "pr,", "/pr"),
        r"progesterone receptors?(?: ?\((?:pr|pgr)\))?|\b(?:pr|pgr)\b(?= ?(?:[:(/,+-]|is\b|status|positive|negative|\d|receptor))",
    ),
    (
        "her2",
        ("her2", "her-2", "her 2", "erbb2"),
        r"her[- ]?2(?:[ /-]{0,2}neu)?(?: \(erbb2\))?(?: protein)?(?: (?:ihc|fish|ish))?|erbb2",
    ),
    (
        "msi",
        ("msi", "mss", "microsatellite"),
        r"microsatellite (?:instability|status|stability)(?: ?\(msi\))?|\bmsi\b(?!-)",
    ),
    ("mmr", ("mismatch", "mmr"), r"(?:dna )?mismatch repair(?: proteins?)?(?: ?\(mmr\))?|\bmmr\b(?: proteins?)?"),
    ("egfr", ("egfr",), r"\begfr\b"),
    ("alk", ("alk",), r"\balk(?:-1)?\b(?! phos)"),
    ("ros1", ("ros1", "ros-1"), r"\bros-?1\b"),
    ("braf", ("braf", "b-raf"), r"\bb-?raf\b(?: v600e?)?"),
    ("kras", ("kras", "k-ras"), r"\bk-?ras\b"),
    ("nras", ("nras", "n-ras"), r"\bn-?ras\b"),
    ("met", ("c-met", "cmet", "met exon", "met amplification"), r"\bc-?met\b|\bmet (?:exon 14|amplification)"),
    ("ret", ("ret ",), r"\bret (?:fusion|rearrangement|gene)"),
    ("ntrk", ("ntrk",), r"\bntrk[123]?\b"),
    ("brca1", ("brca1", "brca 1", "brca-1"), r"\bbrca[- ]?1\b"),
    ("brca2", ("brca2", "brca 2", "brca-2"), r"\bbrca[- ]?2\b"),
    ("pik3ca", ("pik3ca",), r"\bpik3ca\b"),
    ("idh1", ("idh1", "idh-1", "idh 1"), r"\bidh[- ]?1\b(?: ?\(?r132h\)?)?"),
    (
        "kit",
        ("kit", "cd117"),
        r"\bc-kit\b|\bcd117\b|\bkit\b(?=(?: gene)?(?: exon \d| mutation| variant| wild|[ :]{1,2}(?:p\.|not detected|no )))",
    ),
    ("p16", ("p16",), r"\bp16\b"),
    (
        "hpv",
        ("hpv", "papilloma"),
        r"\bhpv\b(?: ?(?:16|18|ish|in situ hybridization))?|human papilloma ?virus(?: ?\(hpv\))?",
    ),
    ("tp53", ("tp53", "p53"), r"\bt?p53\b"),
)
# How many of the anchors are longer words; and the short name, which begins with its letters so that it is found quickly.
_SHORT = {"er": 2, "pr": 1}
_AS_WORDS = {
    "er": re.compile(r"er\b(?<![a-z0-9_]er)"),
    "pr": re.compile(r"p(?:g)?r\b(?<![a-z0-9_]pr)(?<![a-z0-9_]pgr)"),
}
_PATTERNS = tuple((field, anchors, re.compile(names)) for field, anchors, names in _NAMES)
_RESULT = re.compile(
    r"(?P<skip>pending|not (?:performed|done|evaluated|tested|ordered|available|reported)|\bordered|to follow|unknown|control|insufficient|cannot)|"
    r"(?P<equivocal>equivocal|indeterminate|borderline|inconclusive|2\+ ?\(equivocal)|"
    r"(?P<negative>negative|not (?:\w+ )?(?:detected|identified|amplified|mutated|rearranged|expressed|present|overexpressed)|non-?amplified|wild[ -]?type|"
    r"no (?:[\w\-]+ ){0,3}(?:mutations?|variants?|alterations?|rearrangements?|amplification|expression|fusion|over-?expression|staining)|non-?reactive|absent|unamplified|\(-\))|"
    r"(?P<positive>positive|detected|amplified|mutated|mutation (?:is )?(?:present|identified)|rearranged|over-?expressed|(?:strongly |diffusely )?immunoreactive|reactive\b|\(\+\))"
)
_MSI = re.compile(
    r"(?P<skip>pending|not performed|ordered|requested|to fol ?low|recommended|will be|sent for)|(?P<positive>\bmsi-?h\b|high|unstable)|(?P<negative>\bmss\b|stable|msi-?s\b|not detected|negative)|(?P<equivocal>\bmsi-?l\b|\blow\b|indeterminate)"
)
_MMR = re.compile(
    r"(?P<skip>pending|not performed|ordered|requested|to fol ?low|recommended|will be|sent for)|(?P<negative>deficien\w+|loss of|\blost\b|absent|abnormal|dmmr)|(?P<positive>proficient|intact|retained|no loss|preserved|normal|pmmr)"
)
_SHORT_MSI = re.compile(
    r"\b(?P<positive>msi-?h(?:igh)?)\b|\b(?P<negative>mss|msi-?stable)\b|\b(?P<equivocal>msi-?l(?:ow)?)\b"
)
_MSI_NEAR = re.compile(r"microsatellite|mismatch|\bmsi|\bmmr\b|mlh-?1|stable")
_VARIANT = re.compile(
    r"(?<![A-Za-z0-9])(?:p\.)?(?:[ACDEFGHIKLMNPQRSTVWY]\d{2,4}(?:[ACDEFGHIKLMNPQRSTVWY]|fs|\*)(?:fs\*?\d*)?)(?![A-Za-z0-9])|[Ee]xon \d{1,2} (?:deletion|insertion|skipping)"
)
_GENE = re.compile(r"egfr|alk|braf|[kn]-?ras|idh[- ]?[12]|tp53|pik3ca|brca ?[12]|kit|met|ret|pten|apc|mutation|variant")


def read(layout: Layout) -> Finds:
    low = layout.low
    for field, anchors, names in _PATTERNS:
        if any(anchor in low for anchor in anchors):
            yield from _results(layout, field, anchors, names)
    if "msi" in low or "mss" in low:
        yield from _short_msi(layout)
    yield from marker_figures.read(layout)
    if "mutation" in low or "variant" in low or "p." in low:
        yield from _variants(layout)


def _short_msi(layout: Layout) -> Finds:
    """ "MSS" alone is also what a scanner makes of a scrawl: it counts where something near it speaks of the test."""
    for match in _SHORT_MSI.finditer(layout.low):
        around_it = (
            layout.low[max(0, match.start() - 150) : match.start()] + layout.low[match.end() : match.end() + 150]
        )
        if match[0] != "mss" or (layout.text[match.start()].isupper() and _MSI_NEAR.search(around_it)):
            yield Found("msi", match.lastgroup or "", match.start(), match.end(), "msi_short", None, 1)


def _places(low: str, field: str, anchors: tuple[str, ...]) -> list[int]:
    """Where the marker may be named. Two letters alone end many words, so that those are looked for as a word."""
    if field not in _SHORT:
        return occurrences(low, anchors)
    return sorted({*occurrences(low, anchors[: _SHORT[field]]), *(m.start() for m in _AS_WORDS[field].finditer(low))})


def _results(layout: Layout, field: str, anchors: tuple[str, ...], names: re.Pattern[str]) -> Finds:
    grammar = {"msi": _MSI, "mmr": _MMR}.get(field, _RESULT)
    for match in around(names, layout.low, _places(layout.low, field, anchors), 20, 60):
        after = clause_after(layout.low, match.end(), 90)
        result = grammar.search(after)
        stop = match.end() + result.end() if result else match.end()
        if _is_a_word(layout, field, match) or (result and _blank(layout.low, result, stop)):
            continue
        if result and _of_another(layout.low, stop, names):
            result = None
        if result and result.lastgroup != "skip" and not _another(field, after[: result.start()]):
            yield Found(
                field,
                result.lastgroup or "",
                match.start(),
                match.end() + result.end(),
                f"marker_{field}",
                "history" if repeated(layout, match.start()) else layout.specimen(match.start()),
                int(result.lastgroup == "equivocal"),  # what a second test found goes before the doubt of the first
            )
            if field == "her2" and result.lastgroup == "equivocal":
                yield from _by_hybridisation(layout, match)
        elif altered := _altered(layout, field, match):
            yield Found(field, "positive", match.start(), altered, "marker_variant", layout.specimen(match.start()), 1)
        elif not result and (before := _before(layout.low, match.start())):
            yield Found(field, before[0], before[1], match.end(), "marker_before", layout.specimen(match.start()), 1)


# "HER2 2+ equivocal; reflex FISH not amplified": the second test's answer.
_HYBRIDISED = re.compile(
    r"[^\n]{0,90}?\b(?:[dfc]?ish|in situ hybridi[sz]ation)\b[^\n.;]{0,40}?(?:(?P<negative>not amplified|non-?amplified|unamplified|negative)|(?P<positive>amplified|positive))"
)


def _by_hybridisation(layout: Layout, match: re.Match[str]) -> Finds:
    if found := _HYBRIDISED.match(layout.low, match.end()):
        where = layout.specimen(match.start())
        yield Found("her2", found.lastgroup or "", match.start(), found.end(), "marker_her2_ish", where)


# Both answers of a form, and nothing that tells which was ticked.
_BOTH = re.compile(r"[^a-z\n]{0,4}(?:[oaqcnu] ?)?(?:positive|negative|(?:not )?detected|equivocal)\b")
_CHOICES = ("negative", "positive", "detected", "not detected")
_OF_WHAT = re.compile(r"\s+for\s+")


def _blank(low: str, result: re.Match[str], stop: int) -> bool:
    """Both choices of a form stand side by side. stop: where the first ends."""
    return result[0] in _CHOICES and bool(_BOTH.match(low, stop))


def _of_another(low: str, stop: int, names: re.Pattern[str]) -> bool:
    """ "... and are negative for p53": the result of what is named after it."""
    told = _OF_WHAT.match(low, stop)
    of = " ".join(low[told.end() : told.end() + 40].split()) if told else ""
    return bool(_OTHER_MARKER.search(of)) and not names.search(of)


def _is_a_word(layout: Layout, field: str, match: re.Match[str]) -> bool:
    """The end of another word that a scanner cut off: "ulcer," is no oestrogen receptor."""
    printed = layout.text[match.start() : match.end()]
    return field in _SHORT and printed in ("er", "pr") and layout.low[match.end() : match.end() + 1] in ",(/-"


_GENES = frozenset(
    (
        "egfr",
        "alk",
        "ros1",
        "braf",
        "kras",
        "nras",
        "met",
        "ret",
        "ntrk",
        "pik3ca",
        "brca1",
        "brca2",
        "idh1",
        "kit",
        "tp53",
    )
)
# A change named right beside the gene: "KRAS p.G12C", "EGFR exon 19 deletion", "EML4-ALK fusion".
_CHANGE = re.compile(
    r"[ \t:|(,\-]{1,6}(?:gene )?(?:mutation[ :(]{1,3}|variant[ :(]{1,3})?(?:p\.)?[acdefghiklmnpqrstvwy]\d{2,4}(?:[acdefghiklmnpqrstvwy]\b|fs|\*)|"
    r"[ \t:|(,\-]{1,6}(?:gene )?exon \d{1,2} (?:deletion|insertion|skipping)|[ \t]{1,3}(?:gene )?fusion\b"
)
_UNSURE_AFTER = re.compile(
    r"[^\n.;]{0,40}\b(?:not |no |negative|wild|pending|insufficient|absent|uncertain|vus|benign|tested|assay|analysis|testing)"
)


def _altered(layout: Layout, field: str, match: re.Match[str]) -> int | None:
    """Where the named change of the gene ends; None where none is named, or the sentence denies or only tests it."""
    change = _CHANGE.match(layout.low, match.end()) if field in _GENES else None
    if (
        change is None
        or _UNSURE_AFTER.match(layout.low, change.end())
        or DENIED_BEFORE.search(clause_before(layout.low, match.start()))
    ):
        return None
    return change.end()


_OTHER_MARKER = re.compile(
    r"\n(?:alk|ros-?1|b-?raf|[kn]-?ras|met|ret|ntrk[123]?|pik3ca|brca ?[12]|idh ?-?[12]|msi|tmb|pd-?l1|er|pr|hras|stk11|keap1|tp53|pten)\b|receptor|\bnodes?\b|her[- ]?2|\bki-?67|cytokeratin|\bck ?\d|\bcd\d|\bp53\b|\bp63\b|\bs-?100|vimentin|\bmib|synaptophysin|gfap|\begfr\b|\bp16\b"
)
_TOGETHER = re.compile(r"^[ (/,]*(?:and|&|/|,)[^:.]{0,40}$|^ ?(?:\(er\) )?(?:and|/) ?(?:progesterone|pr)")


def _another(field: str, between: str) -> bool:
    """The result after another marker's name belongs to that one, unless both are named together ("ER and PR: positive")."""
    return bool(_OTHER_MARKER.search(between)) and not _TOGETHER.search(between)


_NO_CHANGE_BEFORE = re.compile(
    r"no (?:[a-z\-]+ ){0,3}(?:mutations?|variants?|alterations?|rearrangements?|fusions?|amplification)(?: (?:is |was |were )?(?:detected|identified|found|seen))? "
    r"(?:in|of|involving) (?:the )?(?:[a-z0-9\-]+(?:, | and | or |,? and |/)){0,5}$"
)
_NEGATIVE_BEFORE = re.compile(
    r"(?P<word>negative|positive)(?: staining| reaction| immunostaining)? (?:for|with) (?:[a-z0-9\-]+(?:, | and |,? and )){0,4}$"
)


def _before(low: str, start: int) -> tuple[str, int] | None:
    """ "negative for p16": the result stands before the name."""
    if match := _NO_CHANGE_BEFORE.search(low, max(0, start - 120), start):
        return "negative", match.start()
    match = _NEGATIVE_BEFORE.search(low, max(0, start - 80), start)
    return (match["word"], match.start()) if match else None


def _variants(layout: Layout) -> Finds:
    for match in _VARIANT.finditer(layout.text):
        if _UNSURE_AFTER.match(layout.low, match.end()) or DENIED_BEFORE.search(
            clause_before(layout.low, match.start())
        ):
            continue
        if _GENE.search(layout.low, max(0, match.start() - 60), min(len(layout.low), match.end() + 30)):
            yield Found(
                "variant", match[0], match.start(), match.end(), "variant_notation", layout.specimen(match.start())
            )
