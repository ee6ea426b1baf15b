"""Reading the report: on the page, as PDF for the clinician and for the patient, as a FHIR bundle."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from overread.workflow.cases.models import Case
from overread.workflow.reports import editions, layout, permissions
from overread.workflow.reports import queries as reports

from ..routing import actor
from . import glance


def all_versions(request: HttpRequest, case: Case) -> HttpResponse:
    viewer = actor(request)
    context = glance.page(viewer, case) | {"reports": reports.reports(viewer, case)}
    return render(request, "casefile/reports.html", context)


def version(request: HttpRequest, case: Case, report: uuid.UUID) -> HttpResponse:
    viewer = actor(request)
    found = reports.report_for(viewer, case, report)
    context = glance.page(viewer, case, "report") | {
        "report": found,
        "basis": list(layout.basis(found.content)),
        "looked_again": list(layout.looked_again(found.content)),
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
