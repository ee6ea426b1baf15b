"""How far the tumour reaches, in the report's own words. Never turned into a T category.

A form's question about one structure keeps its answer with it ("extrathyroidal extension: not identified"), so that a denial
stays a denial; prose that denies an extension gives nothing.
"""

from __future__ import annotations

import re
from itertools import islice

from .found import Finds, Found
from .negation import Stance, answer, declined, stance
from .occurrences import around, occurrences
from .sections import Layout, Section

# "Tumor extent: ...": the answer is the fact.
_GENERAL = re.compile(
    r"\b(?:exten(?:t|sion)|(?<=tumor )invasion|(?<=tumour )invasion|(?<=deepest )invasion|(?<=local )invasion)"
    r"(?: of (?:the )?(?:primary )?(?:tumou?r(?: invasion)?|invasion|disease))?(?: ?\([^)\n]{0,40}\))? ?[:=](?P<gap>[ \t]*\n?[ \t]*)"
)
# "Renal vein invasion: ...": the question is part of the fact. Vessels and nerves in general have fields of their own.
_STRUCTURE = (
    r"extra-?prostatic|extra-?thyroid(?:al)?|extra-?vesical|extra-?uterine|extra-?pancreatic|extra-?hepatic|extra-?renal|extra-?ovarian|extra-?capsular|"
    r"seminal vesicles?|renal vein|vena cava|portal vein|hepatic vein|renal sinus|perinephric (?:fat|tissue)|perirenal (?:fat|tissue)|gerota'?s fascia|"
    r"capsular|serosal|visceral pleural?|pleural|chest wall|bone|cartilage|bile duct|bladder neck|rectal|adrenal(?: gland)?|collecting system|"
    r"(?:cervical )?stromal|myometrial|muscularis propria|skin|skeletal muscle|strap muscle|peritoneal|parametrial|vaginal"
)
_SPECIFIC = re.compile(
    rf"\b(?:{_STRUCTURE}) (?:extension|invasion|involvement|penetration)(?: ?\([^)\n]{{0,30}}\))?(?= ?[:\-=])|"
    rf"\b(?:invasion|extension|involvement) (?:of|into|beyond) (?:the )?(?:{_STRUCTURE}|renal capsule|liver capsule)(?= ?[:=])"
)
_REACHES = re.compile(
    r"\b(?:invad(?:es|ing)|infiltrat(?:es|ing)|extend(?:s|ing)|penetrat(?:es|ing)|breach(?:es|ing)|(?:direct )?extension (?:in)?to|"
    r"invasion (?:of|into|through|beyond)|(?:confined|limited) to|organ[ -]confined)\b"
)
_LAYER = re.compile(
    r"muscularis|submucosa|subserosa|\bserosa|lamina propria|mucosa\b|peritone|pleura|pericol|perirect|mesorect|perivesic|perineph|peri-?renal|perigastric|"
    r"peripancrea|periprostat|perithyroid|perihilar|peribronch|soft tissue|adipose|\bfat\b|capsul|sinus\b|renal vein|vena cava|portal vein|seminal vesicle|"
    r"chest wall|\bbone|mandible|maxilla|cartilage|skeletal muscle|strap muscle|parenchyma|myometri|endometri|parametri|stroma\b|cervix|vagina|dermis|subcut|"
    r"duodenum|duodenal wall|stomach|\bcolon|kidney|prostate|liver\b|pancreas|thyroid|bladder|ovar(?:y|ies)|fallopian|larynx|tongue|\blung\b|oesophag|esophag|adrenal|"
    r"\bskin|nipple|bile duct|ureter|urethra|collecting system|diaphragm|pericardi|mediastin|trachea|adjacent organ|adventitia|bowel wall"
)
# A general question stands at the beginning of its line or sentence; "vaginal extension" is a specific one.
_BEGINS = re.compile(
    r"(?:^|[\n.;:>*\-)\]•]|\d)[ \t]{0,8}(?:(?:micro|macro)scopic |local |deepest |direct )?(?:local )?(?:tumou?r )?$"
)
_END = re.compile(
    r"[.;](?!\d)|\s(?=tumou?r (?:invades|extends|confined|limited)|lympho?-?vascular|perineural|i attest|regional lymph)|\n\s*\n|\n(?=[^\n]{0,40}:)|\n(?=[^\n]{3,60}?(?: {2}|\t))|\n(?=[a-z\d]{1,2}[.)] )|,(?= (?:and|but|with|which|without|no)\b)|\n[-*]"
)
_EMPTY = re.compile(
    r"(?:\W*\b(?:select|check|not (?:applicable|specified|reported|stated|evaluated)|n/a|cannot|see\b|unknown)|\W*$|[^\n]{0,60}:)"
)
# "pT2 invades muscularis propria" explains the category; "pT2: tumor invades ..." is how forms print the chosen one.
_LEGEND = re.compile(r"\bpt[1-4][a-d]?[ \-=]{1,3}(?:tumou?r )?$")
_NOT_OF_THE_TUMOUR = re.compile(r"nod(?:e|es|al)\b|margin|lymphocyt|inflammat|necros|gleason|\bpin\b|\bin[ -]situ\b")
_DENIES = re.compile(r"\b(?:no|not|without|neither)\b")
_DENIED_AFTER = re.compile(
    r"(?:\b(?:is|are|was)|[:\-])\s{0,3}(?:not (?:\w+ly )?(?:identified|seen|present|involved|found|noted|evident)|absent|none?\b|negative)"
)
_LONGEST = 160
_MOST = 8
_ANCHORS = ("exten", "invad", "invas", "infiltrat", "confined", "limited to", "penetrat", "breach", "involvement")


def read(layout: Layout) -> Finds:
    if places := occurrences(layout.low, _ANCHORS):
        yield from islice(_all(layout, places), _MOST)


def _all(layout: Layout, places: list[int]) -> Finds:
    labelled: list[tuple[int, int]] = []
    for match in around(_GENERAL, layout.low, places, 8, 130):
        begins = _BEGINS.search(layout.low, max(0, match.start() - 40), match.start())
        if begins and _ours(layout, match.start(), match.end()) and (end := _answered(layout.low, match)):
            labelled.append((match.end(), end))
            yield _found(layout, match.end(), end, "extent_labelled", 0)
    for match in around(_SPECIFIC, layout.low, places, 45, 90):
        reply = answer(layout, match.end(), 45)
        if reply and _ours(layout, match.start(), match.end()) and not declined(layout, match.end()):
            yield _found(layout, match.start(), reply[1], "extent_of_structure", 1)
    done = 0
    for match in around(_REACHES, layout.low, places, 15, 30):
        end = _clause(layout.low, match.end(), 110)
        if any(first <= match.start() < last for first, last in labelled[:_MOST]):
            continue
        if (
            match.start() >= done
            and not _LEGEND.search(layout.low, max(0, match.start() - 25), match.start())
            and _ours(layout, match.start(), end)
            and _in_prose(layout, match, end)
        ):
            done = end
            yield _found(layout, match.start(), end, "extent_in_prose", 2)


def _ours(layout: Layout, start: int, end: int) -> bool:
    if layout.section(start) in (Section.HISTORY, Section.GROSS, Section.IMAGING, Section.INTRAOPERATIVE):
        return False
    return not _NOT_OF_THE_TUMOUR.search(layout.low, max(0, start - 40), end)


def _answered(low: str, match: re.Match[str]) -> int | None:
    """Where the answer to a general question ends; None where the form leaves it open or only its next label follows."""
    end = _line_end(low, match.end())
    words = low[match.end() : end]
    if _EMPTY.match(words) or ("\n" in match["gap"] and not (_REACHES.search(words) or _LAYER.search(words))):
        return None
    return end if sum(c.isalpha() for c in words) >= 3 else None


def _line_end(low: str, start: int) -> int:
    """The end of the line, or of the next where the first one breaks off without a full stop and the next is no label."""
    window = low[start : start + _LONGEST]
    first, _, rest = window.partition("\n")
    second = rest.partition("\n")[0]
    goes_on = len(first) > 45 and second[:1].isalpha() and ":" not in second and not first.rstrip().endswith((".", ";"))
    return start + len((f"{first}\n{second}" if goes_on else first).rstrip(" .;,-"))


def _in_prose(layout: Layout, match: re.Match[str], end: int) -> bool:
    if "organ" in match[0]:
        return stance(layout, match.start(), match.end()) is Stance.AFFIRMED
    said = _LAYER.search(layout.low, match.end(), min(end, match.end() + 60))
    if said is None or stance(layout, match.start(), match.end()) is not Stance.AFFIRMED:
        return False
    return not _DENIES.search(layout.low, match.end(), said.start()) and not _DENIED_AFTER.search(
        layout.low, said.end(), min(len(layout.low), said.end() + 45)
    )


def _clause(low: str, start: int, limit: int) -> int:
    window = low[start : start + limit]
    stop = _END.search(window)
    if stop:
        return start + len(window[: stop.start()].rstrip())
    return start + (window.rfind(" ") if len(window) == limit and " " in window else len(window.rstrip()))


def _found(layout: Layout, start: int, end: int, rule: str, rank: int) -> Found:
    return Found("extent", " ".join(layout.text[start:end].split()), start, end, rule, layout.specimen(start), rank)
