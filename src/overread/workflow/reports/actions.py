"""All writes to comparisons and reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from overread.clinical.assessment import to_plain
from overread.clinical.concordance import Concordance, Grade
from overread.clinical.concordance import compare as concordance
from overread.clinical.record import Opinion

from ..accounts.models import Person
from ..accounts.roles import Permission, Role
from ..audit import signing
from ..audit.actions import record
from ..audit.actors import Actor, System
from ..cases.actions import hold, move
from ..cases.models import Case
from ..cases.telling import tell
from ..cases.transitions import Move, State
from ..errors import Invalid, WrongState
from ..referrals import opinions
from ..referrals.models import OutsideOpinion
from ..reviews.actions import ask_again
from ..reviews.models import Reconsideration, Review
from ..reviews.queries import first_opinion, outside_opinion, standing
from ..reviews.transitions import Decision, ReviewState
from . import content, permissions, transitions
from .models import Comparison, Report
from .transitions import ReportState

SIGNERS = frozenset({Role.REVIEWER, Role.BOARD})
READERS = frozenset({Role.PATIENT, Role.PROXY, Role.REFERRER, Role.NAVIGATOR, Role.PAYER})


@transaction.atomic
def compare(*, case: Case, by: Actor, now: datetime) -> list[Comparison]:
    """Compute where the first interpretation and each final opinion agree.

    A major difference asks every physician to look again, once; otherwise the case goes on to the report.
    """
    permissions.require(permissions.may_compare(by, case))
    held = hold(case)
    if State(held.state) is not State.COMPARING:
        raise WrongState("There is nothing to compare yet.", "Wait for the final opinions.")
    made = _compare_all(held, by=by, now=now)
    if not _differs(made) or Reconsideration.objects.filter(case=held).exists():
        move(case=held, to=Move.COMPARED, as_part_of=Permission.COMPARE, by=by, now=now)
    else:
        move(case=held, to=Move.DIFFERENCE_FOUND, as_part_of=Permission.COMPARE, by=by, now=now)
        ask_again(case=held, by=by, now=now)
    return made


@transaction.atomic
def settle(*, case: Case, by: Actor, now: datetime) -> list[Comparison]:
    """A physician changed their opinion: compare again and go on to the report."""
    permissions.require(permissions.may_compare(by, case))
    held = hold(case)
    answers = list(Reconsideration.objects.filter(case=held))
    if State(held.state) is not State.RECONSIDERING or any(row.answered_at is None for row in answers):
        raise WrongState("Not every physician has answered.", "Wait, or write down that no answer came.")
    first_changed = any(row.of_first and row.decision == Decision.CHANGES for row in answers)
    made = _compare_all(held, by=by, now=now)
    if _differs(made) and not first_changed:
        raise WrongState("The opinions still differ.", "Ask the tumor board, or for a third opinion.")
    move(case=held, to=Move.SETTLED, as_part_of=Permission.COMPARE, by=by, now=now)
    return made


def _differs(made: Sequence[Comparison]) -> bool:
    return any(row.content["grade"] == Grade.MAJOR for row in made)


def _compare_all(case: Case, *, by: Actor, now: datetime) -> list[Comparison]:
    first = first_opinion(System("reports"), case)
    made = [_compare(review, first, now) for review in Review.objects.filter(case=case, state=ReviewState.FINAL)]
    made += [_compare_outside(row, first, now) for row in OutsideOpinion.objects.filter(case=case)]
    record(action="reports.compared", by=by, now=now, case_key=case.key, detail={"opinions": len(made)})
    return made


def _compare(review: Review, first: Opinion, now: datetime) -> Comparison:
    blind = opinions.from_json(review.versions.get(stage="blind").content)
    return Comparison.objects.create(
        case=review.case,
        review=review,
        content=_plain(concordance(first, opinions.from_json(standing(review).content))),
        blind=_plain(concordance(first, blind)),
        made_at=now,
    )


def _compare_outside(row: OutsideOpinion, first: Opinion, now: datetime) -> Comparison:
    content = _plain(concordance(first, outside_opinion(row)))
    return Comparison.objects.create(case=row.case, outside=row, content=content, made_at=now)


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
    # A reviewer who is still blinded must not learn of it.
    tell(held, "your_turn", SIGNERS, among=lambda seat: permissions.may_sign(seat.person, held), by=by, now=now)
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
    tell(held.case, "report_ready", READERS, by=by, now=now)
    return held


@transaction.atomic
def amend(*, case: Case, reason: str, by: Actor, now: datetime) -> Report:
    """Reopen a reported case and draft the next version; the signed one stays as it is."""
    permissions.require(permissions.may_draft(by, case))
    move(case=case, to=Move.AMEND, as_part_of=Permission.DRAFT_REPORT, by=by, now=now)
    return draft(case=case, reason=reason, by=by, now=now)
