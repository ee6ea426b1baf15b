"""Smoking and performance status."""

from __future__ import annotations

import re

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

NO_EXPOSURE = re.compile(
    r"^(?:no|none|never|not|non-?|denies|absent|negative|does not|lifetime non-?drinker|current non-?drinker)\b",
    re.IGNORECASE,
)
