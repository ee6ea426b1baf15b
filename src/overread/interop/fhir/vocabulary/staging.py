"""Stage: codes of what is observed, of AJCC categories and of editions, and how categories and groups are written."""

from __future__ import annotations

import re

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
