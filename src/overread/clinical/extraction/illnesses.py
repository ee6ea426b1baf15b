"""Other illnesses of the patient and cancers in the family, said or denied."""

from __future__ import annotations

import re
from itertools import islice

from .found import Finds, Found
from .negation import Stance, clause_before, stance
from .occurrences import beginning, matches, occurrences
from .passages import Part, Passages
from .sections import Layout

# Names of illnesses as notes print them. Vocabulary only; what is not named here is not read.
_ILLNESS = re.compile(
    r"\b(?:(?:essential |pulmonary |portal )?hypertension|(?:type (?:[12]|ii?) |insulin[ -]dependent |non-?insulin[ -]dependent )?diabetes(?: mellitus)?(?:,? type (?:[12]|ii?)\b)?|"
    r"hyperlipid(?:a?emia)|dyslipid(?:a?emia)|hypercholesterol(?:a?emia)|coronary artery disease|cad|ischa?emic heart disease|congestive heart failure|chf|heart failure|"
    r"cardiomyopathy|atrial fibrillation|myocardial infarction|aortic stenosis|(?:cerebrovascular accident|stroke|cva(?! (?:or|tender))|transient ischa?emic attacks?)|peripheral vascular disease|"
    r"copd|chronic obstructive pulmonary disease|emphysema|asthma|sleep apnea|pulmonary fibrosis|pulmonary embol(?:us|ism)|deep vein(?:ous)? thrombosis|dvt|tuberculosis|sarcoidosis|"
    r"(?:chronic |end[ -]stage )(?:kidney|renal) (?:disease|insufficiency|failure)|renal (?:insufficiency|failure)|cirrhosis|hepatitis [bc]|hiv(?: infection)?|aids|"
    r"hypothyroidism|hyperthyroidism|obesity|gout|osteoporosis|osteoarthritis|rheumatoid arthritis|lupus|scleroderma|psoriasis|"
    r"gastroesophageal reflux(?: disease)?|gerd|peptic ulcer disease|barrett'?s? esophagus|crohn'?s disease|ulcerative colitis|diverticulosis|"
    r"depression|anxiety|bipolar disorder|schizophrenia|dementia|alzheimer'?s disease|parkinson'?s disease|epilepsy|seizure disorder|multiple sclerosis|"
    r"glaucoma|macular degeneration|benign prostatic (?:hypertrophy|hyperplasia)|bph|kidney transplant|renal transplant|lynch syndrome|li-fraumeni syndrome)\b"
)
# Of every name one word: where none occurs, the pattern is not tried.
_STEMS = (
    "hypertens", "diabet", "lipid", "cholester", "coronary", "cad", "heart", "cardi", "fibrillat", "infarct", "stenosis", "stroke", "cva", "cerebrovasc",
    "transient", "vascular", "copd", "pulmonary", "emphys", "asthma", "apnea", "vein", "dvt", "tubercul", "sarcoid", "renal", "kidney", "cirrh", "hepatitis",
    "hiv", "aids", "thyroidism", "obes", "gout", "osteo", "rheumatoid", "lupus", "scleroderma", "psoria", "reflux", "gerd", "ulcer", "barrett", "crohn",
    "colitis", "diverticulosis", "depress", "anxiety", "bipolar", "schizo", "dementia", "alzheimer", "parkinson", "epilep", "seizure", "sclerosis",
    "glaucoma", "macular", "prostatic", "bph", "lynch", "li-fraumeni",
)  # fmt: skip
_QUALIFIER = re.compile(
    r"\b(?:essential|pulmonary|portal|type (?:[12]|ii?)|insulin[ -]dependent|non-?insulin[ -]dependent|ischa?emic|congestive|atrial|myocardial|aortic|peripheral|chronic|"
    r"chronic obstructive|end[ -]stage|deep|sleep|rheumatoid|gastroesophageal|peptic|benign|multiple|bipolar|seizure|macular) $"
)
_STATED_BEFORE = re.compile(
    r"\b(?:history of|hx of|h/o|known|with|has|had|have|significant for|includ(?:es?|ing)|remarkable for|diagnosed with|suffers from|comorbid\w*|underlying|because of|chronic)\b[^.\n]{0,80}$"
)
# "Denies any ..., including kidney disease, heart disease, stroke": a list is denied to its end.
_DENIED_LIST = re.compile(r"\b(?:denie[sd]|denying)\b(?:(?!\b(?:but|except|although|does have|is)\b)[^.;:])*$")
# "Complications of the diabetes": nothing is said of the diabetes itself.
_COMPLICATION = re.compile(r"\bcomplications? (?:of|from|due to) (?:the |his |her |their )?$")
_ELSEWHERE = (Part.FAMILY, Part.REVIEW, Part.SOCIAL, Part.PLAN)
_DRUG = re.compile(r"\b(?:for|treat|medication|take|takes)\b[^.\n]{0,15}$")

_RELATIVE = (
    r"(?:(?:maternal|paternal|older|younger|identical|twin|great|half)[ -])*(?:grand)?(?:mother|father|parents?|brothers?|sisters?|siblings?|aunts?|uncles?|sons?|daughters?|cousins?|"
    r"nephews?|nieces?|first[ -]degree relatives?)"
)
_CANCER = (
    r"(?:(?!(?:with|had|of|has|have|and|died|from|a|an|the|who|also|was|is|diagnosed|history|possible|no|or|in|his|her|at|to|some|type|their)\b)[a-z'\-]{2,20} ){0,3}"
    r"(?:cancers?|carcinoma|leuka?emia|lymphoma|melanoma|mesothelioma|myeloma|sarcoma|malignanc(?:y|ies)|brain tumou?r|glioblastoma|polyposis)\b"
)
_OF_RELATIVE = re.compile(
    rf"\b(?P<who>{_RELATIVE}(?:(?:,? and |, |/){_RELATIVE}){{0,3}})(?P<between>(?:(?!\b{_RELATIVE}\b)[^.;:\n]){{0,50}}?) ?\b(?P<what>{_CANCER})(?P<age>[^.;,\n]{{0,20}}?\b(?:age|aged)(?: of)? \d{{1,3}})?"
)
_OF_FAMILY = re.compile(
    rf"\bfamily history(?: is| was|:)*(?: (?:negative|unremarkable|noncontributory))?(?P<between>[^.;\n]{{0,40}}?)\b(?:of|for)(?: any| a)? (?P<what>{_CANCER})(?: in (?:her |his |the |a )?(?P<who>{_RELATIVE}))?"
)
_NONE = re.compile(r"\b(?:no|not|negative|denie[sd]|without|never|unaware|neither)\b")
_FAMILY = (
    "family",
    "mother",
    "father",
    "brother",
    "sister",
    "aunt",
    "uncle",
    "cousin",
    "daughter",
    "relative",
    "sibling",
)
_ANCHORS = re.compile("|".join(_FAMILY))
_MOST = 40


def read(layout: Layout, parts: Passages) -> Finds:
    yield from _illnesses(layout, parts)
    if any(word in layout.low for word in _FAMILY):
        yield from _family(layout)


def _illnesses(layout: Layout, parts: Passages) -> Finds:
    starts = sorted({_beginning(layout.low, at) for at in occurrences(layout.low, _STEMS)})
    for match in islice(matches(_ILLNESS, layout.low, starts), _MOST):
        part, before = parts.at(match.start()), clause_before(layout.low, match.start(), 110)
        if part in _ELSEWHERE or _ANCHORS.search(before) or _DRUG.search(before):
            continue
        if _COMPLICATION.search(before):
            continue
        said = stance(layout, match.start(), match.end())
        if said is Stance.DENIED or _DENIED_LIST.search(before):
            yield Found("denied", match[0], match.start(), match.end(), "denied_stated")
        elif said is Stance.AFFIRMED and (part is Part.ILLNESSES or _STATED_BEFORE.search(before)):
            yield Found("comorbidity", match[0], match.start(), match.end(), "illness_named")


def _beginning(low: str, at: int) -> int:
    """Of the name, with the one word that may stand before its stem."""
    start = beginning(low, at)
    before = _QUALIFIER.search(low, max(0, start - 30), start)
    return before.start() if before else start


def _family(layout: Layout) -> Finds:
    for match in _OF_RELATIVE.finditer(layout.low):
        if _spouse(layout, match):
            continue
        who, what = " ".join(match["who"].split()), " ".join(match["what"].split())
        start, end = match.start(), match.end()
        if _NONE.search(clause_before(layout.low, start, 40)) or _NONE.search(match["between"]):
            yield Found("denied", f"family history: {who}: {what}", start, end, "denied_stated")
        else:
            age = re.sub(r"\D+", "", match["age"] or "")
            yield Found(
                "family_history", f"{who}: {what}" + (f", at {age}" if age else ""), start, end, "family_stated"
            )
    for match in _OF_FAMILY.finditer(layout.low):
        yield _of_family(layout, match)


def _spouse(layout: Layout, match: re.Match[str]) -> bool:
    """A husband's mother is no relative; nor is someone's friend."""
    return bool(
        re.search(
            r"\b(?:husband|wife|spouse|friend|partner)'?s?\b[^.;\n]{0,20}$",
            clause_before(layout.low, match.start(), 40),
        )
    )


def _of_family(layout: Layout, match: re.Match[str]) -> Found:
    what, start, end = " ".join(match["what"].split()), match.start(), match.end()
    before = clause_before(layout.low, start, 40) + match[0][: match.start("what") - start]
    if _NONE.search(before):
        return Found("denied", f"family history: {what}", start, end, "denied_stated")
    return Found("family_history", f"{match['who'] or 'family'}: {what}", start, end, "family_stated")
