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
from .facts import SINGLE, SOURCE_DAYS, Document, Fact, FactError, Identity, Record, Subject, Value
from .fields import FIELDS, PRESENCE, RESULT, Domain, FieldSpec, Kind, Nature, strictest
from .kinds_of_treatment import Intent, Modality, Phase, Reversibility, Status
from .opinion import Answer, Opinion, TreatmentOption
from .provenance import Method, Provenance, Span
from .treatments import DETAILS, TREATMENTS, Treatment, disagreements, treatments

__all__ = [
    "DETAILS",
    "FIELDS",
    "PRESENCE",
    "RESULT",
    "SINGLE",
    "SOURCE_DAYS",
    "TREATMENTS",
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
    "Phase",
    "Provenance",
    "Record",
    "Reversibility",
    "SnomedCt",
    "Span",
    "Status",
    "Subject",
    "Treatment",
    "TreatmentOption",
    "Value",
    "day_range",
    "disagreements",
    "strictest",
    "treatments",
]
