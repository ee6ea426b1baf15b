"""All writes to comparisons and reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from overread.clinical.assessment import to_plain
from overread.clinical.concordance import Concordance
from overread.clinical.concordance import compare as concordance
from overread.clinical.record import Opinion

from ..accounts.models import Person
from ..accounts.roles import Permission
from ..audit import signing
from ..audit.actions import record
from ..audit.actors import Actor, System
from ..cases.actions import hold, move
from ..cases.models import Case
from ..cases.transitions import Move, State
from ..errors import Invalid, WrongState
from ..referrals import opinions
from ..reviews.models import Review
from ..reviews.queries import first_opinion
from ..reviews.transitions import ReviewState
from . import content, permissions, transitions
from .models import Comparison, Report
from .transitions import ReportState


@transaction.atomic
def compare(*, case: Case, by: Actor, now: datetime) -> list[Comparison]:
    """Compute where the first interpretation and each final opinion agree, and go on to the report."""
    permissions.require(permissions.may_compare(by, case))
    held = hold(case)
    if State(held.state) is not State.COMPARING:
        raise WrongState("There is nothing to compare yet.", "Wait for the final opinions.")
    first = first_opinion(System("reports"), held)
    made = [_compare(review, first, now) for review in Review.objects.filter(case=held, state=ReviewState.FINAL)]
    record(action="reports.compared", by=by, now=now, case_key=held.key, detail={"opinions": len(made)})
    move(case=held, to=Move.COMPARED, as_part_of=Permission.COMPARE, by=by, now=now)
    return made


def _compare(review: Review, first: Opinion, now: datetime) -> Comparison:
    second = {v.stage: opinions.from_json(v.content) for v in review.versions.all()}
    return Comparison.objects.create(
        case=review.case,
        review=review,
        content=_plain(concordance(first, second["final"])),
        blind=_plain(concordance(first, second["blind"])),
        made_at=now,
    )


def _plain(found: Concordance) -> dict[str, Any]:
    return {"grade": str(found.grade), **to_plain(found)}


@transaction.atomic
def draft(*, case: Case, by: Actor, now: datetime, reason: str = "") -> Report:
    """Draft the next version from the case's facts and final opinions. An amendment says why."""
    permissions.require(permissions.may_draft(by, case))
    held = hold(case)
    if State(held.state) is not State.REPORTING:
        raise WrongState("The case is not at the step “report”.", "First have the opinions compared.")
    last = Report.objects.filter(case=held).order_by("-number").first()
    if last and last.state != ReportState.DRAFT and not reason.strip():
        raise Invalid("An amendment needs a reason.", "Say what the signed report gets wrong or lacks.")
    body = content.gather(held, now)
    if last and last.state == ReportState.DRAFT:
        return _redraft(last, body, by=by, now=now)
    report = Report.objects.create(
        case=held, number=last.number + 1 if last else 1, state=ReportState.DRAFT, content=body,
        digest=opinions.digest(body), drafted_at=now, amends=last, amendment_reason=reason.strip() if last else "",
    )  # fmt: skip
    about, detail = ("report", report.key), {"number": report.number}
    record(action="reports.drafted", by=by, now=now, case_key=held.key, about=about, detail=detail)
    return report


def _redraft(report: Report, body: dict[str, object], *, by: Actor, now: datetime) -> Report:
    report.content, report.digest, report.drafted_at = body, opinions.digest(body), now
    report.save(update_fields=["content", "digest", "drafted_at"])
    record(action="reports.redrafted", by=by, now=now, case_key=report.case.key, about=("report", report.key))
    return report


@transaction.atomic
def sign(*, report: Report, digest: str, by: Person, now: datetime) -> Report:
    """Sign what was read: the digest is that of the draft on the signer's page, so that nothing slips in between."""
    permissions.require(permissions.may_sign(by, report.case))
    held = Report.objects.select_for_update().get(pk=report.pk)
    transitions.must_be_draft(ReportState(held.state))
    if digest != held.digest:
        raise WrongState("The draft changed after you opened it.", "Read it again, then sign.")
    held.state, held.signed_by, held.signed_at = ReportState.SIGNED, by, now
    held.signature = signing.sign(held.digest)
    held.save(update_fields=["state", "signed_by", "signed_at", "signature"])
    if held.amends:
        Report.objects.filter(pk=held.amends.pk).update(state=ReportState.AMENDED)
    about, detail = ("report", held.key), {"number": held.number, "digest": held.digest}
    record(action="reports.signed", by=by, now=now, case_key=held.case.key, about=about, detail=detail)
    move(case=held.case, to=Move.REPORT_SIGNED, as_part_of=Permission.SIGN_REPORT, by=by, now=now)
    return held


@transaction.atomic
def amend(*, case: Case, reason: str, by: Actor, now: datetime) -> Report:
    """Reopen a reported case and draft the next version; the signed one stays as it is."""
    permissions.require(permissions.may_draft(by, case))
    move(case=case, to=Move.AMEND, as_part_of=Permission.DRAFT_REPORT, by=by, now=now)
    return draft(case=case, reason=reason, by=by, now=now)
