"""The addresses of every screen, each with its policy."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from overread.workflow.accounts.roles import Permission as P

from . import search_engines
from .board import views as board
from .casefile import calls, invitations, news, reports, starting, trail
from .casefile import views as casefile
from .navigator import differences, outside, people
from .navigator import views as navigator
from .operator import people as accounts
from .operator import views as operator
from .patient import views as patient
from .payer import views as payer
from .policies import EVERYONE, NAVIGATOR, OPERATOR, PAYER, REFERRER, SIGNED_IN, in_case
from .public import demo
from .public import views as public
from .referrer import views as referrer
from .reviewer import views as reviewer
from .routing import page

GET_POST, POST = ("GET", "POST"), ("POST",)
C = "cases/<uuid:case>/"
A = "installation/people/<uuid:person>/"

urlpatterns: list[URLPattern | URLResolver] = [
    page("", public.home, name="home", policy=EVERYONE),
    page("about/", public.about, name="about", policy=EVERYONE),
    page("ask/", public.ask, name="ask", policy=EVERYONE, methods=GET_POST),
    page("robots.txt", search_engines.robots, name="robots", policy=EVERYONE),
    page("favicon.ico", search_engines.favicon, name="favicon", policy=EVERYONE),
    page("demo/", demo.people, name="demo", policy=EVERYONE),
    page("demo/<uuid:person>/", demo.become, name="demo-become", policy=EVERYONE, methods=POST),
    page("invitations/<str:token>/", invitations.invitation, name="invitation", policy=EVERYONE),
    page(
        "invitations/<str:token>/accept/",
        invitations.accept,
        name="invitation-accept",
        policy=SIGNED_IN,
        methods=POST,
    ),
    page("start/", patient.start, name="start", policy=SIGNED_IN, methods=GET_POST),
    page("cases/", casefile.your_cases, name="cases", policy=SIGNED_IN),
    page("notices/", news.notices, name="notices", policy=SIGNED_IN),
    page("notices/read/", news.mark_read, name="notices-read", policy=SIGNED_IN, methods=POST),
    page("payer/", payer.required, name="payer", policy=PAYER),
    page("refer/", referrer.refer_patient, name="refer-patient", policy=REFERRER, methods=GET_POST),
    page("installation/", operator.installation, name="installation", policy=OPERATOR),
    page("installation/people/", accounts.accounts_list, name="accounts", policy=OPERATOR, methods=GET_POST),
    page(A, accounts.account, name="account", policy=OPERATOR),
    page(A + "roles/", accounts.give_role, name="account-roles", policy=OPERATOR, methods=POST),
    page(A + "roles/end/", accounts.end_role, name="account-role-end", policy=OPERATOR, methods=POST),
    page(A + "active/", accounts.open_or_close, name="account-active", policy=OPERATOR, methods=POST),
    page(
        A + "second-factor/", accounts.reset_second_factor, name="account-second-factor", policy=OPERATOR, methods=POST
    ),
    page(
        "installation/institutions/<uuid:organisation>/",
        operator.institution,
        name="institution",
        policy=OPERATOR,
        methods=GET_POST,
    ),
    page("rates/", operator.rates, name="rates", policy=NAVIGATOR),
    page("waiting/<uuid:key>/take/", people.take, name="take", policy=NAVIGATOR, methods=POST),
    # one case
    page(C, casefile.overview, name="case", policy=in_case(P.SEE_CASE)),
    page(C + "agree/", starting.agree, name="agree", policy=in_case(P.AGREE), methods=POST),
    page(C + "kind/", starting.kind, name="kind", policy=in_case(P.MOVE_CASE), methods=POST),
    page(C + "records/", patient.records, name="records", policy=in_case(P.ADD_FILES)),
    page(C + "records/list/", patient.files_list, name="files-list", policy=in_case(P.ADD_FILES)),
    page(C + "records/add/", patient.add_files, name="add-files", policy=in_case(P.ADD_FILES), methods=POST),
    page(C + "consent/", patient.consent, name="consent", policy=in_case(P.GIVE_CONSENT), methods=POST),
    page(C + "questions/", patient.question, name="question", policy=in_case(P.ASK_QUESTION), methods=POST),
    page(C + "letters/", patient.letter, name="letter", policy=in_case(P.WRITE_REQUEST), methods=POST),
    page(C + "letters/<uuid:letter>.pdf", patient.letter_pdf, name="letter-pdf", policy=in_case(P.WRITE_REQUEST)),
    page(
        C + "letters/<uuid:letter>/",
        patient.letter_note,
        name="letter-note",
        policy=in_case(P.WRITE_REQUEST),
        methods=POST,
    ),
    page(C + "materials/", navigator.expect_material, name="material", policy=in_case(P.TRACK_MATERIAL), methods=POST),
    page(
        C + "materials/<uuid:material>/",
        navigator.move_material,
        name="material-move",
        policy=in_case(P.TRACK_MATERIAL),
        methods=POST,
    ),
    page(C + "facts/", navigator.understand, name="understand", policy=in_case(P.SEE_CASE)),
    page(C + "documents/<uuid:file>/", casefile.document, name="document", policy=in_case(P.SEE_CASE)),
    page(
        C + "documents/<uuid:file>/pages/<int:number>.png",
        casefile.page_image,
        name="page-image",
        policy=in_case(P.SEE_CASE),
    ),
    page(C + "files/<uuid:file>/", casefile.file, name="file", policy=in_case(P.SEE_CASE)),
    page(
        C + "files/<uuid:file>/clear/",
        navigator.clear_file,
        name="clear-file",
        policy=in_case(P.CLEAR_TEXT),
        methods=POST,
    ),
    page(
        C + "questions/<uuid:question>/clear/",
        navigator.clear_question,
        name="clear-question",
        policy=in_case(P.CLEAR_TEXT),
        methods=POST,
    ),
    page(
        C + "subjects/<uuid:subject>/patient/",
        navigator.name_patient,
        name="name-patient",
        policy=in_case(P.CONFIRM_IDENTITY),
        methods=POST,
    ),
    page(
        C + "subjects/<uuid:subject>/confirm/",
        navigator.confirm_identity,
        name="confirm-identity",
        policy=in_case(P.CONFIRM_IDENTITY),
        methods=POST,
    ),
    page(
        C + "facts/<uuid:fact>/correct/",
        navigator.correct,
        name="correct",
        policy=in_case(P.CORRECT_FACT),
        methods=POST,
    ),
    page(C + "move/", navigator.move, name="move", policy=in_case(P.MOVE_CASE), methods=POST),
    page(C + "people/", people.people, name="people", policy=in_case(P.ENGAGE_PEOPLE), methods=GET_POST),
    page(
        C + "people/<uuid:participation>/end/",
        people.let_go,
        name="let-go",
        policy=in_case(P.ENGAGE_PEOPLE),
        methods=POST,
    ),
    page(C + "experts/", navigator.route, name="route", policy=in_case(P.ROUTE)),
    page(C + "experts/refer/", navigator.refer, name="refer", policy=in_case(P.ROUTE), methods=POST),
    page(C + "experts/outside/", outside.enter, name="outside-opinion", policy=in_case(P.ROUTE), methods=GET_POST),
    page(C + "packet/", reviewer.packet, name="packet", policy=in_case(P.REVIEW)),
    page(
        C + "referrals/<uuid:referral>/accept/",
        reviewer.accept,
        name="accept-referral",
        policy=in_case(P.REVIEW),
        methods=POST,
    ),
    page(
        C + "referrals/<uuid:referral>/decline/",
        reviewer.decline,
        name="decline-referral",
        policy=in_case(P.REVIEW),
        methods=POST,
    ),
    page(C + "review/", reviewer.review, name="review", policy=in_case(P.REVIEW)),
    page(C + "review/save/", reviewer.save, name="review-save", policy=in_case(P.REVIEW), methods=POST),
    page(C + "review/final/", reviewer.finalise, name="review-final", policy=in_case(P.REVIEW), methods=POST),
    page(C + "review/again/", reviewer.reconsider, name="reconsider", policy=in_case(P.REVIEW), methods=POST),
    page(C + "look-again/", differences.look_again, name="look-again", policy=in_case(P.ANSWER_FIRST)),
    page(
        C + "look-again/<uuid:asked>/",
        differences.answer,
        name="answer-again",
        policy=in_case(P.ANSWER_FIRST),
        methods=POST,
    ),
    page(C + "compare/settle/", differences.settle, name="settle", policy=in_case(P.COMPARE), methods=POST),
    page(
        C + "compare/third/", differences.third_opinion, name="third-opinion", policy=in_case(P.COMPARE), methods=POST
    ),
    page(C + "compare/", navigator.compare, name="compare", policy=in_case(P.COMPARE), methods=GET_POST),
    page(C + "boards/", navigator.open_board, name="open-board", policy=in_case(P.COMPARE), methods=POST),
    page(C + "board/", board.board, name="board", policy=in_case(P.ADJUDICATE)),
    page(C + "board/<uuid:board>/vote/", board.vote, name="vote", policy=in_case(P.ADJUDICATE), methods=POST),
    page(C + "board/<uuid:board>/decide/", board.decide, name="decide", policy=in_case(P.ADJUDICATE), methods=POST),
    page(C + "report/", reports.all_versions, name="report", policy=in_case(P.SEE_REPORT)),
    page(C + "report/draft/", navigator.draft_report, name="draft", policy=in_case(P.DRAFT_REPORT), methods=POST),
    page(C + "report/amend/", navigator.amend_report, name="amend", policy=in_case(P.DRAFT_REPORT), methods=POST),
    page(C + "report/<uuid:report>/", reports.version, name="report-version", policy=in_case(P.SEE_REPORT)),
    page(
        C + "report/<uuid:report>/sign/",
        reviewer.sign_report,
        name="sign-report",
        policy=in_case(P.SIGN_REPORT),
        methods=POST,
    ),
    page(
        C + "report/<uuid:report>/clinician.pdf",
        reports.clinician_pdf,
        name="clinician-pdf",
        policy=in_case(P.SEE_REPORT),
    ),
    page(C + "report/<uuid:report>/patient.pdf", reports.patient_pdf, name="patient-pdf", policy=in_case(P.SEE_REPORT)),
    page(C + "report/<uuid:report>/bundle.json", reports.fhir_bundle, name="bundle", policy=in_case(P.SEE_REPORT)),
    page(C + "outcome/", patient.outcome, name="outcome", policy=in_case(P.ANSWER_OUTCOME), methods=GET_POST),
    page(C + "rating/", patient.rating, name="rating", policy=in_case(P.RATE), methods=POST),
    page(C + "trail/", trail.trail, name="trail", policy=in_case(P.SEE_AUDIT)),
    page(C + "trail.json", trail.receipt, name="receipt", policy=in_case(P.SEE_AUDIT)),
    page(C + "messages/", casefile.thread, name="thread", policy=in_case(P.WRITE_MESSAGE), methods=GET_POST),
    page(C + "calls/", calls.calls, name="calls", policy=in_case(P.ARRANGE_CALL), methods=GET_POST),
    page(C + "calls/<uuid:call>/end/", calls.end, name="call-end", policy=in_case(P.ARRANGE_CALL), methods=POST),
    path("", include("overread.web.reference.urls")),
    path("", include("overread.web.symptoms.urls")),
    path("", include("overread.web.growth.urls")),
    path("", include("overread.web.viewer.urls")),
    path("api/", include("overread.web.api.urls")),
]
