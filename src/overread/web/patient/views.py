"""Opening a case, consent, records, questions, request letters, and the outcome."""

from __future__ import annotations

import uuid
from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from overread.workflow.accounts.models import Person
from overread.workflow.accounts.permissions import require, roles_of
from overread.workflow.accounts.roles import Role
from overread.workflow.audit.actors import Actor
from overread.workflow.cases import actions as cases
from overread.workflow.cases import queries as case_queries
from overread.workflow.cases.consent_words import consent_words
from overread.workflow.cases.models import Case
from overread.workflow.cases.permissions import may_open_case
from overread.workflow.cases.transitions import State
from overread.workflow.errors import Invalid, WrongState
from overread.workflow.facts import actions as facts
from overread.workflow.facts.queries import patient_shown
from overread.workflow.intake import queries as intake
from overread.workflow.materials import actions as materials
from overread.workflow.materials import queries as material_queries
from overread.workflow.materials.models import Material, RequestLetter
from overread.workflow.materials.transitions import TABLE, MaterialState
from overread.workflow.outcomes import actions as outcomes
from overread.workflow.outcomes import queries as outcome_queries
from overread.workflow.outcomes.transitions import Outcome

from ..casefile import glance
from ..casefile.turns import OF_THE_PATIENT
from ..forms import done
from ..routing import actor, person
from ..templatetags.wording import PIECE_KINDS
from . import letters, papers
from .forms import LeadForm, LetterForm, LetterNoteForm, OutcomeForm, QuestionForm, RatingForm, StartForm

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


def start(request: HttpRequest) -> HttpResponse:
    """Open a case. No doctor's permission is needed, unless the institution's setting asks for one."""
    opener = person(request)
    require(may_open_case(opener))
    leads = not roles_of(opener) & {*OF_THE_PATIENT, Role.REFERRER}  # then it is the navigator who opens it
    form = (LeadForm if leads else StartForm)(request.POST or None, person=opener)
    if request.method == "POST" and form.is_valid():
        case = _opened(form, opener)
        messages.success(request, "The case is open." if leads else "Your case is open.")
        waits = case.state == State.AGREEING
        return redirect("case" if waits else "records", case=case.key)
    asking = [o.name for o in form.fields["organisation"].queryset if o.doctor_must_agree]  # type: ignore[attr-defined]
    refers = Role.REFERRER in roles_of(opener)
    return render(request, "patient/start.html", {"form": form, "asking": asking, "refers": refers, "leads": leads})


@transaction.atomic
def _opened(form: StartForm, opener: Person) -> Case:
    now = timezone.now()
    case = cases.open_case(**form.wanted(), by=opener, now=now)
    if email := form.cleaned_data.get("patient_email"):
        cases.invite(case=case, email=email, role=Role.PATIENT, by=opener, now=now)
    return case


def records(request: HttpRequest, case: Case) -> HttpResponse:
    return _records(request, case)


def _records(request: HttpRequest, case: Case, **wrong: object) -> HttpResponse:
    """The page of the records. ``wrong``: the form that could not be taken, as it was filled in, to be shown again."""
    viewer = actor(request)
    context = (
        glance.page(viewer, case)
        | _files(viewer, case)
        | {
            **_consents(viewer, case),
            "questions": case_queries.questions(viewer, case),
            "letters": _letters(viewer, case, wrong.get("note_form")),
            "piece_kinds": list(PIECE_KINDS),
            "materials": [(piece, _next_states(piece)) for piece in material_queries.materials(viewer, case)],
            "letter_form": LetterForm(initial=_patient(viewer, case)),
            "question_form": _question_form(viewer, case),
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


def _consents(viewer: Actor, case: Case) -> dict[str, object]:
    """Those that stand, and for each scope the words in which this viewer would give it."""
    role = case_queries.seat_of(viewer, case).role
    standing = {c.scope: c for c in case_queries.consents(viewer, case) if c.withdrawn_at is None}
    rows = [(scope, standing.get(scope), words) for scope, words in consent_words(role).items()]
    whose = _patient(viewer, case)["patient"]
    return {"consents": standing, "consent_rows": rows, "is_patient": role is Role.PATIENT, "whose": whose}


def _patient(viewer: Actor, case: Case) -> dict[str, str]:
    """What a letter says of the patient, as far as the case holds it and the viewer may know it."""
    shown = patient_shown(viewer, case)
    seats = case_queries.participants(viewer, case)
    names = [seat.person.name for seat in seats if seat.role == Role.PATIENT]
    name = names[0] if names else shown.label if shown else ""
    born = (shown.birth_date if shown else None) or ""
    return {"patient": name, "birth_date": born if len(born) == len("1961-04-05") else ""}  # a year is no day of birth


def _question_form(viewer: Actor, case: Case, sent: QueryDict | None = None) -> QuestionForm:
    return QuestionForm(sent, role=case_queries.seat_of(viewer, case).role)


def _next_states(piece: Material) -> list[MaterialState]:
    return [state for state in MaterialState if state in TABLE[MaterialState(piece.state)]]


def files_list(request: HttpRequest, case: Case) -> HttpResponse:
    """The list of files alone; the page asks for it again while files are being read."""
    return render(request, "patient/files.html", {"case": case} | _files(actor(request), case))


def _files(viewer: Actor, case: Case) -> dict[str, object]:
    """Every file and how far the reading is; images are counted, everything else is named."""
    found = intake.files(viewer, case)
    return {
        "files": found,
        "images": [file for file in found if papers.is_image(file)],
        "papers": papers.papers(found),
        "reading": papers.reading(found),
        "late": papers.LATE.get(State(case.state), ""),
        "takes_none": papers.CLOSED.get(State(case.state), ""),
    }


def add_files(request: HttpRequest, case: Case) -> HttpResponse:
    """Take in every file that was sent. Each is kept or refused by itself."""
    sent = request.FILES.getlist("files")
    if not sent:
        return _records(request, case, files_wrong="No file was chosen. Choose one or more files, then send them.")
    refused = [name for name, what in (_take(request, case, f) for f in sent) if what]
    if refused:
        messages.warning(request, f"Not kept: {' '.join(refused)}")
    if came := len(sent) - len(refused):
        messages.success(request, f"{came} file{pluralize(came)} received. The list says what became of {_each(came)}.")
    return redirect("records", case=case.key)


def _each(count: int) -> str:
    return "it" if count == 1 else "each"


def _take(request: HttpRequest, case: Case, upload) -> tuple[str, str]:  # type: ignore[no-untyped-def]
    try:
        facts.take_in(case=case, chunks=upload.chunks(), name=upload.name, by=person(request), now=timezone.now())
    except (Invalid, WrongState) as refusal:
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
    form = _question_form(person(request), case, request.POST)
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
    page = glance.page(viewer, case)
    context = page | {
        "own": page["seat"].role in OF_THE_PATIENT,
        "form": form,
        "rating_form": rating_form,
        "follow_up": outcome_queries.follow_up(viewer, case),
        "rated": outcome_queries.own_rating(viewer, case),
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
