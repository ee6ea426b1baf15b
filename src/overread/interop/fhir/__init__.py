"""FHIR R4 (mCODE, US Core and others) to records, and records to FHIR."""

from .attachments import Attachment
from .errors import (
    ClinicalDocument,
    EmptyInput,
    FhirError,
    NotFhir,
    NotJson,
    NotWritten,
    TooDeep,
    TooLarge,
    Truncated,
    XmlFhir,
)
from .read import FhirRead, Remark, read_bundle
from .write import Report, ReportStatus, write_bundle

__all__ = [
    "Attachment",
    "ClinicalDocument",
    "EmptyInput",
    "FhirError",
    "FhirRead",
    "NotFhir",
    "NotJson",
    "NotWritten",
    "Remark",
    "Report",
    "ReportStatus",
    "TooDeep",
    "TooLarge",
    "Truncated",
    "XmlFhir",
    "read_bundle",
    "write_bundle",
]
