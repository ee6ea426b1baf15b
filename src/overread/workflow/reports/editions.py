"""One report in its three editions: PDF for the clinician, PDF for the patient, FHIR bundle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from overread.clinical import record as r
from overread.interop import fhir
from overread.interop.documents import reports as pdf
from overread.interop.documents.content import ReportContent

from ..audit import signing
from ..facts.rows import fact_from_json
from ..referrals.opinions import from_json as opinion_from_json
from . import layout
from .layout import Signature
from .models import Report

TITLE = "Second opinion"


def of(report: Report) -> Signature:
    amends = f"Version {report.amends.number}: {report.amendment_reason}" if report.amends else None
    if report.signed_by is None:
        return Signature(amends=amends)
    return Signature(report.signed_by.name, report.signed_at, amends, _seal(report))


def _seal(report: Report) -> tuple[str, ...]:
    """What lets anybody check, without the installation, that the signed content was not changed."""
    return (
        f"SHA-256 of the signed content: {report.digest}",
        f"Ed25519 signature: {report.signature}",
        f"Public key of this installation: {signing.public_key()}",
    )


def clinician_pdf(report: Report) -> bytes:
    return pdf.clinician_report(content(report.content, of(report)))


def patient_pdf(report: Report) -> bytes:
    return pdf.patient_report(content(report.content, of(report)))


def fhir_bundle(report: Report) -> bytes:
    return bundle(report.content, of(report), key=str(report.key))


def content(body: Mapping[str, Any], signature: Signature) -> ReportContent:
    """The gathered body, laid out for the printed editions. Unsigned, every page says DRAFT."""
    return layout.laid_out(body, TITLE, signature)


def bundle(body: Mapping[str, Any], signature: Signature, *, key: str) -> bytes:
    """The gathered body as a FHIR R4 bundle with a DiagnosticReport."""
    opinions = [opinion_from_json(o) for o in body["opinions"]]
    status = fhir.ReportStatus.AMENDED if signature.amends and signature.by else fhir.ReportStatus.SIGNED
    report = fhir.Report(
        key=key,
        title=TITLE,
        issued=(signature.at or datetime.fromisoformat(body["made_at"])).isoformat(),
        conclusion=" ".join(o.comment for o in opinions if o.comment),
        status=status if signature.by else fhir.ReportStatus.DRAFT,
        signed_by=signature.by,
    )
    return fhir.write_bundle(record(body), opinions=opinions, report=report)


def record(body: Mapping[str, Any]) -> r.Record:
    """The record that the report is about, out of its body; an unnamed, empty one when there is none."""
    patient = next((s for s in body["subjects"] if s["leads"]), None)
    if patient is None:
        return r.Record(r.Subject("unnamed"))
    subject = r.Subject(
        key=patient["key"],
        name=patient["name"],
        birth_date=patient["birth_date"],
        sex=patient["sex"],
        identifiers=frozenset(patient["identifiers"]),
        identity=r.Identity(patient["identity"]),
    )
    return r.Record(subject, (), tuple(fact_from_json(f) for f in patient["facts"]))
