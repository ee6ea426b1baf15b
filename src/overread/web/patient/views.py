"""Opening a case, consent, records, questions, request letters, and the outcome."""

from __future__ import annotations

import uuid
from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from overread.workflow.accounts.permissions import require, roles_of
from overread.workflow.accounts.roles import Role
from overread.workflow.audit.actors import Actor
from overread.workflow.cases import actions as cases
from overread.workflow.cases import queries as case_queries
from overread.workflow.cases.models import Case
from overread.workflow.cases.permissions import may_open_case
from overread.workflow.cases.transitions import State
from overread.workflow.errors import Invalid
from overread.workflow.facts import actions as facts
from overread.workflow.intake import queries as intake
from overread.workflow.intake.transitions import FileState
from overread.workflow.materials import actions as materials
from overread.workflow.materials import queries as material_queries
from overread.workflow.materials.models import RequestLetter
from overread.workflow.outcomes import actions as outcomes
from overread.workflow.outcomes import queries as outcome_queries
from overread.workflow.outcomes.transitions import Outcome

from ..casefile import glance
from ..forms import done
from ..routing import actor, person
from . import letters
from .forms import LetterForm, LetterNoteForm, OutcomeForm, QuestionForm, RatingForm, StartForm

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


def start(request: HttpRequest) -> HttpResponse:
    """Open a case. No doctor's permission is needed, unless the institution's setting asks for one."""
    opener = person(request)
    require(may_open_case(opener))
    form = StartForm(request.POST or None, person=opener)
    if request.method == "POST" and form.is_valid():
        case = cases.open_case(**form.wanted(), by=opener, now=timezone.now())
        messages.success(request, "Your case is open.")
        waits = case.state == State.AGREEING
        return redirect("case" if waits else "records", case=case.key)
    asking = [o.name for o in form.fields["organisation"].queryset if o.doctor_must_agree]  # type: ignore[attr-defined]
    refers = Role.REFERRER in roles_of(opener)
    return render(request, "patient/start.html", {"form": form, "asking": asking, "refers": refers})


def records(request: HttpRequest, case: Case) -> HttpResponse:
    return _records(request, case)


def _records(request: HttpRequest, case: Case, **wrong: object) -> HttpResponse:
    """The page of the records. ``wrong``: the form that could not be taken, as it was filled in, to be shown again."""
    viewer = actor(request)
    context = (
        glance.page(viewer, case)
        | _files(viewer, case)
        | {
            "consents": {c.scope: c for c in case_queries.consents(viewer, case) if c.withdrawn_at is None},
            "consent_texts": cases.CONSENTS,
            "questions": case_queries.questions(viewer, case),
            "letters": _letters(viewer, case, wrong.get("note_form")),
            "materials": material_queries.materials(viewer, case),
            "letter_form": LetterForm(),
            "question_form": QuestionForm(),
            "here": reverse("records", args=[case.key]),  # also where a form was sent from it to an address of its own
        }
        | wrong
    )
    return render(request, "patient/records.html", context, status=UNPROCESSABLE if wrong else HTTPStatus.OK)


def _letters(viewer: Actor, case: Case, wrong: object) -> list[tuple[RequestLetter, date | None, LetterNoteForm]]:
    """Each letter, the day by which it must be answered, and the form for its days."""
    found = material_queries.letters(viewer, case)
    forms = {letter.key: LetterNoteForm(letter=letter) for letter in found}
    if isinstance(wrong, LetterNoteForm):
        forms[wrong.letter.key] = wrong
    return [(letter, material_queries.due(letter), forms[letter.key]) for letter in found]


def files_list(request: HttpRequest, case: Case) -> HttpResponse:
    """The list of files alone; the page asks for it again while files are being read."""
    return render(request, "patient/files.html", {"case": case} | _files(actor(request), case))


def _files(viewer: Actor, case: Case) -> dict[str, object]:
    """Every file and how far the reading is; images are counted, everything else is named."""
    found = intake.files(viewer, case)
    images = [f for f in found if f.kind == "dicom" and f.state == FileState.ACCEPTED]
    waiting = sum(f.state == FileState.QUARANTINED for f in found)
    return {
        "files": found,
        "images": images,
        "papers": [f for f in found if f not in images],
        "reading": waiting > 0,
        "read_so_far": len(found) - waiting,
    }


def add_files(request: HttpRequest, case: Case) -> HttpResponse:
    """Take in every file that was sent. Each is kept or refused by itself."""
    sent = request.FILES.getlist("files")
    if not sent:
        return _records(request, case, files_wrong="No file was chosen. Choose one or more files, then send them.")
    refused = [name for name, what in (_take(request, case, f) for f in sent) if what]
    if refused:
        others = " The other files were kept." if len(refused) < len(sent) else ""
        messages.warning(request, f"Not kept: {' '.join(refused)}{others}")
    if kept := len(sent) - len(refused):
        messages.success(request, f"{kept} file{pluralize(kept)} received. {_being(kept)} being read now.")
    return redirect("records", case=case.key)


def _being(count: int) -> str:
    return "It is" if count == 1 else "They are"


def _take(request: HttpRequest, case: Case, upload) -> tuple[str, str]:  # type: ignore[no-untyped-def]
    try:
        facts.take_in(case=case, chunks=upload.chunks(), name=upload.name, by=person(request), now=timezone.now())
    except Invalid as refusal:
        return f"{upload.name}. {refusal.what} {refusal.do}", refusal.what
    return upload.name, ""


def consent(request: HttpRequest, case: Case) -> HttpResponse:
    scope = request.POST.get("scope", "")
    if request.POST.get("withdraw"):
        for given in case_queries.consents(actor(request), case):
            if given.scope == scope and given.withdrawn_at is None:
                cases.withdraw_consent(consent=given, by=person(request), now=timezone.now())
        messages.success(request, "The consent was withdrawn.")
    else:
        cases.give_consent(case=case, scope=scope, by=person(request), now=timezone.now())
        messages.success(request, "The consent was recorded.")
    return redirect("records", case=case.key)


def question(request: HttpRequest, case: Case) -> HttpResponse:
    form = QuestionForm(request.POST)
    if not done(form, lambda: cases.ask(case=case, **form.cleaned_data, by=person(request), now=timezone.now())):
        return _records(request, case, question_form=form)
    messages.success(request, "Your question was added.")
    return redirect("records", case=case.key)


def letter(request: HttpRequest, case: Case) -> HttpResponse:
    """Write one of the two requests."""
    form = LetterForm(request.POST)
    now, by = timezone.now(), person(request)
    if not done(form, lambda: materials.write_letter(case=case, **form.wanted(), by=by, now=now)):
        return _records(request, case, letter_form=form)
    messages.success(request, "The letter is ready to print, sign and send.")
    return redirect("records", case=case.key)


def letter_pdf(request: HttpRequest, case: Case, letter: uuid.UUID) -> HttpResponse:
    found = material_queries.letter_for(actor(request), case, letter)
    response = HttpResponse(letters.pdf(found, case), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="request-{found.kind}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def letter_note(request: HttpRequest, case: Case, letter: uuid.UUID) -> HttpResponse:
    """Note the day a request was received, extended or answered."""
    found = material_queries.letter_for(actor(request), case, letter)
    form = LetterNoteForm(request.POST, letter=found)
    now, by = timezone.now(), person(request)
    if not done(form, lambda: materials.note_letter(letter=found, **form.cleaned_data, by=by, now=now)):
        return _records(request, case, note_form=form)
    messages.success(request, "Noted.")
    return redirect("records", case=case.key)


def outcome(request: HttpRequest, case: Case) -> HttpResponse:
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = [Outcome(o) for o in form.cleaned_data["outcomes"]]
        comment = form.cleaned_data["comment"]
        outcomes.answer(case=case, outcomes=chosen, comment=comment, by=person(request), now=timezone.now())
        messages.success(request, "Thank you. Your answer helps the next patient.")
        return redirect("outcome", case=case.key)
    return _outcome(request, case, form, RatingForm())


def _outcome(request: HttpRequest, case: Case, form: OutcomeForm, rating_form: RatingForm) -> HttpResponse:
    viewer = actor(request)
    context = glance.page(viewer, case) | {
        "form": form,
        "rating_form": rating_form,
        "follow_up": outcome_queries.follow_up(viewer, case),
        "here": reverse("outcome", args=[case.key]),
    }
    return render(
        request, "patient/outcome.html", context, status=UNPROCESSABLE if rating_form.errors else HTTPStatus.OK
    )


def rating(request: HttpRequest, case: Case) -> HttpResponse:
    form = RatingForm(request.POST)
    if not done(form, lambda: outcomes.rate(case=case, **form.cleaned_data, by=person(request), now=timezone.now())):
        return _outcome(request, case, OutcomeForm(), form)
    messages.success(request, "Thank you.")
    return redirect("outcome", case=case.key)
