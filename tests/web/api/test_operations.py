"""Every operation of the API: who gets an answer, what it holds, and problem details for everybody else."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from overread.workflow.accounts.models import Person
from overread.workflow.accounts.roles import Role
from overread.workflow.reports.actions import sign
from tests.factories.cases import World

pytestmark = pytest.mark.django_db

OF_A_CASE = ("case", "facts", "assessment", "files", "reports")
MISSING = uuid.UUID("00000000-0000-4000-8000-000000000000")


def client(person: Person | None) -> Client:
    browser = Client()
    if person is not None:
        browser.force_login(person)
    return browser


def get(person: Person | None, name: str, case: object = None) -> Any:
    where = {"case": case} if case else {}
    return client(person).get(reverse(f"api:{name}", kwargs=where))


def problem(answer: HttpResponse, status: int) -> dict[str, Any]:
    """The body of a refusal, which must be problem details (RFC 9457)."""
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = json.loads(answer.content)
    assert body["status"] == status
    assert body["type"] == "about:blank"
    assert body["title"]
    assert body["detail"]
    return body


@pytest.fixture
def world() -> World:
    return World().understood()


# what each operation answers


def test_your_cases_are_yours_alone(world: World) -> None:
    [mine] = get(world.patient, "cases").json()

    assert mine["key"] == str(world.case.key)
    assert mine["reference"] == world.case.reference
    assert mine["state"] == "routing"
    assert get(world.person("other@example.org", Role.PATIENT), "cases").json() == []


def test_a_case_says_whose_turn_it_is(world: World) -> None:
    def turn(person: Person) -> bool:
        yours: bool = get(person, "case", world.case.key).json()["turn"]["yours"]
        return yours

    assert (turn(world.navigator), turn(world.patient)) == (True, False)


def test_facts_carry_their_source_and_stand_by_subject(world: World) -> None:
    [subject] = get(world.patient, "facts", world.case.key).json()
    text = world.file.text.text

    assert subject["is_patient"] is True
    assert subject["subject"]["name"] == "Rivera, Ana"
    spans = [f["provenance"] for f in subject["facts"] if f["provenance"]["span"]]
    assert spans
    assert all(text[p["span"]["start"] : p["span"]["end"]] == p["quote"] for p in spans)


def test_the_assessment_follows_from_what_the_viewer_may_see(world: World) -> None:
    whole = get(world.patient, "assessment", world.case.key).json()
    nothing = get(world[Role.PAYER], "assessment", world.case.key).json()

    assert whole["stage"]["checks"][0]["t"] == ["T3"]
    assert nothing["stage"]["checks"] == []


def test_files_and_what_became_of_them(world: World) -> None:
    [file] = get(world.patient, "files", world.case.key).json()

    assert (file["name"], file["state"], file["reason"]) == ("report.txt", "accepted", "")
    assert file["size"] == world.file.size


def test_reports_appear_once_signed() -> None:
    drafted = World().drafted()
    assert get(drafted.patient, "reports", drafted.case.key).json() == []
    assert [r["state"] for r in get(drafted.navigator, "reports", drafted.case.key).json()] == ["draft"]

    digest = drafted.report.digest
    sign(report=drafted.report, digest=digest, by=drafted.reviewer, now=drafted.now())
    [report] = get(drafted.patient, "reports", drafted.case.key).json()
    assert (report["state"], report["digest"]) == ("signed", digest)


def test_a_file_is_kept_and_its_reading_queued(world: World) -> None:
    sent = {"file": SimpleUploadedFile("new.txt", b"A new report.")}
    answer = client(world.patient).post(reverse("api:add-file", kwargs={"case": world.case.key}), sent)

    assert answer.status_code == 202
    assert answer.json()["state"] == "quarantined"
    job = ProcrastinateJob.objects.get(task_name="facts.read_file")
    assert job.args == {"file_key": answer.json()["key"]}


def test_a_stage_for_everyone() -> None:
    asked = {"site": "lung", "edition": "8", "t": "T3", "n": "N0", "m": "M0"}
    answer = stage(asked)

    assert answer.json()["group"] == "IIB"
    assert answer.json()["rows"]
    assert stage({"site": "lung", "t": "T3", "n": "N0", "m": "M0"}).json()["group"] is None


def stage(asked: object) -> Any:
    return Client().post(reverse("api:stage"), json.dumps(asked), content_type="application/json")


def test_the_description_names_every_operation() -> None:
    described = Client().get(reverse("api:openapi-json")).json()["paths"]

    assert {(path.removeprefix("/api/v1"), method) for path, methods in described.items() for method in methods} == {
        ("/stage", "post"),
        ("/cases", "get"),
        *(("/cases/{case}" + tail, "get") for tail in ("", "/facts", "/assessment", "/files", "/reports")),
        ("/cases/{case}/files", "post"),
    }


# refusals


@pytest.mark.parametrize("name", OF_A_CASE)
def test_without_an_account(world: World, name: str) -> None:
    assert "account" in problem(get(None, name, world.case.key), 401)["detail"]


def test_your_cases_need_an_account() -> None:
    problem(get(None, "cases"), 401)


@pytest.mark.parametrize("name", OF_A_CASE)
@pytest.mark.parametrize("role", [Role.PATIENT, Role.NAVIGATOR, Role.REVIEWER, Role.OPERATOR])
def test_a_foreign_case_and_a_missing_one_answer_alike(
    world: World, name: str, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("overread.config.content_security.secrets.token_urlsafe", lambda _: "the same nonce")
    stranger = world.person("stranger@example.org", role)
    foreign, missing = (get(stranger, name, key) for key in (world.case.key, MISSING))

    problem(foreign, 404)
    assert foreign.content == missing.content
    assert foreign.headers == missing.headers


def test_a_file_for_a_foreign_case_and_a_missing_one(world: World) -> None:
    stranger = client(world.person("stranger@example.org", Role.PATIENT))
    answers = [
        stranger.post(reverse("api:add-file", kwargs={"case": key}), {"file": SimpleUploadedFile("a.txt", b"x")})
        for key in (world.case.key, MISSING)
    ]

    foreign, missing = (problem(answer, 404) for answer in answers)
    assert foreign == missing
    assert world.case.files.count() == 1


@pytest.mark.parametrize("role", [Role.PAYER, Role.BOARD])
def test_a_role_that_may_not_add_files_is_told_so(world: World, role: Role) -> None:
    sent = {"file": SimpleUploadedFile("a.txt", b"x")}
    problem(client(world[role]).post(reverse("api:add-file", kwargs={"case": world.case.key}), sent), 403)
    problem(get(world[role], "files", world.case.key), 403)


@pytest.mark.parametrize("content", [b"", None])
def test_an_empty_file_or_none_is_refused_with_its_reason(world: World, content: bytes | None) -> None:
    sent = {} if content is None else {"file": SimpleUploadedFile("empty.txt", content)}
    answer = client(world.patient).post(reverse("api:add-file", kwargs={"case": world.case.key}), sent)

    assert ("empty" if content == b"" else "file") in problem(answer, 422)["detail"]
    assert world.case.files.count() == 1


def test_a_request_from_elsewhere_is_refused(world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.patient)
    sent = {"file": SimpleUploadedFile("a.txt", b"x")}

    problem(browser.post(reverse("api:add-file", kwargs={"case": world.case.key}), sent), 403)
    assert world.case.files.count() == 1


def test_the_wrong_method_is_a_problem_too(world: World) -> None:
    answer = client(world.patient).delete(reverse("api:cases"))

    problem(answer, 405)
    assert answer["Allow"] == "GET"


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/v1/cases/1234", "/api/v1/cases/none/facts", "/api/v1/", "/api/"]
)
def test_an_address_that_is_none(world: World, path: str) -> None:
    problem(client(world.patient).get(path), 404)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 422),
        (b"{}", 422),
        (b'{"site": 5}', 422),
        (b'{"site": "lung", "prognostic": []}', 422),
        (b'{"site": "' + b"a" * 3_000_000 + b'"}', 400),
        (b"[" * 100_000, 400),
    ],
)
def test_a_question_that_cannot_be_understood(body: bytes, status: int) -> None:
    problem(Client().post(reverse("api:stage"), body, content_type="application/json"), status)


@pytest.mark.parametrize(
    "asked",
    [
        {"site": ""},
        {"site": "lung\x00", "edition": "8", "t": "\ud800", "n": "N0", "m": "M0"},
        {"site": "thyroid", "edition": "8", "t": "T1", "n": "N1", "m": "M0", "prognostic": {"age": "NaN"}},
        {"site": "lung", "edition": "99", "t": "T9" * 1000, "n": "?", "m": "🩻"},
    ],
)
def test_an_odd_question_is_answered_with_a_reason(asked: dict[str, Any]) -> None:
    answer = stage(asked)

    assert answer.status_code == 200
    assert answer.json()["group"] is None
    assert answer.json()["sentence"]
