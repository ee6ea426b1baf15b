"""Why bytes could not be read, or a record not be written, as FHIR. Each error says what to do about it."""

from __future__ import annotations


class FhirError(ValueError):
    """The parent of all. ``reason`` is a sentence for the sender; ``advice`` says what would help."""

    advice = "Please export the record again as FHIR R4 in JSON and send that file."

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason} {self.advice}")
        self.reason = reason


class EmptyInput(FhirError):
    """There is nothing in the file."""

    advice = "Please check the file on your side and send it again."


class TooLarge(FhirError):
    """More bytes than one bundle may have."""

    advice = "Please send the record in several bundles."


class TooDeep(FhirError):
    """Elements inside elements beyond anything that a record needs."""


class NotJson(FhirError):
    """The bytes are not JSON."""


class Truncated(NotJson):
    """The JSON stops in the middle."""

    advice = "The file was probably cut off on its way. Please send it again."


class XmlFhir(NotJson):
    """FHIR, but in XML."""

    advice = (
        "Please choose JSON in the export, ask the server for 'Accept: application/fhir+json', "
        "or convert the file with the HL7 FHIR validator (option -convert)."
    )


class ClinicalDocument(NotJson):
    """A C-CDA document, which is XML too, but not FHIR."""

    advice = "Please upload it as a document instead."


class NotFhir(FhirError):
    """JSON, but not a FHIR resource."""


class NotWritten(FhirError):
    """What we wrote ourselves is not valid FHIR; nothing was handed out."""

    advice = "This is a fault in Overread. Please report it."
