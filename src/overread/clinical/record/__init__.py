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
from .facts import Document, Fact, FactError, Identity, Record, Subject, Value
from .fields import FIELDS, PRESENCE, RESULT, Domain, FieldSpec, Kind, Nature, strictest
from .opinion import Answer, Intent, Modality, Opinion, TreatmentOption
from .provenance import Method, Provenance, Span

__all__ = [
    "Answer",
    "Intent",
    "Modality",
    "Opinion",
    "TreatmentOption",
    "FIELDS",
    "PRESENCE",
    "RESULT",
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
    "Kind",
    "Loinc",
    "Method",
    "Nature",
    "Npi",
    "Nucc",
    "OncoTree",
    "Provenance",
    "Record",
    "SnomedCt",
    "Span",
    "Subject",
    "Value",
    "strictest",
]
