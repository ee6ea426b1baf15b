"""The JSON API: the same queries as the pages, so that nobody sees here what they may not see there."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, File, NinjaAPI, Schema, Status, UploadedFile
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import django_auth

from overread.clinical import staging
from overread.clinical.assessment import to_plain
from overread.workflow.accounts.roles import Permission
from overread.workflow.cases.queries import cases_of, seat_of, shown_state
from overread.workflow.errors import WorkflowError
from overread.workflow.facts import actions as facts
from overread.workflow.facts import queries as fact_queries
from overread.workflow.intake import queries as intake
from overread.workflow.reports import queries as reports

from ..casefile import glance
from ..errors import problem
from ..policies import EVERYONE, SIGNED_IN, Policy, in_case
from ..routing import METHODS, POLICIES, actor, admitted, person

api = NinjaAPI(title="Overread", version="1", auth=django_auth, urls_namespace="api", docs_url=None)


def operation(name: str, method: str, policy: Policy) -> dict[str, Any]:
    """Enter the operation into the same table of policies as every page."""
    POLICIES[f"api:{name}"], METHODS[f"api:{name}"] = policy, (method,)
    return {"url_name": name, **({"auth": None} if not policy.signed_in else {})}


SEE, ADD, REPORT = in_case(Permission.SEE_CASE), in_case(Permission.ADD_FILES), in_case(Permission.SEE_REPORT)
POLICIES["api:openapi-json"], METHODS["api:openapi-json"] = EVERYONE, ("GET",)
POLICIES["api:api-root"], METHODS["api:api-root"] = EVERYONE, ("GET",)


class StageQuestion(Schema):
    """T, N and M as stated, with the site's name or ICD-O-3 code and the edition."""

    site: str
    edition: str | None = None
    t: str | None = None
    n: str | None = None
    m: str | None = None
    prognostic: dict[str, str | float] = Field(default_factory=dict)


@api.post("/stage", **operation("stage", "POST", EVERYONE))
def stage(request: HttpRequest, asked: StageQuestion) -> Any:
    """The stage group, or the named reason why it cannot be had, with the table rows used. Stores nothing."""
    return to_plain(staging.stage(asked.site, asked.edition, asked.t, asked.n, asked.m, asked.prognostic))


@api.get("/cases", **operation("cases", "GET", SIGNED_IN))
def cases(request: HttpRequest) -> Any:
    """Your cases."""
    return [_case(person(request), case) for case in cases_of(person(request))]


@api.get("/cases/{uuid:case}", **operation("case", "GET", SEE))
def case(request: HttpRequest, case: uuid.UUID) -> Any:
    """One case: where it is and whose turn it is."""
    return _case(actor(request), admitted(actor(request), case, SEE))


@api.get("/cases/{uuid:case}/facts", **operation("facts", "GET", SEE))
def case_facts(request: HttpRequest, case: uuid.UUID) -> Any:
    """The facts that you may see, by subject; subjects are never merged."""
    viewer = actor(request)
    found = fact_queries.subjects(viewer, admitted(viewer, case, SEE))
    return [{"subject": to_plain(v.subject), "is_patient": v.is_patient, "facts": _facts(v)} for v in found]


@api.get("/cases/{uuid:case}/assessment", **operation("assessment", "GET", SEE))
def assessment(request: HttpRequest, case: uuid.UUID) -> Any:
    """Everything that can be said about the facts that you may see."""
    viewer = actor(request)
    return to_plain(fact_queries.assessment(viewer, admitted(viewer, case, SEE), timezone.now()))


@api.get("/cases/{uuid:case}/files", **operation("files", "GET", ADD))
def case_files(request: HttpRequest, case: uuid.UUID) -> Any:
    """The files of the case and what became of each."""
    viewer = actor(request)
    return [_file(f) for f in intake.files(viewer, admitted(viewer, case, ADD))]


@api.post("/cases/{uuid:case}/files", response={202: Any}, **operation("add-file", "POST", ADD))
def add_file(request: HttpRequest, case: uuid.UUID, file: File[UploadedFile]) -> Any:
    """Send one file. 202: it is kept and will be read; its state says what became of it."""
    by = person(request)
    found = admitted(by, case, ADD)
    chunks = file.chunks()
    kept = facts.take_in(case=found, chunks=chunks, name=file.name or "file", by=by, now=timezone.now())
    return Status(202, _file(kept))


@api.get("/cases/{uuid:case}/reports", **operation("reports", "GET", REPORT))
def case_reports(request: HttpRequest, case: uuid.UUID) -> Any:
    """The reports that you may read."""
    viewer = actor(request)
    rows = reports.reports(viewer, admitted(viewer, case, REPORT))
    return [{"key": str(r.key), "number": r.number, "state": r.state, "digest": r.digest} for r in rows]


def _case(viewer, case) -> dict[str, Any]:  # type: ignore[no-untyped-def]
    card, state = glance.card(viewer, case), shown_state(case, seat_of(viewer, case))
    until = card.turn.until.on if card.turn.until else None
    turn = {"yours": card.turn.is_yours, "who": card.turn.who, "asked": card.turn.asked, "until": until}
    since = card.progress.since
    return {"key": str(case.key), "reference": case.reference, "state": state, "since": since, "turn": turn}


def _facts(view: fact_queries.SubjectView) -> list[dict[str, Any]]:
    return [{"key": str(seen.row.key), **to_plain(seen.fact)} for seen in view.facts]


def _file(file) -> dict[str, Any]:  # type: ignore[no-untyped-def]
    return {"key": str(file.key), "name": file.name, "size": file.size, "state": file.state, "reason": file.reason}


@api.exception_handler(WorkflowError)
def refused(request: HttpRequest, error: WorkflowError) -> Any:
    return problem(error.status, error.title, error.what, error.do)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> Any:
    return problem(401, "Not signed in", "This address needs an account.", "Sign in, then ask again.")


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, error: ValidationError) -> Any:
    wrong = "; ".join(f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors)
    return problem(422, "Not understood", wrong, "Compare the request with the API's description.")


@api.exception_handler(HttpError)
def other(request: HttpRequest, error: HttpError) -> Any:
    title = "Not allowed" if error.status_code == 403 else "Not understood"
    return problem(error.status_code, title, str(error), "Compare the request with the API's description.")
