"""Cancers and other conditions, their sites and sides."""

from __future__ import annotations

import re

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
EXPOSURE_WORDS = re.compile(r"\b(?:exposure to|exposed to)\b", re.IGNORECASE)
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
