"""Whatever is sent, the answer is a page or a problem that says what was wrong; never a failure of our own."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts.roles import Role
from overread.workflow.cases.models import Case
from overread.workflow.facts import actions as facts
from overread.workflow.intake import actions as intake
from overread.workflow.intake.models import ReceivedFile
from overread.workflow.intake.transitions import FileState
from tests.factories.cases import SYSTEM
from tests.interop.dicom.synthetic import as_bytes, ct_slice
from tests.interop.documents import samples
from tests.security.addresses import MISSING, Furnished, Row
from tests.security.worlds import Installation, undone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")


NASTY = {
    "nothing": "",
    "a NUL": "a\x00b",
    "half a letter": "a\udc80b",
    "control characters": "\x01\x02\x1b[31m\x7f",
    "very long": "x" * 200_000,
    "other scripts": "患者 مريض 👩‍⚕️ \u202e\u200b",
    "markup": "<script>alert(1)</script>{{ 7 * 7 }}{% url 'x' %}",
    "a number beyond any": "9" * 400,
    "not a number": "nan",
    "infinite": "-inf",
    "SQL": "'; DROP TABLE cases_case; --",
}

# Each form with values that it accepts: route, who sends it, the step of the case, the fields.
FORMS: dict[str, tuple[str, str, dict[str, str]]] = {
    "ask": ("patient", "opened", {"tumour": "", "stage": "II", "urgent_says": "Dr. Lind", "urgent_because": "pain"}),
    "start": ("patient", "opened", {"title": "My case", "role": "patient", "organisation": "1", "treatment_started": "no", "kind": ""}),
    "kind": ("navigator", "opened", {"kind": "comprehensive"}),
    "outside-opinion": ("navigator", "understood", {"file": "1", "author": "Dr. Lind", "examined": "on", "t": "T2"}),
    "answer-again": ("navigator", "differing", {"decision": "no answer", "reason": "silence", "name": "Dr. Lind"}),
    "reconsider": ("reviewer", "differing", {"decision": "change", "reason": "because", "t": "T2"}),
    "institution": (
        "operator",
        "opened",
        {"name": "House", "time_zone": "UTC", "holidays": "2026-12-25", "target_routing": "3", "doctor_must_agree": "on"},
    ),
    "accounts": ("operator", "opened", {"email": "x@example.org", "role": "payer", "organisation": "1"}),
    "account-roles": ("operator", "opened", {"role": "payer", "organisation": "1"}),
    "account-active": ("operator", "opened", {"active": "yes"}),
    "consent": ("patient", "opened", {"scope": "learning", "withdraw": ""}),
    "question": ("patient", "opened", {"text": "Why?"}),
    "letter": (
        "patient",
        "opened",
        {"kind": "records", "recipient": "Clinic", "patient": "A", "birth_date": "1961-04-05", "details": "all"},
    ),
    "letter-note": ("patient", "opened", {"received_on": "2026-03-03", "extended_on": "", "answered_on": ""}),
    "outcome": ("patient", "signed", {"outcomes": "confirmed", "comment": "fine"}),
    "rating": ("patient", "signed", {"stars": "5", "text": "good"}),
    "thread": ("patient", "opened", {"text": "Hello"}),
    "calls": ("navigator", "opened", {"at": "2031-03-24T14:30", "minutes": "30"}),
    "material": ("navigator", "opened", {"kind": "slide", "accession": "S-1", "label": "a", "holder": "Clinic"}),
    "material-move": ("navigator", "opened", {"to": "sent", "holder": "b", "condition": "whole", "courier": "c"}),
    "clear-file": ("navigator", "opened", {"domain": "pathology"}),
    "correct": ("navigator", "gathered", {"value": "T3", "reason": "Misread."}),
    "move": ("navigator", "gathered", {"to": "records ready"}),
    "refer": ("navigator", "understood", {"reviewer": "x", "discipline": "oncology", "why": "close"}),
    "open-board": ("navigator", "final", {"question": "Which?"}),
    "draft": ("navigator", "compared", {"reason": "because"}),
    "amend": ("navigator", "signed", {"reason": "because"}),
    "vote": ("board", "final", {"choice": "first", "reason": "because"}),
    "decide": ("board", "final", {"minutes": "We decided."}),
    "review-save": (
        "reviewer",
        "reviewing",
        {
            "comment": "c", "further_tests": "t", "t": "T2", "tumor_size": "12", "grade": "2",
            "option_0_name": "Surgery", "option_0_modality": "surgery", "option_0_benefits": "b", "lvi": "absent",
        },
    ),
    "review-final": ("reviewer", "sealed", {"decision": "change", "reason": "because", "comment": "c", "t": "T2"}),
    "sign-report": ("reviewer", "drafted", {"digest": "abc"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def furnished(installation: Installation) -> Callable[[str], Furnished]:
    """A case at each step that holds one of everything, made before any test so that none takes it away again."""
    made: dict[str, Furnished] = {}
    for step in sorted({step for _, step, _ in FORMS.values()}):
        world = installation.at[step]
        if "referral" not in vars(world):
            world.referral = installation.at["referred"].referral
        if "file" not in vars(world):
            world.file = world.add(b"Some words of a report.", "a.txt")
        made[step] = Furnished.of(world)
    return made.__getitem__


def signed_in(installation: Installation, who: str) -> Client:
    client = Client()
    client.force_login(installation.person(who))
    return client


def row(route: str) -> Row:
    return Row(route, route, "", "", (), frozenset(), frozenset())


@pytest.mark.parametrize("kind", NASTY)
@pytest.mark.parametrize("route", FORMS)
def test_no_field_of_a_form_can_hurt(installation: Installation, furnished: Any, route: str, kind: str) -> None:
    who, step, fields = FORMS[route]
    if "organisation" in fields:
        fields = fields | {"organisation": str(installation.base.organisation.pk)}
    browser, address = signed_in(installation, who), furnished(step).address(row(route))
    for name in fields:
        with undone():
            sent = fields | {name: NASTY[kind]}
            body = b"&".join(quoted(key, value) for key, value in sent.items())
            response = browser.post(address, body, content_type="application/x-www-form-urlencoded")
            assert response.status_code < 500, name
            assert response.status_code not in (403, 404), f"{name}: the form did not reach its action"


def quoted(name: str, value: str) -> bytes:
    raw = value.encode("utf-8", "surrogateescape")
    return name.encode() + b"=" + b"".join(b"%%%02X" % byte for byte in raw)


@pytest.mark.parametrize("route", FORMS)
def test_every_form_works_when_it_is_filled_in_well(installation: Installation, furnished: Any, route: str) -> None:
    who, step, fields = FORMS[route]
    if "organisation" in fields:
        fields = fields | {"organisation": str(installation.base.organisation.pk)}
    if route == "refer":
        fields = fields | {"reviewer": str(installation.base.reviewer.key)}
    with undone():
        response = signed_in(installation, who).post(furnished(step).address(row(route)), fields)
    good = {"sign-report": (409,), "decide": (422,), "clear-file": (302,), "ask": (200,), "outside-opinion": (200,)}
    assert response.status_code in good.get(route, (302,))


# files


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(samples.pdf("secret")))
    writer.encrypt("password")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../etc/passwd", "x" * 10_000)
    return out.getvalue()


def bundle(text: str) -> bytes:
    """A bundle whose words are ``text``, as JSON writes them."""
    patient = {"resourceType": "Patient", "id": "p", "name": [{"text": text}]}
    condition = {
        "resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/p"}, "code": {"text": text},
    }  # fmt: skip
    entries = [{"fullUrl": f"urn:x:{r['id']}", "resource": r} for r in (patient, condition)]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


CT = as_bytes(ct_slice())
FILES: dict[str, tuple[str, bytes]] = {
    "a program that calls itself a report": ("report.pdf", b"MZ" + bytes(range(256)) * 20),
    "a picture that calls itself an image of a study": ("ct.dcm", b"\x89PNG\r\n\x1a\n" + bytes(200)),
    "half of a DICOM file": ("ct.dcm", CT[: len(CT) // 3]),
    "a DICOM header alone": ("ct.dcm", CT[:140]),
    "half of a PDF": ("a.pdf", samples.pdf("words")[:300]),
    "a PDF with a password": ("a.pdf", locked_pdf()),
    "an archive that climbs out": ("a.zip", zipped()),
    "half of an archive": ("a.zip", zipped()[:40]),
    "half of a bundle": ("a.json", bundle("x")[:80]),
    "JSON that is no bundle": ("a.json", b'{"hello": 1}'),
    "JSON of another kind": ("a.json", b"[1, 2, 3]"),
    "very deep JSON": ("a.json", b"[" * 100_000),
    "a bundle with a NUL in it": ("a.json", bundle("a\x00b")),
    "a bundle with half a letter in it": ("a.json", bundle("a\ud800b")),
    "a text with NULs": ("a.txt", b"Invasive\x00 carcinoma\x00. pT2 N0 M0"),
    "a text that is no UTF-8": ("a.txt", b"Invasive carcinoma \xff\xfe\xed\xa0\x80 pT2 N0 M0"),
    "white space alone": ("a.txt", b" \n\t\n" * 50),
    "one letter": ("a.txt", b"x"),
    "XML that asks for a file": ("a.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
}  # fmt: skip
NAMES = (
    "x" * 5000 + ".txt",
    "a\x00b.txt",
    "../../../etc/passwd",
    "..",
    "",
    "CON",
    "a\nb\r.txt",
    "\udc80.txt",
    "患者.txt",
)


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_is_not_what_it_says_is_refused_or_kept_with_a_reason(
    installation: Installation, furnished: Any, what: str
) -> None:
    name, data = FILES[what]
    world = furnished("opened").world
    with undone():
        kept = intake.receive(case=world.case, chunks=[data], name=name, by=world.patient, now=world.now())
        done = facts.read_file(file=kept, by=SYSTEM, now=world.now())
        assert done.state in (FileState.ACCEPTED, FileState.REFUSED)
        assert bool(done.reason) is (done.state == FileState.REFUSED)
        browser = signed_in(installation, "navigator")
        for route in ("records", "understand"):
            assert browser.get(reverse(route, args=[world.case.key])).status_code == 200
        if done.state == FileState.ACCEPTED:
            assert browser.get(reverse("document", args=[world.case.key, done.key])).status_code == 200


@pytest.mark.parametrize("name", NAMES, ids=[ascii(n)[:20] for n in NAMES])
def test_no_name_of_a_file_can_hurt(installation: Installation, furnished: Any, name: str) -> None:
    world = furnished("opened").world
    with undone():
        kept = intake.receive(case=world.case, chunks=[b"Some words."], name=name, by=world.patient, now=world.now())
        assert 0 < len(kept.name) <= 255
        assert not set(kept.name) & set("\x00/\\\n\r")
        assert ReceivedFile.objects.get(pk=kept.pk).name == kept.name


def test_an_empty_file_and_none_at_all_are_named_as_such(installation: Installation, furnished: Any) -> None:
    world = furnished("opened").world
    browser, address = signed_in(installation, "patient"), reverse("add-files", args=[world.case.key])
    with undone():
        none = browser.post(address)
        assert none.status_code == 422
        assert b"No file was chosen" in none.content
        empty = browser.post(address, {"files": SimpleUploadedFile("a.txt", b"")}, follow=True)
        assert b"The file is empty" in empty.content or b"Not kept: a.txt" in empty.content
        assert ReceivedFile.objects.filter(case=world.case, size=0).count() == 0
        by_api = browser.post(
            reverse("api:add-file", args=[world.case.key]), {"file": SimpleUploadedFile("a.txt", b"")}
        )
        assert_problem(by_api, 422)


# the API


def assert_problem(response: Any, status: int) -> None:
    """RFC 9457: what was wrong, in JSON, with the status that it has."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]


STAGES: dict[str, Any] = {
    "nothing": b"",
    "no JSON": b"{",
    "another type": b"[]",
    "null": b"null",
    "a number for a site": {"site": 3},
    "no site": {"t": "T1"},
    "a list for a category": {"site": "colon", "t": ["T1"]},
    "deep": b'{"site": ' + b"[" * 100_000,
    "not UTF-8": b'{"site": "\xff"}',
}
ODD_STAGES: Mapping[str, Any] = {
    "a NUL": {"site": "co\x00lon", "edition": "8", "t": "T1", "n": "N0", "m": "M0"},
    "half a letter": b'{"site": "\\ud800", "edition": "8", "t": "\\udfff", "n": "N0", "m": "M0"}',
    "very long": {"site": "colon" * 50_000, "edition": "8" * 9000, "t": "T" * 90_000, "n": "N0", "m": "M0"},
    "infinite": b'{"site": "colon", "prognostic": {"psa": 1e999}}',
    "not a number": b'{"site": "colon", "edition": "8", "t": "T1", "n": "N0", "m": "M0", "prognostic": {"psa": NaN}}',
}


def ask_stage(body: Any) -> Any:
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Client().post(reverse("api:stage"), sent, content_type="application/json")


@pytest.mark.parametrize("what", STAGES)
def test_the_api_says_what_it_could_not_understand(what: str) -> None:
    response = ask_stage(STAGES[what])
    assert_problem(response, response.status_code)
    assert response.status_code in (400, 422)


@pytest.mark.parametrize("what", ODD_STAGES)
def test_the_api_abstains_from_what_makes_no_sense(what: str) -> None:
    response = ask_stage(ODD_STAGES[what])
    assert response.status_code in (200, 400, 422)
    json.loads(response.content, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))


def test_the_api_answers_who_is_not_signed_in_with_a_problem() -> None:
    assert_problem(Client().get(reverse("api:case", args=[MISSING])), 401)


def test_the_api_answers_for_an_unknown_case_with_a_problem(installation: Installation) -> None:
    assert_problem(signed_in(installation, "patient").get(reverse("api:case", args=[MISSING])), 404)
    assert_problem(signed_in(installation, "patient").get("/api/v1/nothing-here"), 404)
    assert_problem(signed_in(installation, "patient").get("/api/v1/cases/not-a-key"), 404)


# links, and requests from elsewhere


def test_an_invitation_that_expired_and_one_that_never_was_answer_alike(installation: Installation) -> None:
    world = installation.base
    told: dict[str, Any] = {
        "email": "x@example.org",
        "role": Role.PATIENT,
        "organisation": world.organisation,
        "by": SYSTEM,
    }
    _, old = accounts.invite(**told, now=world.now())
    answers = [Client().get(reverse("invitation", args=[token])) for token in (old, "never")]
    assert {a.status_code for a in answers} == {410}
    assert b"expired" in answers[0].content


def test_a_request_from_another_page_changes_nothing(installation: Installation, furnished: Any) -> None:
    world = furnished("opened").world
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.patient)
    asked = Case.objects.get(pk=world.case.pk).questions.count()
    for route in ("question", "thread", "consent", "add-files"):
        response = browser.post(reverse(route, args=[world.case.key]), {"text": "x", "scope": "learning"})
        assert response.status_code == 403
        assert b"load the page again" in response.content
    response = browser.post(reverse("api:add-file", args=[world.case.key]), {"file": SimpleUploadedFile("a", b"x")})
    assert_problem(response, 403)
    assert Case.objects.get(pk=world.case.pk).questions.count() == asked


@pytest.mark.parametrize(
    "path", ["/nothing/", "/cases/x/", "/cases/%00/", "/%FF%FE/", "/invitations/%00%ED%A0%80/", "/" + "a" * 5000]
)
def test_an_address_that_leads_nowhere_is_a_page(path: str) -> None:
    response = Client().get(path)
    assert response.status_code in (404, 410)
    assert b"<title>" in response.content


@pytest.mark.parametrize(
    "query", ["study=%00", "study=1.2.3", "study=" + "9" * 5000, "StudyInstanceUID=%00%5C,", "study=%FF"]
)
def test_no_query_of_the_viewer_can_hurt(installation: Installation, furnished: Any, query: str) -> None:
    case = furnished("reviewing").world.case
    browser = signed_in(installation, "reviewer")
    for route in ("viewer", "dicomweb_studies"):
        assert browser.get(f"{reverse(route, args=[case.key])}?{query}").status_code < 500
