"""What a report says that T, N and M tend to go with: organ, sizes, extent, counts, stage-like letters; as marks to rank by.

A mark is a short name such as ``size>3|kidney`` or ``extent:perinephri-`` (the minus: denied nearby). Marks are wider and
cruder than facts: they may be wrong, they are never shown and nothing is derived from them but a rank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from overread.clinical.record import Fact

_ORGANS = {
    "kidney": r"kidney|renal|nephrectomy",
    "prostate": r"prostat",
    "bowel": r"colon|cecum|caecum|rectum|rectal|sigmoid|colectomy",
    "bladder": r"bladder|cystectomy|urothelial",
    "head_neck": r"tongue|laryn|mouth|tonsil|mandib|glossectomy|buccal|neck dissection",
    "liver": r"hepat|liver",
    "pancreas": r"pancrea|whipple",
    "cervix": r"cervix|cervical",
    "ovary": r"ovar",
    "brain": r"brain|gliobl|glioma|astrocyt",
    "breast": r"breast|mastectomy",
    "lung": r"lung|pulmon|lobectomy",
    "stomach": r"stomach|gastr",
    "thyroid": r"thyroid",
    "skin": r"melanoma|skin",
    "bile_duct": r"bile duct|cholangio",
}
_ORGAN = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _ORGANS.items()))
_EXTENT = re.compile(
    r"perinephric|perirenal|renal sinus|renal vein|vena cava|gerota|adrenal|capsul[a-z]{1,4}|extraprostatic|extracapsular|"
    r"extraparenchymal|seminal vesicle|bladder neck|both lobes|bilateral|one lobe|single lobe|muscularis propria|"
    r"peri(?:col|rect)[a-z]{2,5}|submucos[a-z]{1,3}|subseros[a-z]{1,3}|seros[a-z]{1,3}|lamina propria|perivesical|"
    r"peritone[a-z]{1,3}|prostatic stroma|detrusor|muscle|bone|cartilage|skin|vascular invasion|lymphovascular|multifocal|"
    r"multiple|solitary|diaphragm|gallbladder|duoden[a-z]{1,3}|peripancreatic|adipose|fat\b|soft tissue|through|beyond|"
    r"confined|limited|invades?|extends?|extension|adjacent|metasta[a-z]{1,4}|portal vein|major vessel|cirrhosis|"
    r"perforat[a-z]{1,4}|extranodal|distant|nodes?\b"
)
_DENIED = re.compile(r"\b(?:no|not|without|negative|absent|free|uninvolved|none|nor)\b")
_NUMBER = r"\d{1,2}(?:[.,]\d{1,2})?"
_SIZE = re.compile(rf"({_NUMBER})(?: ?x ?({_NUMBER}))?(?: ?x ?({_NUMBER}))? ?(cm|mm|centim)")
_TUMOUR = re.compile(r"tumou?r|mass|lesion|carcinoma|neoplasm|nodule")
_STEPS = (1, 2, 3, 4, 5, 7, 10, 15)  # centimetres; steps to weigh by, not thresholds of any edition
_START = r"(?:(?<![a-z])|(?<=\d[a-d]))"
_T = re.compile(_START + r"(yp|[cprm])? ?t ?([0-4iloz])(?: ?([a-d])(?![a-z])|([a-d])(?=p?n ?[0-3ox]))?")
_N = re.compile(_START + r"p?n ?([0-3oxl])(?![a-z0-9])")
_M = re.compile(_START + r"p?m ?([01oxl])(?![a-z0-9])")
_STAGE = re.compile(r"stage[ :]{1,3}(iv|i{1,3}|[1-4])([abc]?)\b")
_STATED = frozenset("tnm")


def marks(low: str) -> set[str]:
    """The marks of a report's text, lower case with every run of blanks made one blank."""
    organ = _organ(low)
    return {f"organ:{organ}", *_sizes(low, organ), *_extent(low, organ), *_letters(low, organ)}


def stated(facts: Iterable[Fact]) -> set[str]:
    """The marks of what the rules read: T, N and M with whose they are, the stage group and the counts of nodes."""
    found = set()
    for fact in facts:
        if fact.field in _STATED:
            found.add(f"{fact.field}:{str(fact.value)[:2]}:{_whose(fact.about)}")
        elif fact.about is None and fact.field == "stage_group":
            found.add(f"group:{fact.value}")
        elif fact.about is None and fact.field == "nodes_positive":
            found.add(f"positive:{min(int(str(fact.value)), 4)}")
        elif fact.about is None and fact.field == "nodes_examined":
            found.add(f"examined:{min(int(str(fact.value)) // 5, 5)}")
    return found


def _whose(about: str | None) -> str:
    return "case" if about is None else "history" if about == "history" else "other"


def _organ(low: str) -> str:
    named = Counter(match.lastgroup for match in _ORGAN.finditer(low))
    return named.most_common(1)[0][0] or "none" if named else "none"


def _sizes(low: str, organ: str) -> Iterator[str]:
    every, tumour = [], []
    for match in _SIZE.finditer(low):
        size = _centimetres(match)
        every.append(size)
        if _TUMOUR.search(low, max(0, match.start() - 80), match.end() + 50):
            tumour.append(size)
    for name, sizes in (("size", tumour), ("any_size", every)):
        if not sizes:
            continue
        yield f"first_{name}:{_step(sizes[0])}|{organ}"
        for step in range(_step(max(sizes)) + 1):
            yield f"{name}>{step}"
            yield f"{name}>{step}|{organ}"


def _centimetres(match: re.Match[str]) -> float:
    largest = max(float(number.replace(",", ".")) for number in match.groups()[:3] if number)
    return largest / 10 if match[4] == "mm" else largest


def _step(size: float) -> int:
    return sum(size > step for step in _STEPS)


def _extent(low: str, organ: str) -> Iterator[str]:
    for match in _EXTENT.finditer(low):
        denied = _DENIED.search(low, max(0, match.start() - 60), match.end() + 30)
        mark = f"extent:{match[0][:10]}{'-' if denied else '+'}"
        yield mark
        yield f"{mark}|{organ}"


def _letters(low: str, organ: str) -> Iterator[str]:
    for match in _T.finditer(low):
        yield f"t:{match[2]}"
        yield f"{match[1] or ''}t:{match[2]}{match[3] or match[4] or ''}"
    yield from (f"n:{match[1]}" for match in _N.finditer(low))
    yield from (f"m:{match[1]}" for match in _M.finditer(low))
    for match in _STAGE.finditer(low):
        yield f"stage:{match[1]}"
        yield f"stage:{match[1]}{match[2]}|{organ}"
