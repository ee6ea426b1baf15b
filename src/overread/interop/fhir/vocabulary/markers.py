"""Tumour markers and their results, by words and by codes."""

from __future__ import annotations

import re

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
