"""The codes and words by which FHIR says what Overread knows by a field name.

Words come first, codes where a sender gives no words. Codes: LOINC and SNOMED CT as named in HL7 mCODE STU3 and STU4
(TNM staging types, staging methods, tumour marker tests, procedure intent), US Core (smoking, alcohol), HL7's
Occupational Data for Health as used in eCR STU2 (occupation, occupational hazard), and New Zealand's canSHARE value
set of AJCC clinical T categories; checked 2026-11-21.
"""

from __future__ import annotations

import re

MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition/"
US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"

# Length units to millimetres; the spellings that UCUM and people use.
MILLIMETRES = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "[in_i]": 25.4, "in": 25.4, "inch": 25.4, "inches": 25.4}
MILLIMETRES |= dict.fromkeys(("millimeter", "millimeters", "millimetre", "millimetres"), 1.0)
MILLIMETRES |= dict.fromkeys(("centimeter", "centimeters", "centimetre", "centimetres"), 10.0)


def by_words(table: tuple[tuple[str, re.Pattern[str]], ...], words: str) -> str | None:
    """The first row whose words occur."""
    return next((name for name, pattern in table if pattern.search(words)), None)
