"""Where the tumour began: the organ that the report's labels, operations and diagnoses agree on; else nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from overread.clinical.record import Icdo3Topography

from .found import Finds, Found
from .sections import Layout, Section

# Name, ICD-O-3 topography, the organ's words, operations that take it out.
_ORGANS: tuple[tuple[str, str, str, str], ...] = (
    ("kidney", "C64.9", r"kidneys?|renal cell|renal mass|renal tumou?r", r"nephrectomy|nephroureterectomy"),
    (
        "prostate",
        "C61.9",
        r"prostate|prostatic adenocarcinoma",
        r"(?<!cysto)(?<!cysto-)prostatectomy|prostatovesiculectomy",
    ),
    (
        "bladder",
        "C67.9",
        r"(?<!gall)(?<!gall )(?:urinary )?bladder(?! neck)|urothelial carcinoma|transitional cell carcinoma",
        r"cystectomy|cysto-?prostatectomy|turbt",
    ),
    ("ovary", "C56.9", r"ovary|ovaries|ovarian", r"oophorectomy"),
    (
        "cervix",
        "C53.9",
        r"(?:uterine )?cervix|cervical (?:squamous|adeno|carcin|cone|biops)|endocervi\w+",
        r"trachelectomy",
    ),
    (
        "endometrium",
        "C54.1",
        r"endometrium|endometrial (?:carcin|adeno|tumou?r|mass)|endometrioid|endo-?myometri\w+|corpus uteri|uterine corpus",
        r"endometrial curettage",
    ),
    ("liver", "C22.0", r"liver|hepatic (?:mass|tumou?r)|hepatocellular", r"hepatectomy|hepatic lobectomy"),
    (
        "pancreas",
        "C25.9",
        r"pancreas|pancreatic (?:head|tail|body|duct|adeno|mass)",
        r"pancreatectomy|pancreatico-?duodenectomy|whipple",
    ),
    (
        "sigmoid colon",
        "C18.7",
        r"sigmoid(?: colon)?(?! mesocolon)",
        r"sigmoidectomy|sigmoid (?:colon )?(?:resection|colectomy)",
    ),
    ("caecum", "C18.0", r"ca?ecum|ca?ecal", r"-"),
    ("ascending colon", "C18.2", r"ascending colon|right colon", r"right (?:hemi)?-?colectomy"),
    ("transverse colon", "C18.4", r"transverse colon", r"-"),
    ("descending colon", "C18.6", r"descending colon|left colon", r"left (?:hemi)?-?colectomy"),
    (
        "colon",
        "C18.9",
        r"colon\b(?<!ascending colon)(?<!transverse colon)(?<!descending colon)(?<!sigmoid colon)|colonic|large (?:bowel|intestine)",
        r"colectomy",
    ),
    ("rectum", "C20.9", r"rectum|rectal (?:adeno|carcin|tumou?r|mass)", r"low anterior resection|abdomino-?perineal"),
    ("rectosigmoid", "C19.9", r"recto-?sigmoid", r"-"),
    ("stomach", "C16.9", r"stomach|gastric (?:adeno|carcin|mass|antr|body)", r"gastrectomy"),
    ("oesophagus", "C15.9", r"o?esophagus|o?esophageal", r"o?esophagectomy"),
    (
        "lung",
        "C34.9",
        r"lungs?\b|pulmonary (?:adeno|nodule|mass)|bronch(?:us|ial)|lower lobe|upper lobe|middle lobe",
        r"pneumonectomy|(?<!liver )(?<!hepatic )segmentectomy",
    ),
    ("breast", "C50.9", r"breast", r"mastectomy|lumpectomy"),
    ("thyroid", "C73.9", r"thyroid(?! cartilage)", r"thyroidectomy"),
    (
        "brain",
        "C71.9",
        r"brain|frontal(?: lobe)?|temporal(?: lobe)?|parietal(?: lobe)?|occipital lobe|cerebell\w+|glioma|glioblastoma|astrocytoma|oligo-?dendroglioma|oligo-?astrocytoma",
        r"craniotomy",
    ),
    ("tongue", "C02.9", r"tongue(?! base)", r"glossectomy"),
    ("base of tongue", "C01.9", r"base of (?:the )?tongue|tongue base", r"-"),
    ("floor of mouth", "C04.9", r"floor of (?:the )?mouth", r"-"),
    ("tonsil", "C09.9", r"tonsil(?:lar)?", r"tonsillectomy"),
    ("larynx", "C32.9", r"larynx|laryngeal|supraglotti\w+|glotti[sc]|vocal cord|epiglottis", r"laryngectomy"),
    ("hypopharynx", "C13.9", r"hypopharynx|pyriform sinus|piriform", r"pharyngectomy"),
    ("oropharynx", "C10.9", r"oropharynx|oropharyngeal", r"-"),
    ("oral cavity", "C06.9", r"oral cavity|buccal mucosa|buccal|retromolar trigone|cheek mucosa", r"-"),
    ("gum", "C03.9", r"gingiva\w*|alveolar ridge|alveolus", r"-"),
    ("skin", "C44.9", r"skin,|skin of", r"wide local excision|shave biopsy|punch biopsy"),
    ("testis", "C62.9", r"testis|testicle|testicular", r"orchiectomy"),
    ("adrenal gland", "C74.9", r"ph[a]?eochromocytoma|adrenal cortical carcinoma", r"-"),
    (
        "soft tissue",
        "C49.9",
        r"soft tissues?(?= ?[,:] ?(?:left|right|thigh|leg|arm|calf|buttock|groin|shoulder|forearm|foot|hand|chest|back|trunk|knee|hip|retroperit))",
        r"-",
    ),
    ("gallbladder", "C23.9", r"gallbladder", r"-"),
    ("ampulla of vater", "C24.1", r"ampulla", r"-"),
    ("small bowel", "C17.9", r"small (?:bowel|intestine)", r"-"),
    ("duodenum", "C17.0", r"duodenum", r"-"),
    ("appendix", "C18.1", r"appendix", r"-"),
    ("anus", "C21.0", r"anal canal", r"-"),
    ("vulva", "C51.9", r"vulva", r"-"),
    ("vagina", "C52.9", r"vagina\b", r"-"),
    ("penis", "C60.9", r"penis\b", r"-"),
    ("renal pelvis", "C65.9", r"renal pelvis", r"-"),
    ("ureter", "C66.9", r"ureter\b", r"-"),
    ("parotid", "C07.9", r"parotid", r"-"),
    ("nasopharynx", "C11.9", r"nasopharynx", r"-"),
    ("nasal cavity", "C30.0", r"nasal cavity", r"-"),
    ("thymus", "C37.9", r"thymus", r"-"),
    ("pleura", "C38.4", r"pleura\b", r"-"),
    ("bone", "C41.9", r"bone(?= ?, ?(?:left|right|proximal|distal|femur|tibia|humerus|pelvis|rib))", r"-"),
)
# Organs that stand in many reports beside the one with the tumour: counted only in a label or at the head of a line.
_NAMED_ONLY = frozenset(range([name for name, *_ in _ORGANS].index("soft tissue"), len(_ORGANS)))
# What must stand in the text before an organ's patterns are tried: most organs are not named in most reports.
_ANCHORS: dict[str, tuple[str, ...]] = {
    "kidney": ("kidney", "renal", "nephr"),
    "prostate": ("prostat",),
    "bladder": ("bladder", "urothelial", "transitional", "cystect", "cysto", "turbt"),
    "ovary": ("ovar", "oophor"),
    "cervix": ("cervi", "trachel"),
    "endometrium": ("endometri", "myometri", "corpus"),
    "liver": ("liver", "hepat"),
    "pancreas": ("pancrea", "whipple"),
    "sigmoid colon": ("sigmoid",),
    "caecum": ("cecum", "caecum", "cecal", "caecal"),
    "ascending colon": ("ascending colon", "right"),
    "transverse colon": ("transverse colon",),
    "descending colon": ("descending colon", "left"),
    "colon": ("colon", "large", "colect"),
    "rectum": ("rect", "low anterior", "abdomino"),
    "rectosigmoid": ("sigmoid",),
    "stomach": ("stomach", "gastr"),
    "oesophagus": ("esophag",),
    "lung": ("lung", "pulmon", "bronch", "lobe", "pneumon", "segmentect"),
    "breast": ("breast", "mastect", "lumpect"),
    "thyroid": ("thyroid",),
    "brain": (
        "brain",
        "lobe",
        "frontal",
        "temporal",
        "parietal",
        "cerebell",
        "gliom",
        "gliobl",
        "astrocyt",
        "oligo",
        "craniot",
    ),
    "tongue": ("tongue", "gloss"),
    "base of tongue": ("tongue",),
    "floor of mouth": ("mouth",),
    "tonsil": ("tonsil",),
    "larynx": ("laryn", "glott", "vocal", "epiglo"),
    "hypopharynx": ("pharyn", "iriform"),
    "oropharynx": ("orophar",),
    "oral cavity": ("oral", "buccal", "retromolar", "cheek"),
    "gum": ("gingiv", "alveol"),
    "skin": ("skin", "wide local", "shave", "punch"),
    "testis": ("test", "orchi"),
    "adrenal gland": ("chromocyt", "adrenal cort"),
    "soft tissue": ("soft tissue",),
    "gallbladder": ("gallbladder",),
    "ampulla of vater": ("ampulla",),
    "small bowel": ("small bowel", "small intest"),
    "duodenum": ("duodenum",),
    "appendix": ("appendix",),
    "anus": ("anal canal",),
    "vulva": ("vulva",),
    "vagina": ("vagina",),
    "penis": ("penis",),
    "renal pelvis": ("renal pelvis",),
    "ureter": ("ureter",),
    "parotid": ("parotid",),
    "nasopharynx": ("nasophar",),
    "nasal cavity": ("nasal",),
    "thymus": ("thymus",),
    "pleura": ("pleura",),
    "bone": ("bone,",),
}
_SEARCHES = tuple(
    # A pattern that begins with a letter is searched for far faster than one that begins with a boundary.
    (
        number,
        _ANCHORS[name],
        re.compile(words if number in _NAMED_ONLY else rf"\b(?:{words})"),
        None if operations == "-" else re.compile(operations),
    )
    for number, (name, _, words, operations) in enumerate(_ORGANS)
)
_LABEL = re.compile(
    r"(?:tumou?r site|site of (?:tissue|tumou?r|primary)|primary (?:tumou?r )?site|tumou?r location|anatomic site|organ|carcinoma of (?:the )?|cancer of (?:the )?|primary)[^\n.;]{0,25}$"
)
_ORIGIN = re.compile(
    r"(?:carcinoma|tumou?r|cancer|neoplasm|malignancy|melanoma) (?:of|in|arising (?:in|from)) (?:the )?(?:[a-z]+ )?$"
)
_NOT_PRIMARY = re.compile(
    r"(?:lymph nodes?|metasta\w+ (?:to|in)|invades?|involv\w+|extend\w* (?:in)?to|adjacent|free of|no |margin|benign|unremarkable)[^\n.;:]{0,30}$"
)
_MALIGNANT = re.compile(r"carcinoma|sarcoma|melanoma|glioma|glioblastoma|astrocytoma|malignan|lymphoma")
# Said of an organ before any malignancy is named: the malignancy is another organ's.
_BENIGN_NEXT = re.compile(
    r"\b(?:no |not |negative|benign|unremarkable|free of|without|normal|atroph|physiologic|cystadenoma)"
)
# "Lung, wedge: metastatic melanoma": the organ holds a metastasis. "Consistent with lung primary": it is the origin.
_HOLDS_METASTASIS = re.compile(r"[^.\n]{0,60}[:\-]\s{0,5}[^.:]{0,25}\bmetasta(?:tic|sis|ses)\b(?! carcinoma in \d)")
_IS_ORIGIN = re.compile(r"(?:ic|ary|al)?,?\s(?:primary|origin)\b")
_REACH = 160  # characters after an organ's name in which its diagnosis stands
_ENOUGH = 4
_ENOUGH_ALONE = 3  # where no other organ has more than a third of the weight
_CLEAR_OF = 0.9  # the second organ has at most this share of the first one's weight
# What a histology alone says of the organ it began in, wherever it was found.
_IMPLIED = re.compile(
    r"glioma|glioblastoma|astrocytoma|oligo|renal cell|hepatocellular|prostatic adeno|ph[a]?eochromo|adrenal cortical|urothelial|transitional"
)
# Organs that an operation on another one takes along, mostly without a tumour of their own.
_TAKEN_ALONG = (
    (re.compile(r"cystectomy|cysto-?prostatectomy|bladder ?(?:,|and|&) ?prostate"), "prostate", 0.4),
    (re.compile(r"laryngectomy"), "thyroid", 0.5),
    (re.compile(r"squamous"), "ovary", 0.4),
)
# What the description of the specimen adds at most: organs taken along are measured and sampled at length there.
_DESCRIBED = (Section.GROSS, Section.INTRAOPERATIVE)
_DESCRIBED_MOST = 2.0
_HEAD = re.compile(
    r"(?:^|\n)[ \t*#>\-]{0,6}(?:(?:part |specimen )?#?\(?[a-z\d]{1,2}[).:] ?)?(?:the )?(?:left |right |distal |proximal )?$"
)
_OPERATION = {"ovary": 1.5}  # weight of an operation by the organ it takes out; the ovaries go with the womb
# A name for the whole, and its parts: where parts compete, the whole is named.
_PARTS = {
    "colon": ("caecum", "ascending colon", "transverse colon", "descending colon", "sigmoid colon"),
    "oral cavity": ("tongue", "floor of mouth", "gum"),
}
_NUMBER = {name: number for number, (name, _, _, _) in enumerate(_ORGANS)}
_WHOLE = {_NUMBER[part]: _NUMBER[whole] for whole, parts in _PARTS.items() for part in parts}


def read(layout: Layout) -> Finds:
    scores: dict[int, float] = defaultdict(float)
    best: dict[int, tuple[float, int, int]] = {}
    described: dict[int, float] = defaultdict(float)
    for organ, start, end, base in _mentions(layout.low):
        weight = _weight(layout, start, end, base, organ in _NAMED_ONLY)
        if layout.section(start) in _DESCRIBED:
            weight = min(weight, _DESCRIBED_MOST - described[organ])
            described[organ] += weight
        scores[organ] += weight
        if weight > best.get(organ, (0.0, 0, 0))[0]:
            best[organ] = (weight, start, end)
    for operation, name, share in _TAKEN_ALONG:
        if _NUMBER[name] in scores and operation.search(layout.low):
            scores[_NUMBER[name]] *= share
    origin = _clear({organ: score for organ, score in scores.items() if organ in best})
    if origin is not None:
        places = [best[organ] for organ in best if origin in (organ, _WHOLE.get(organ))]
        yield from _facts(origin, max(places, key=lambda place: place[0]))


def _clear(scores: dict[int, float]) -> int | None:
    """The organ that stands clear of all others; a whole where only its parts compete; None where it is open."""
    leader = _leader(scores)
    if leader is not None:
        return leader
    joined: dict[int, float] = defaultdict(float)
    for organ, score in scores.items():
        joined[_WHOLE.get(organ, organ)] += score
    return _leader(joined)


def _leader(scores: dict[int, float]) -> int | None:
    """What is said of the whole counts for its leading part."""
    counted = dict(scores)
    for whole in set(_WHOLE.values()) & set(counted):
        parts = [organ for organ in counted if _WHOLE.get(organ) == whole]
        if parts:
            counted[max(parts, key=lambda organ: counted[organ])] += counted.pop(whole)
    order = sorted(counted, key=lambda organ: -counted[organ])
    first, second = (counted[order[at]] if at < len(order) else 0.0 for at in (0, 1))
    enough = _ENOUGH if 3 * second > first else _ENOUGH_ALONE
    return order[0] if first >= enough and second <= _CLEAR_OF * first else None


def _mentions(low: str) -> Iterator[tuple[int, int, int, float]]:
    for organ, anchors, words, operations in _SEARCHES:
        if any(anchor in low for anchor in anchors):
            yield from ((organ, m.start(), m.end(), 1.0) for m in words.finditer(low))
            if operations:
                yield from (
                    (organ, m.start(), m.end(), _OPERATION.get(_ORGANS[organ][0], 4.0))
                    for m in operations.finditer(low)
                )


def _weight(layout: Layout, start: int, end: int, base: float, named_only: bool) -> float:
    """How much a mention says about the origin: labels and headings of malignant specimens most, gross text least."""
    low = layout.low
    section = layout.section(start)
    before = low[max(0, start - 60) : start]
    if _NOT_PRIMARY.search(before) or (_HOLDS_METASTASIS.match(low, end) and not _IMPLIED.match(low, start)):
        return 0.0
    if named_only and not (_LABEL.search(before) or _ORIGIN.search(before) or _HEAD.search(before)):
        return 0.0
    weight = base
    if _LABEL.search(before) or _IS_ORIGIN.match(low, end):
        weight += 8
    elif _ORIGIN.search(before):
        weight += 4
    if section in (Section.DIAGNOSIS, Section.SYNOPTIC, Section.OTHER):
        weight += _diagnosed(low, start, end)
    return weight * {Section.HISTORY: 0.7, Section.GROSS: 0.4, Section.INTRAOPERATIVE: 0.5, Section.IMAGING: 0.4}.get(
        section, 1.0
    )


def _diagnosed(low: str, start: int, end: int) -> float:
    """More where the organ's line goes on to a malignancy, or the words themselves are one; nothing where it is benign."""
    if _IMPLIED.match(low, start):
        return 2.0
    malignant, benign = _MALIGNANT.search(low, end, end + _REACH), _BENIGN_NEXT.search(low, end, end + _REACH)
    return 2.0 if malignant and not (benign and benign.start() < malignant.start()) else 0.0


def _facts(organ: int, place: tuple[float, int, int]) -> Finds:
    name, code, _, _ = _ORGANS[organ]
    _, start, end = place
    yield Found("site", name, start, end, "site_weighed")
    yield Found("site_code", Icdo3Topography(code), start, end, "site_weighed_code")
