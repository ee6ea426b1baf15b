"""What a file is, decided by its content and never by its name. Returns what it holds, or why it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from overread.clinical.record import Domain, Method, Nature
from overread.interop import dicom, documents, fhir


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the file cannot become part of the case, and what its sender can do."""

    what: str
    do: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """A file that was understood. At most one of the three contents is set."""

    kind: str
    domain: Domain
    nature: Nature
    text: documents.TextDocument | None = None
    bundle: fhir.FhirRead | None = None
    instance: dicom.Instance | None = None


# Free text may hold anything, so it belongs to the strictest domain until a navigator has read it.
STRICTEST = (Domain.PLAN, Nature.INTERPRETATION)


def sort(data: bytes, name: str) -> Sorted | Refused:
    """Look into the bytes. Never raises for bad input."""
    try:
        return _sort(data, name)
    except (documents.DocumentError, fhir.FhirError) as error:
        return Refused(error.reason, error.advice)
    except dicom.DicomError as error:
        return Refused(error.what, error.do)


def _sort(data: bytes, name: str) -> Sorted:
    if data[128:132] == b"DICM":
        return Sorted("dicom", Domain.IMAGING, Nature.SOURCE, instance=dicom.examine(data))
    if data.lstrip()[:1] in (b"{", b"["):
        return Sorted("fhir", *STRICTEST, bundle=fhir.read_bundle(data))
    document = documents.read(data, name)
    return Sorted("scan" if document.method is Method.OCR else "report", *STRICTEST, text=document)
