"""The names of tumours that a report may print, with ICD-O-3 codes, and the patterns that find them.

Codes were compared with the registry's histology of the development reports; names that map to several carry none.
"""

from __future__ import annotations

import re

# Printed words (lower case, a regular expression), the name we give, the code or None. First match wins at a place,
# so the specific stands before the general.
TYPES: tuple[tuple[str, str, str | None], ...] = (
    (
        r"(?:clear(?: |-)cell(?: ?\(conventional\)| type)?|conventional ?(?:type )?\(?clear(?: |-)cell\)?) (?:renal (?:cell )?(?:adeno)?carcinoma|rcc)|"
        r"(?:renal cell carcinoma|rcc)[.,:;( -]{1,3}(?:[a-z]+[, ]{1,2}){0,4}?\(?(?:conventional(?: ?\(?clear(?: |-)?cell)?|clear(?: |-)cell)|"
        r"(?:renal cell carcinoma|rcc)[,:( -]{1,3}clear\b(?! (?:margin|of))",
        "clear cell renal cell carcinoma",
        "8310/3",
    ),
    (
        r"chromophobe renal cell(?: carcinoma)?|renal cell carcinoma[,:;( -]{1,3}chromophobe|chromophobe(?: type| cell| variant| subtype| rcc)?",
        "chromophobe renal cell carcinoma",
        "8317/3",
    ),
    (
        r"papillary(?: \([a-z]{4,12}\))? renal[ -]cell carcinoma|renal cell carcinoma[,:;( -]{1,3}(?:[a-z]+[, ]{1,2}){0,2}?papillary|papillary rcc",
        "papillary renal cell carcinoma",
        "8260/3",
    ),
    (r"renal[ -]cell carcinoma", "renal cell carcinoma", "8312/3"),
    (r"(?:flat )?urothelial carcinoma[ -]in[ -]situ", "urothelial carcinoma in situ", "8120/2"),
    (r"papillary (?:urothelial|transitional cell) carcinoma", "papillary urothelial carcinoma", "8130/3"),
    (r"(?:urothelial|transitional[ -]cell) (?:cell )?carcinoma", "urothelial carcinoma", "8120/3"),
    (
        r"(?:hepato-?cellular|hepatocholangio) ?-?carcinoma|carcinoma,? hepatocellular|\bhcc\b",
        "hepatocellular carcinoma",
        "8170/3",
    ),
    (r"cholangio-?carcinoma", "cholangiocarcinoma", "8160/3"),
    (r"adeno-?squamous carcinoma", "adenosquamous carcinoma", "8560/3"),
    (r"basaloid squamous(?: cell)? carcinoma", "basaloid squamous cell carcinoma", "8083/3"),
    (
        r"non-?keratinizing (?:large cell )?squamous(?: cell)? carcinoma|squamous(?: cell)? carcinoma[,:;( -]{1,3}(?:[a-z\-]+[, ]{1,2}){0,4}?non-?keratinizing",
        "non-keratinizing squamous cell carcinoma",
        "8072/3",
    ),
    (
        r"(?<!non-)(?<!non)keratinizing squamous(?: cell)? carcinoma|squamous(?: cell)? carcinoma[,:;( -]{1,3}(?:[a-z\-]+[, ]{1,2}){0,4}?keratinizing",
        "keratinizing squamous cell carcinoma",
        "8071/3",
    ),
    (
        r"squamous[ -]?(?:cell )?carcinoma|epidermoid carcinoma|carcinoma,? squamous(?: cell)?",
        "squamous cell carcinoma",
        "8070/3",
    ),
    (
        r"(?:invasive|infiltrating) (?:breast |mammary )?carcinoma(?: ?\(nst\)|,? (?:of )?(?:no special type|nst\b))|carcinoma of no special type",
        "ductal carcinoma",
        "8500/3",
    ),
    (r"(?:invasive |infiltrating )?lobular (?:breast )?carcinoma(?! in situ)", "lobular carcinoma", "8520/3"),
    (r"ductal carcinoma in situ|intraductal carcinoma|\bdcis\b", "ductal carcinoma in situ", "8500/2"),
    (
        r"(?:invasive|infiltrating) (?:mammary )?ductal (?:breast )?(?:adeno)?carcinoma|invasive mammary carcinoma|ductal adeno-?carcinoma|ductal (?:breast )?carcinoma",
        "ductal carcinoma",
        "8500/3",
    ),
    (
        r"mucinous (?:adeno-?|cystadeno-?)?carcinoma|adenocarcinoma[,:;( -]{1,3}mucinous|colloid carcinoma",
        "mucinous adenocarcinoma",
        "8480/3",
    ),
    (r"signet[ -]ring(?: cell)? (?:adeno)?carcinoma", "signet ring cell carcinoma", "8490/3"),
    (
        r"(?:papillary )?serous (?:papillary )?(?:cyst)?-?(?:adeno-?)?carcinoma|(?:cyst)?adenocarcinoma[,:;( -]{1,3}(?:papillary )?serous|serous (?:papillary )?cystadenocarcinoma",
        "serous carcinoma",
        "8441/3",
    ),
    (r"endometrioid (?:adeno-?)?carcinoma|adenocarcinoma[,:;( -]{1,3}endometrioid", "endometrioid carcinoma", "8380/3"),
    (r"clear[ -]cell (?:adeno)?carcinoma", "clear cell carcinoma", None),
    (
        r"endocervical (?:type )?adenocarcinoma|adenocarcinoma[,:;( -]{1,3}endocervical",
        "endocervical adenocarcinoma",
        "8384/3",
    ),
    (
        r"acinar (?:type )?adeno-?carcinoma|adenocarcinoma[,:;( -]{1,3}(?:conventional |usual |prostatic )?\(?acinar",
        "acinar adenocarcinoma",
        None,
    ),
    (r"papillary thyroid carcinoma|papillary (?:micro)?carcinoma", "papillary carcinoma", None),
    (r"follicular (?:thyroid )?carcinoma", "follicular carcinoma", "8330/3"),
    (r"medullary (?:thyroid )?carcinoma", "medullary carcinoma", None),
    (r"large cell neuroendocrine carcinoma", "large cell neuroendocrine carcinoma", "8013/3"),
    (r"neuro-?endocrine carcinoma", "neuroendocrine carcinoma", "8246/3"),
    (r"neuro-?endocrine tumou?r|carcinoid(?: tumou?r)?", "neuroendocrine tumour", None),
    (r"non-?small[ -]cell (?:lung )?carcinoma", "non-small cell carcinoma", "8046/3"),
    (r"small[ -]cell (?:lung |neuroendocrine )?carcinoma", "small cell carcinoma", "8041/3"),
    (r"adenoid cystic carcinoma", "adenoid cystic carcinoma", "8200/3"),
    (r"muco-?epidermoid carcinoma", "mucoepidermoid carcinoma", "8430/3"),
    (r"basal cell carcinoma", "basal cell carcinoma", None),
    (r"merkel cell carcinoma", "Merkel cell carcinoma", "8247/3"),
    (r"adeno-?carcinoma in situ", "adenocarcinoma in situ", "8140/2"),
    (r"adeno-? ?carcinoma", "adenocarcinoma", "8140/3"),
    (r"carcinosarcoma|malignant mixed m[uü]llerian tumou?r", "carcinosarcoma", "8980/3"),
    (
        r"anaplastic oligo-?dendroglioma|oligo-?dendroglioma[,:;( -]{1,3}anaplastic",
        "anaplastic oligodendroglioma",
        "9451/3",
    ),
    (r"(?:anaplastic )?oligo-?astrocytoma|mixed glioma", "oligoastrocytoma", "9382/3"),
    (r"oligo-?dendroglioma", "oligodendroglioma", "9450/3"),
    (r"anaplastic astrocytoma|astrocytoma[,:;( -]{1,3}anaplastic", "anaplastic astrocytoma", "9401/3"),
    (r"glio-?blastoma(?: multiforme)?|\bgbm\b", "glioblastoma", "9440/3"),
    (r"gliosarcoma", "gliosarcoma", "9442/3"),
    (r"astrocytoma", "astrocytoma", "9400/3"),
    (r"glioma", "glioma", None),
    (r"melanoma in situ", "melanoma in situ", "8720/2"),
    (r"melanoma", "melanoma", "8720/3"),
    (r"diffuse large b[ -]?cell lymphoma", "diffuse large B-cell lymphoma", "9680/3"),
    (r"follicular lymphoma", "follicular lymphoma", "9690/3"),
    (r"(?<!non.)(?<!non)hodgkin'?s? lymphoma", "Hodgkin lymphoma", None),
    (r"lymphoma", "lymphoma", None),
    (r"plasma cell myeloma|multiple myeloma", "multiple myeloma", "9732/3"),
    (r"leuk[a]?emia", "leukaemia", None),
    (r"undifferentiated pleomorphic sarcoma", "undifferentiated pleomorphic sarcoma", None),
    (r"leiomyosarcoma", "leiomyosarcoma", "8890/3"),
    (r"dedifferentiated liposarcoma", "dedifferentiated liposarcoma", None),
    (r"well[ -]differentiated liposarcoma", "well-differentiated liposarcoma", None),
    (r"myxoid(?:/round cell)? liposarcoma", "myxoid liposarcoma", None),
    (r"pleomorphic liposarcoma", "pleomorphic liposarcoma", None),
    (r"liposarcoma", "liposarcoma", None),
    (r"(?:alveolar |embryonal |spindle cell )?rhabdomyosarcoma", "rhabdomyosarcoma", None),
    (r"myxofibrosarcoma", "myxofibrosarcoma", None),
    (r"dermatofibrosarcoma(?: protuberans)?", "dermatofibrosarcoma", None),
    (r"fibrosarcoma", "fibrosarcoma", None),
    (r"chondrosarcoma", "chondrosarcoma", None),
    (r"synovial sarcoma", "synovial sarcoma", None),
    (r"ewing(?:'?s)? sarcoma", "Ewing sarcoma", None),
    (r"adenosarcoma", "adenosarcoma", None),
    (r"angiosarcoma", "angiosarcoma", "9120/3"),
    (r"osteosarcoma", "osteosarcoma", "9180/3"),
    (r"sarcoma(?!t)", "sarcoma", "8800/3"),
    (r"mesothelioma", "mesothelioma", None),
    (r"gastrointestinal stromal tumou?r|\bgist\b", "gastrointestinal stromal tumour", "8936/3"),
    (r"ph[a]?eochromocytoma", "phaeochromocytoma", None),
    (r"paraganglioma", "paraganglioma", None),
    (r"seminoma", "seminoma", None),
    (r"carcinoma in situ", "carcinoma in situ", None),
    (r"carcinoma", "carcinoma", None),
)
# One scan over the words that any type must contain, then the full patterns only around those places.
STEM = re.compile(
    r"carcinom|melanom|lymphom|sarcoma(?!t)|gliom|glio-?blast|astrocytom|seminom|myelom|leuk[a]?emi|mesotheliom|stromal tumou?r|endocrine tumou?r|chromophobe|carcinoid|\bdcis\b|\bhcc\b|\bgbm\b|\bgist\b|\brcc\b|ganglioma|cytoma|mixed m[uü]ll"
)
STEM_WORDS = (
    "carcinom", "melanom", "lymphom", "sarcoma", "gliom", "glioblast", "glio-blast", "astrocytom", "seminom", "myelom", "leukemi", "leukaemi", "mesotheliom",
    "stromal tum", "endocrine tum", "chromophobe", "carcinoid", "dcis", "hcc", "gbm", "gist", "rcc", "ganglioma", "cytoma", "mixed m",
)  # fmt: skip
# What must stand in the text before a type's pattern is tried: the word of its name that is rarest, as few reports print most types.
_NEEDS: dict[str, tuple[str, ...]] = {
    "clear cell renal cell carcinoma": ("renal", "rcc"),
    "chromophobe renal cell carcinoma": ("chromophobe",),
    "papillary renal cell carcinoma": ("papillary",),
    "renal cell carcinoma": ("renal",),
    "papillary urothelial carcinoma": ("papillary",),
    "urothelial carcinoma in situ": ("situ",),
    "urothelial carcinoma": ("urothelial", "transitional"),
    "hepatocellular carcinoma": ("hepat", "hcc"),
    "cholangiocarcinoma": ("cholangio",),
    "adenosquamous carcinoma": ("squamous",),
    "basaloid squamous cell carcinoma": ("basaloid",),
    "non-keratinizing squamous cell carcinoma": ("keratinizing",),
    "keratinizing squamous cell carcinoma": ("keratinizing",),
    "squamous cell carcinoma": ("squamous", "epidermoid"),
    "lobular carcinoma": ("lobular",),
    "ductal carcinoma in situ": ("ductal", "dcis"),
    "ductal carcinoma": ("ductal", "mammary", "special type", "nst"),
    "mucinous adenocarcinoma": ("mucinous", "colloid"),
    "signet ring cell carcinoma": ("signet",),
    "serous carcinoma": ("serous",),
    "endometrioid carcinoma": ("endometrioid",),
    "clear cell carcinoma": ("clear",),
    "endocervical adenocarcinoma": ("endocervical",),
    "acinar adenocarcinoma": ("acinar",),
    "papillary carcinoma": ("papillary",),
    "follicular carcinoma": ("follicular",),
    "medullary carcinoma": ("medullary",),
    "large cell neuroendocrine carcinoma": ("endocrine",),
    "neuroendocrine carcinoma": ("endocrine",),
    "neuroendocrine tumour": ("endocrine", "carcinoid"),
    "non-small cell carcinoma": ("small",),
    "small cell carcinoma": ("small",),
    "adenoid cystic carcinoma": ("cystic",),
    "mucoepidermoid carcinoma": ("epidermoid",),
    "basal cell carcinoma": ("basal",),
    "Merkel cell carcinoma": ("merkel",),
    "carcinosarcoma": ("carcinosarcoma", "mixed"),
    "anaplastic oligodendroglioma": ("anaplastic",),
    "anaplastic astrocytoma": ("anaplastic",),
    "diffuse large B-cell lymphoma": ("diffuse",),
    "follicular lymphoma": ("follicular",),
    "Hodgkin lymphoma": ("hodgkin",),
    "lymphoma": ("lymphoma",),
    "multiple myeloma": ("myeloma",),
    "leukaemia": ("leuk",),
    "oligoastrocytoma": ("astrocytoma", "glioma"),
    "oligodendroglioma": ("dendroglioma",),
    "astrocytoma": ("astrocytoma",),
    "glioma": ("glioma",),
    "melanoma in situ": ("melanoma",),
    "melanoma": ("melanoma",),
    "mesothelioma": ("mesothelioma",),
    "gastrointestinal stromal tumour": ("stromal", "gist"),
    "phaeochromocytoma": ("chromocytoma",),
    "paraganglioma": ("paraganglioma",),
    "seminoma": ("seminoma",),
    "dedifferentiated liposarcoma": ("dedifferentiated",),
    **dict.fromkeys(
        (
            *(
                "undifferentiated pleomorphic sarcoma",
                "leiomyosarcoma",
                "well-differentiated liposarcoma",
                "myxoid liposarcoma",
                "pleomorphic liposarcoma",
            ),
            *(
                "liposarcoma",
                "rhabdomyosarcoma",
                "myxofibrosarcoma",
                "dermatofibrosarcoma",
                "fibrosarcoma",
                "chondrosarcoma",
                "synovial sarcoma",
            ),
            *("Ewing sarcoma", "adenosarcoma", "angiosarcoma", "osteosarcoma", "gliosarcoma", "sarcoma"),
        ),
        ("sarcoma",),
    ),
}
# The pattern, the name, the words of which one must occur.
Pattern = tuple[re.Pattern[str], str, tuple[str, ...]]
_BLANK = re.compile(r"(?P<choice>\[[^\]]*\])| ")


def _over_lines(pattern: str) -> str:
    """A blank of a name may be the end of a line; a choice of letters stays as it is."""
    return _BLANK.sub(
        lambda m: (m[0] if "a-z" in m[0] else m[0].replace(" ", r"\s")) if m["choice"] else r"(?:\s{1,2})", pattern
    )


PATTERNS: tuple[Pattern, ...] = tuple(
    (re.compile(_over_lines(p)), name, _NEEDS.get(name, STEM_WORDS)) for p, name, _ in TYPES
)
CODES = {name: code for _, name, code in TYPES if code}


def longest(low: str, at: int, possible: list[Pattern]) -> tuple[int, int, str] | None:
    """The most specific type whose words cover the stem at ``at``: start, end, name."""
    window = max(0, at - 45)
    for pattern, name, _ in possible:
        for match in pattern.finditer(low, window, min(len(low), at + 75)):
            if match.start() <= at < match.end():
                return match.start(), match.end(), name
    return None
