"""The case as coded facts with provenance. Every other clinical room reads this one."""

from .codes import (
    Code,
    CodeError,
    Icd10Cm,
    Icdo3Morphology,
    Icdo3Topography,
    Loinc,
    Npi,
    Nucc,
    OncoTree,
    SnomedCt,
)
from .dates import day_range
from .facts import SINGLE, Document, Fact, FactError, Identity, Record, Subject, Value
from .fields import FIELDS, PRESENCE, RESULT, Domain, FieldSpec, Kind, Nature, strictest
from .opinion import Answer, Intent, Modality, Opinion, TreatmentOption
from .provenance import Method, Provenance, Span

__all__ = [
    "FIELDS",
    "PRESENCE",
    "RESULT",
    "SINGLE",
    "Answer",
    "Code",
    "CodeError",
    "Document",
    "Domain",
    "Fact",
    "FactError",
    "FieldSpec",
    "Icd10Cm",
    "Icdo3Morphology",
    "Icdo3Topography",
    "Identity",
    "Intent",
    "Kind",
    "Loinc",
    "Method",
    "Modality",
    "Nature",
    "Npi",
    "Nucc",
    "OncoTree",
    "Opinion",
    "Provenance",
    "Record",
    "SnomedCt",
    "Span",
    "Subject",
    "TreatmentOption",
    "Value",
    "day_range",
    "strictest",
]
