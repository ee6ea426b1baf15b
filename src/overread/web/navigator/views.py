"""Understand, route and compare."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from overread.clinical.record import Domain
from overread.workflow.accounts.models import Person
from overread.workflow.accounts.queries import people_with_role
from overread.workflow.accounts.roles import Role
from overread.workflow.cases import actions as cases
from overread.workflow.cases import queries as case_queries
from overread.workflow.cases.models import Case, Question
from overread.workflow.cases.transitions import TABLE, Move, State
from overread.workflow.cases.visibility import Discipline
from overread.workflow.directory.queries import experts_for
from overread.workflow.directory.topic import asked_topic
from overread.workflow.errors import Invalid, NotFound
from overread.workflow.facts import actions as facts
from overread.workflow.facts import queries as fact_queries
from overread.workflow.intake import actions as intake
from overread.workflow.intake import queries as files
from overread.workflow.materials import actions as materials
from overread.workflow.materials import queries as material_queries
from overread.workflow.materials.transitions import MaterialState
from overread.workflow.referrals import actions as referrals
from overread.workflow.referrals import queries as referral_queries
from overread.workflow.reports import actions as reports
from overread.workflow.reports import queries as report_queries
from overread.workflow.reports.transitions import ReportState
from overread.workflow.reviews import actions as reviews
from overread.workflow.reviews import queries as review_queries

from ..casefile import glance, timeline
from ..casefile.turns import OF_THE_PATIENT
from ..facts import page, plain
from ..patient.views import records
from ..routing import actor, person
from ..staying import stays_on
from . import differences, stages
from .forms import CustodyForm, MaterialForm, choice
from .misfits import misfits
from .tasks import tasks


def understand(request: HttpRequest, case: Case) -> HttpResponse:
    """What was read, about whom, and what Overread can say about it: to each viewer from what they may see."""
    viewer = actor(request)
    assessment = fact_queries.assessment(viewer, case, timezone.now())
    subjects = fact_queries.subjects(viewer, case)
    frame = glance.page(viewer, case)
    of_patient = frame["seat"].role in OF_THE_PATIENT
    signed = any(r.state == ReportState.SIGNED for r in report_queries.reports(viewer, case))
    shown = page.shown(subjects, blinded=frame["blinded"], codes_apart=of_patient)
    documents, asked = files.documents(viewer, case), case_queries.questions(viewer, case)
    context = frame | {
        "subjects": shown,
        "assessment": assessment,
        "no_diagnosis": not frame["blinded"] and plain.without_diagnosis(assessment),
        "of_patient": of_patient,
        "signed": signed,
        "plain_stage": plain.stage(assessment.stage, signed=signed),
        "plain_growth": [plain.grew(lesion) for lesion in assessment.growth.lesions],
        "has_images": bool(files.visible_instances(viewer, case)),
        "correcting": request.GET.get("correct", ""),
        "stages": stages.shown(assessment.stage),
        "misfits": misfits(assessment.workup.contradictory, subjects),
        "timeline_drawing": timeline.drawing(assessment.timeline.events),
        "timeline_days": timeline.days(assessment.timeline.events, codes=not of_patient),
        "documents": documents,
        "questions": asked,
        "tasks": tasks(shown, len(assessment.workup.contradictory), [*documents, *asked]),
        "domains": list(Domain),
        "no_record": case_queries.seat_of(viewer, case).role is Role.PAYER,
    }
    return render(request, "navigator/understand.html", context)


@stays_on(understand, "understand")
def clear_file(request: HttpRequest, case: Case, file: uuid.UUID) -> HttpResponse:
    """Let blinded eyes read a document, or take that back."""
    found = files.file_for(actor(request), case, file)
    if "hide" in request.POST:
        intake.hide(file=found, by=person(request), now=timezone.now())
        messages.success(request, "The document is hidden from blinded reviewers again.")
        return redirect("understand", case=case.key)
    domain = choice(Domain, request.POST.get("domain"), "layer")
    intake.clear(file=found, domain=domain, by=person(request), now=timezone.now())
    messages.success(request, "Blinded reviewers may read the report now.")
    return redirect("understand", case=case.key)


def clear_question(request: HttpRequest, case: Case, question: uuid.UUID) -> HttpResponse:
    for found in case_queries.questions(actor(request), case):
        if found.key == question:
            _clear_or_hide(request, found)
            return redirect("understand", case=case.key)
    raise NotFound


def _clear_or_hide(request: HttpRequest, question: Question) -> None:
    if "hide" in request.POST:
        cases.hide_question(question=question, by=person(request), now=timezone.now())
        messages.success(request, "The question is hidden from blinded reviewers again.")
    else:
        cases.clear_question(question=question, by=person(request), now=timezone.now())
        messages.success(request, "Blinded reviewers may read the question now.")


def name_patient(request: HttpRequest, case: Case, subject: uuid.UUID) -> HttpResponse:
    row = fact_queries.subject_for(actor(request), case, subject)
    facts.name_patient(subject=row, by=person(request), now=timezone.now())
    messages.success(request, "Noted: the case is about this person.")
    return redirect("understand", case=case.key)


def confirm_identity(request: HttpRequest, case: Case, subject: uuid.UUID) -> HttpResponse:
    row = fact_queries.subject_for(actor(request), case, subject)
    facts.confirm_identity(subject=row, by=person(request), now=timezone.now())
    messages.success(request, "Confirmed: these records are about the patient.")
    return redirect("understand", case=case.key)


@stays_on(understand, "understand")
def correct(request: HttpRequest, case: Case, fact: uuid.UUID) -> HttpResponse:
    seen = fact_queries.fact_for(actor(request), case, fact)
    facts.correct(
        fact=seen.row, value=request.POST.get("value", ""), reason=request.POST.get("reason", ""),
        by=person(request), now=timezone.now(),
    )  # fmt: skip
    messages.success(request, "Corrected. The first reading is kept, with your reason.")
    return redirect("understand", case=case.key)


def move(request: HttpRequest, case: Case) -> HttpResponse:
    """The navigator takes the case on, or back to gather more."""
    to = choice(Move, request.POST.get("to"), "step")
    cases.move(case=case, to=to, by=person(request), now=timezone.now())
    messages.success(request, "The case has moved on.")
    return redirect("case", case=case.key)


def route(request: HttpRequest, case: Case) -> HttpResponse:
    """Whom to hear, and who knows most about this tumour."""
    viewer = actor(request)
    now = timezone.now()
    record = fact_queries.patient_record(viewer, case)
    context = glance.page(viewer, case) | {
        "assessment": fact_queries.assessment(viewer, case, now),
        "ranking": experts_for(viewer, case, record, now),
        "asked_topic": asked_topic(case, record),
        "reviewers": people_with_role(viewer, Role.REVIEWER),
        "disciplines": list(Discipline),
        "referrals": referral_queries.referrals(viewer, case),
        "outside_opinions": referral_queries.outside_opinions(viewer, case),
    }
    return render(request, "navigator/route.html", context)


@stays_on(route, "route")
def refer(request: HttpRequest, case: Case) -> HttpResponse:
    chosen = _reviewer(request)
    discipline = choice(Discipline, request.POST.get("discipline"), "discipline")
    why = {"reason": request.POST.get("why", "").strip()[:1000]}
    by, now = person(request), timezone.now()
    referrals.refer(case=case, person=chosen, discipline=discipline, why=why, by=by, now=now)
    messages.success(request, "The specialist was asked. They see a blinded packet.")
    return redirect("route", case=case.key)


def _reviewer(request: HttpRequest) -> Person:
    for found in people_with_role(actor(request), Role.REVIEWER):
        if str(found.key) == request.POST.get("reviewer"):
            return found
    raise Invalid("No specialist was chosen.", "Choose one from the list.")


@stays_on(records, "records")
def expect_material(request: HttpRequest, case: Case) -> HttpResponse:
    form = MaterialForm(request.POST)
    if not form.is_valid():
        raise Invalid("The piece is not described.", "Give its kind, accession number and who holds it.")
    materials.expect_material(case=case, **form.cleaned_data, by=person(request), now=timezone.now())
    messages.success(request, "Written down.")
    return redirect("records", case=case.key)


@stays_on(records, "records")
def move_material(request: HttpRequest, case: Case, material: uuid.UUID) -> HttpResponse:
    found = material_queries.material_for(actor(request), case, material)
    form = CustodyForm(request.POST)
    if not form.is_valid():
        raise Invalid("The step is not complete.", "Say what happened and who holds the piece now.")
    given = form.cleaned_data | {"to": MaterialState(form.cleaned_data["to"])}
    materials.move_material(material=found, **given, by=person(request), now=timezone.now())
    messages.success(request, "Written down.")
    return redirect("records", case=case.key)


def compare(request: HttpRequest, case: Case) -> HttpResponse:
    """Where the opinions agree and differ."""
    if request.method == "POST":
        reports.compare(case=case, by=person(request), now=timezone.now())
        messages.success(request, "The opinions were compared.")
        return redirect("compare", case=case.key)
    return _compared(request, case)


def _compared(request: HttpRequest, case: Case) -> HttpResponse:
    viewer = actor(request)
    context = glance.page(viewer, case) | {
        "comparisons": report_queries.comparisons(viewer, case),
        "versions": review_queries.versions(viewer, case),
        "boards": review_queries.boards(viewer, case),
        "may_ask_board": (State(case.state), Move.BOARD_OPENED) in TABLE and case.state != State.RECONSIDERING,
        "board_sits": differences.board_sits(viewer, case),
    }
    return render(request, "navigator/compare.html", context)


def _where_the_board_is_asked(request: HttpRequest, case: Case) -> HttpResponse:
    """While physicians look again, the board is asked where their answers stand; later, below the comparison."""
    page = differences.look_again if case.state == State.RECONSIDERING else _compared
    return page(request, case)


@stays_on(_where_the_board_is_asked, "compare")
def open_board(request: HttpRequest, case: Case) -> HttpResponse:
    question = request.POST.get("question", "")
    reviews.open_board(case=case, question=question, by=person(request), now=timezone.now())
    messages.success(request, "The question is before the board.")
    return redirect("compare", case=case.key)


def draft_report(request: HttpRequest, case: Case) -> HttpResponse:
    made = reports.draft(case=case, reason=request.POST.get("reason", ""), by=person(request), now=timezone.now())
    messages.success(request, "The draft is ready to be read and signed.")
    return redirect("report-version", case=case.key, report=made.key)


def amend_report(request: HttpRequest, case: Case) -> HttpResponse:
    made = reports.amend(case=case, reason=request.POST.get("reason", ""), by=person(request), now=timezone.now())
    messages.success(request, "The amendment is drafted. The signed version stays as it is.")
    return redirect("report-version", case=case.key, report=made.key)
