"""Reading the report: on the page, as PDF for the clinician and for the patient, as a FHIR bundle."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from overread.workflow.cases.models import Case
from overread.workflow.reports import conclusions, editions, layout, permissions
from overread.workflow.reports import queries as reports

from ..routing import actor
from . import glance
from .turns import OF_THE_PATIENT


def all_versions(request: HttpRequest, case: Case) -> HttpResponse:
    viewer = actor(request)
    context = glance.page(viewer, case) | {
        "reports": reports.reports(viewer, case),
        "may_sign": permissions.may_sign(viewer, case),
    }
    return render(request, "casefile/reports.html", context)


def version(request: HttpRequest, case: Case, report: uuid.UUID) -> HttpResponse:
    """In plain language for the patient, in the field's words for everybody else; both out of the one signed content."""
    viewer = actor(request)
    found = reports.report_for(viewer, case, report)
    page = glance.page(viewer, case, "report")
    context = page | {
        "report": found,
        "edition": editions.content(found.content, editions.of(found)),
        "plain": page["seat"].role in OF_THE_PATIENT,
        "basis": list(layout.basis(found.content)),
        "looked_again": list(conclusions.looked_again(found.content)),
        "may_sign": permissions.may_sign(viewer, case),
    }
    return render(request, "casefile/report.html", context)


def clinician_pdf(request: HttpRequest, case: Case, report: uuid.UUID) -> HttpResponse:
    found = reports.report_for(actor(request), case, report)
    return _sent(editions.clinician_pdf(found), "application/pdf", f"{case.reference}-clinician-{found.number}.pdf")


def patient_pdf(request: HttpRequest, case: Case, report: uuid.UUID) -> HttpResponse:
    found = reports.report_for(actor(request), case, report)
    return _sent(editions.patient_pdf(found), "application/pdf", f"{case.reference}-patient-{found.number}.pdf")


def fhir_bundle(request: HttpRequest, case: Case, report: uuid.UUID) -> HttpResponse:
    found = reports.report_for(actor(request), case, report)
    return _sent(editions.fhir_bundle(found), "application/fhir+json", f"{case.reference}-{found.number}.json")


def _sent(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
