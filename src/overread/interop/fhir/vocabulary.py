"""The codes and words by which FHIR says what Overread knows by a field name.

Words come first, codes where a sender gives no words. Codes: LOINC and SNOMED CT as named in HL7 mCODE STU3 and STU4
(TNM staging types, staging methods, tumour marker tests), US Core, and New Zealand's canSHARE value set of AJCC
clinical T categories; checked 2026-11-21.
"""

from __future__ import annotations

import re

MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition/"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"

# What an observation of stage is of, and on what basis: code -> (field, prefix).
STAGING_TYPES: dict[str, tuple[str, str | None]] = {
    "399390009": ("stage_group", None),
    "399537006": ("stage_group", "c"),
    "399588009": ("stage_group", "p"),
    "21908-9": ("stage_group", "c"),
    "21902-2": ("stage_group", "p"),
    "21914-7": ("stage_group", None),
    "78873005": ("t", None),
    "399504009": ("t", "c"),
    "384625004": ("t", "p"),
    "21905-5": ("t", "c"),
    "21899-0": ("t", "p"),
    "21911-3": ("t", None),
    "277206009": ("n", None),
    "399534004": ("n", "c"),
    "371494008": ("n", "p"),
    "21906-3": ("n", "c"),
    "21900-6": ("n", "p"),
    "21912-1": ("n", None),
    "277208005": ("m", None),
    "399387003": ("m", "c"),
    "371497001": ("m", "p"),
    "21907-1": ("m", "c"),
    "21901-4": ("m", "p"),
    "21913-9": ("m", None),
}

# The same by mCODE profile name (STU1 to STU4): ending -> field.
STAGING_PROFILES: dict[str, str] = {
    "primary-tumor-category": "t",
    "regional-nodes-category": "n",
    "distant-metastases-category": "m",
    "stage-group": "stage_group",
}

# Values sent without words: AJCC categories as SNOMED CT codes.
CATEGORY_CODES: dict[str, str] = {
    "1222604002": "cTX",
    "1228882005": "cT0",
    "1228884006": "cTis",
    "1228889001": "cT1",
    "1228891009": "cT1mi",
    "1228892002": "cT1a",
    "1228893007": "cT1a1",
    "1228894001": "cT1a2",
    "1228895000": "cT1b",
    "1228896004": "cT1b1",
    "1228898003": "cT1b2",
    "1228899006": "cT1c",
    "1228900001": "cT1c1",
    "1228901002": "cT1c2",
    "1228902009": "cT1c3",
    "1228928007": "cT1d",
    "1228929004": "cT2",
    "1228931008": "cT2a",
    "1228932001": "cT2a1",
    "1228933006": "cT2a2",
    "1228934000": "cT2b",
    "1228936003": "cT2c",
    "1228937007": "cT2d",
    "1228938002": "cT3",
    "1228939005": "cT3a",
    "1228940007": "cT3b",
    "1228941006": "cT3c",
    "1228942004": "cT3d",
    "1228943009": "cT3e",
    "1228944003": "cT4",
    "1228945002": "cT4a",
    "1228946001": "cT4b",
    "1228947005": "cT4c",
    "1228948000": "cT4d",
    "1228949008": "cT4e",
    "1229967007": "cN0",
    "1229973008": "cN1",
    "1229901006": "cM0",
    "1229903009": "cM1",
}

EDITION_CODES: dict[str, str] = {
    "444256004": "6",
    "443830009": "7",
    "897275008": "8",
    "1269566009": "9",
    "C191343": "4",
    "C191344": "5",
    "C146985": "8",
}

CATEGORY = re.compile(
    r"(?<![A-Za-z0-9])(?P<prefix>[yr]{0,2}[cpa]?)"
    r"(?P<category>T(?:X|0|is(?:\([A-Za-z]{2,5}\))?|a(?![A-Za-z])|[1-4](?:mi|[a-e][1-3]?)?)"
    r"|N(?:X|[0-3](?:mi|[a-c]|\((?:i|mol)[+-]\))?|[0-3][a-c]i{0,3})"
    r"|M(?:X|0(?:\(i\+\))?|1[a-e]?(?:\([01]\))?))(?![A-Za-z0-9])",
)
_GROUP = r"(?P<prefix>[yr]{0,2}[cpa]?)(?P<group>0is|0a|0|IV|I{1,3}|[1-4])(?P<sub>[A-E]?[1-3]?|S)(?![A-Za-z0-9])"
STAGE_GROUP = re.compile(rf"\b(?:stage|stadium)(?: group)?[ :]*{_GROUP}", re.IGNORECASE)
STAGE_GROUP_ALONE = re.compile(_GROUP, re.IGNORECASE)  # a whole code, as in "c3A" or "IIB"
EDITION = re.compile(
    r"(?:(?P<before>\d{1,2})(?:st|nd|rd|th|\.)?[ -]*(?:edition|version|ed\b|auflage))"
    r"|(?:(?:edition|version|v)[ .:]*(?P<after>\d{1,2})(?!\d))",
    re.IGNORECASE,
)
ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}

# Tumour markers by the words of the test. Names of genes are matched in capitals: "eGFR" is a kidney test.
_MARKER_WORDS: tuple[tuple[str, str], ...] = (
    ("her2", r"(?i:\bher-?2|\berbb2\b)|\bHER2"),
    ("er", r"(?i:o?estrogen receptor)|\bER\b(?! *(?:visit|admission))"),
    ("pr", r"(?i:progesterone receptor)|\bPR\b|\bPgR\b"),
    ("ki67", r"(?i:\bki-? ?67\b)"),
    ("pdl1", r"(?i:\bpd-?l1\b|programmed (?:cell )?death.ligand 1)"),
    ("oncotype_dx", r"(?i:oncotype)"),
    ("tmb", r"(?i:tumou?r mutation(?:al)? burden)|\bTMB\b"),
    ("msi", r"(?i:microsatellite instability)|\bMSI\b"),
    ("mmr", r"(?i:mismatch repair)|\bMMR\b"),
    ("psa", r"(?i:prostate.specific (?:ag\b|antigen))|\bPSA\b"),
    ("p16", r"(?i:\bp16\b)"),
    ("hpv", r"(?i:papilloma ?virus)|\bHPV\b"),
)
_GENES = [
    "EGFR",
    "ALK",
    "ROS1",
    "BRAF",
    "KRAS",
    "NRAS",
    "MET",
    "RET",
    "NTRK",
    "BRCA1",
    "BRCA2",
    "PIK3CA",
    "IDH1",
    "KIT",
    "TP53",
]
MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    *((field, re.compile(words)) for field, words in _MARKER_WORDS),
    *((gene.lower(), re.compile(rf"\b{gene}{'[123]?' if gene == 'NTRK' else ''}\b")) for gene in _GENES),
)
MARKER_CODES: dict[str, str] = {
    "85337-4": "er",
    "40556-3": "er",
    "16112-5": "er",
    "85339-0": "pr",
    "40557-1": "pr",
    "16113-3": "pr",
    "48676-1": "her2",
    "85318-4": "her2",
    "85319-2": "her2",
    "19195-7": "psa",
    "2857-1": "psa",
    "94076-7": "tmb",
    "81695-9": "msi",
    "62862-8": "msi",
}

_NEGATIVE = (
    r"\b(?:negative|not detected|undetected|not present|absent|not identified|none detected|not expressed|wild.?type)\b"
)
_NEGATIVE += (
    r"|\bno (?:mutation|variant|rearrangement|amplification)|\bnon?-?(?:t)? ?amplified\b|\bmicrosatellite stable\b"
)
_NEGATIVE += r"|\bMSS\b|\bstable\b|\bMSI-?L\b"
RESULTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("negative", re.compile(_NEGATIVE, re.IGNORECASE)),
    ("equivocal", re.compile(r"\b(?:equivocal|indeterminate|borderline|inconclusive)\b", re.IGNORECASE)),
    (
        "positive",
        re.compile(
            r"\b(?:positive|detected|present|mutated|mutation found|amplified|overexpressed|rearranged|MSI-?H"
            r"|instability.?high|high instability|unstable)\b",
            re.IGNORECASE,
        ),
    ),
)
# Mismatch repair: positive is proteins kept, negative is proteins lost, as extraction from reports says it too.
REPAIR: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("positive", re.compile(r"\b(?:proficient|intact|retained|no loss|preserved|normal|pMMR)\b", re.IGNORECASE)),
    ("negative", re.compile(r"\b(?:deficien\w+|loss of|lost|abnormal|dMMR)\b", re.IGNORECASE)),
)
RESULT_CODES: dict[str, str] = {
    "LA6576-8": "positive",
    "10828004": "positive",
    "LA9633-4": "positive",
    "POS": "positive",
    "LA6577-6": "negative",
    "260385009": "negative",
    "LA9634-2": "negative",
    "NEG": "negative",
    "IND": "equivocal",
    "E": "equivocal",
}

SMOKING: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("unknown", re.compile(r"unknown|not known|not asked", re.IGNORECASE)),
    ("never", re.compile(r"\bnever\b|\bnon-?smoker", re.IGNORECASE)),
    ("former", re.compile(r"\b(?:former|ex-?smoker|previous|quit|past)\b", re.IGNORECASE)),
    ("current", re.compile(r"\b(?:current|daily|every ?day|some days?|heavy|light|smokes|smoker)\b", re.IGNORECASE)),
)
SMOKING_CODES: dict[str, str] = {
    "449868002": "current",
    "428041000124106": "current",
    "77176002": "current",
    "8517006": "former",
    "266919005": "never",
}

ECOG_CODES = {"LA9622-7": 0, "LA9623-5": 1, "LA9624-3": 2, "LA9625-0": 3, "LA9626-8": 4, "LA9627-6": 5}

# Length units to millimetres; the spellings that UCUM and people use.
MILLIMETRES = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "[in_i]": 25.4, "in": 25.4, "inch": 25.4, "inches": 25.4}
MILLIMETRES |= dict.fromkeys(("millimeter", "millimeters", "millimetre", "millimetres"), 1.0)
MILLIMETRES |= dict.fromkeys(("centimeter", "centimeters", "centimetre", "centimetres"), 10.0)

CANCER_WORDS = re.compile(
    r"\b(?:malignan\w*|cancer\w*|carcinom\w*|adenocarcinom\w*|sarcom\w*|\w{3,20}sarcoma|\w{0,20}lymphoma|\w{0,20}melanoma"
    r"|leuka?emi\w*|myeloma|\w{0,20}blastoma|\w{0,20}glioma|mesothelioma|neoplasm\w*|seminoma|tumou?r)\b",
    re.IGNORECASE,
)
NOT_CANCER_WORDS = re.compile(
    r"\b(?:benign|family history|screening|fear of|risk|at risk|suscept\w*|suspected|history of|no evidence|exposure|in remission from)\b",
    re.IGNORECASE,
)
# What some makers send as conditions, and no illness is.
SOCIAL_WORDS = re.compile(
    r"\b(?:employment|employed|unemployed|labou?r force|education|school|housing|transport|criminal record|social contact"
    r"|income|refugee|literacy|medication review due)\b",
    re.IGNORECASE,
)
SECONDARY_WORDS = re.compile(r"\b(?:secondary|metasta\w+)\b", re.IGNORECASE)

# Sites as staging names them, by the words of a condition or of a body site. Order: the narrower first.
SITES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (site, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for site, words in (
        ("breast", r"breast|mammary"),
        ("lung", r"lung|bronch\w*|pulmonary"),
        ("pleura", r"pleura\w*|mesothelioma"),
        ("prostate", r"prostat\w*"),
        ("rectum", r"rect\w{1,3}"),
        ("colon", r"colon\w*|colorectal|sigmoid|caecum|cecum|large intestine"),
        ("stomach", r"stomach|gastric"),
        ("oesophagus", r"o?esophag\w*"),
        ("pancreas", r"pancrea\w*"),
        ("liver", r"liver|hepat\w*"),
        ("kidney", r"kidney|renal"),
        ("bladder", r"bladder|urothelial"),
        ("cervix", r"cervix|cervical uteri"),
        ("endometrium", r"endometri\w*|corpus uteri|uter\w{2,3}"),
        ("ovary", r"ovar\w{1,3}"),
        ("thyroid", r"thyroid"),
        ("brain", r"brain|gliobla\w*|glioma"),
        ("testis", r"testi\w+"),
        ("skin", r"skin|cutaneous|melanoma"),
        ("larynx", r"laryn\w+"),
        ("oropharynx", r"oropharyn\w+|tonsil"),
        ("bone", r"bone"),
    )
)
SITES_BY_ICD10 = {
    "C15": "oesophagus", "C16": "stomach", "C18": "colon", "C19": "rectum", "C20": "rectum", "C22": "liver",
    "C25": "pancreas", "C32": "larynx", "C34": "lung", "C50": "breast", "C53": "cervix", "C54": "endometrium",
    "C56": "ovary", "C61": "prostate", "C62": "testis", "C64": "kidney", "C67": "bladder", "C71": "brain",
    "C73": "thyroid", "C43": "skin",
}  # fmt: skip

SIDES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("bilateral", re.compile(r"\bbilateral|\bboth\b|right and left|left and right", re.IGNORECASE)),
    ("left", re.compile(r"\bleft\b", re.IGNORECASE)),
    ("right", re.compile(r"\bright\b", re.IGNORECASE)),
    ("midline", re.compile(r"\bmidline\b", re.IGNORECASE)),
)

SURGERY = re.compile(
    r"\b(?:\w{2,30}ectomy|excision\w*|resection|surg\w+|amputation|\w{2,20}plasty|transplant\w*|removal)\b",
    re.IGNORECASE,
)
RADIOTHERAPY = re.compile(r"\b(?:radiotherapy|radiation|brachytherapy|teleradiotherapy|irradiation)\b", re.IGNORECASE)
DRUGS = re.compile(r"\b(?:chemotherapy|immunotherapy|hormon\w+ therapy|endocrine therapy)\b", re.IGNORECASE)
# Stems of non-proprietary names that are given to cancer medicines.
CANCER_MEDICINES = re.compile(
    r"\b\w*(?:platin|taxel|rubicin|tinib|ciclib|parib|rafenib|metinib|trexate|poside|tecan|citabine|fluorouracil"
    r"|tuzumab|lizumab|rolizumab|volumab|cizumab|tuximab|ximab vedotin|trastuzumab|pembrolizumab|nivolumab|atezolizumab"
    r"|durvalumab|bevacizumab|rituximab|cetuximab|cyclophosphamide|ifosfamide|temozolomide|dacarbazine|vincristine"
    r"|vinorelbine|vinblastine|eribulin|bleomycin|mitomycin|tamoxifen|anastrozole|letrozole|exemestane|fulvestrant"
    r"|leuprolide|leuprorelin|goserelin|degarelix|bicalutamide|enzalutamide|apalutamide|darolutamide|abiraterone"
    r"|imatinib|lenalidomide|bortezomib|everolimus|pemetrexed)\b",
    re.IGNORECASE,
)


def by_words(table: tuple[tuple[str, re.Pattern[str]], ...], words: str) -> str | None:
    """The first row whose words occur."""
    return next((name for name, pattern in table if pattern.search(words)), None)
