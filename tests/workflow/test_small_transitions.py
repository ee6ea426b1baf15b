"""The lives of everything smaller than a case, as tables."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from overread.workflow.accounts.transitions import is_open
from overread.workflow.directory import transitions as releases
from overread.workflow.errors import WrongState
from overread.workflow.intake import transitions as files
from overread.workflow.materials import transitions as materials
from overread.workflow.outcomes.transitions import must_be_unanswered
from overread.workflow.referrals import transitions as referrals
from overread.workflow.reports import transitions as reports
from overread.workflow.reviews import transitions as reviews
from overread.workflow.scheduling import transitions as calls

MATERIAL = {
    ("requested", "sent"), ("requested", "received"), ("sent", "received"), ("sent", "lost"), ("received", "sent"),
    ("received", "returned"), ("received", "lost"), ("lost", "received"),
}  # fmt: skip
REFERRAL = {("sent", "accepted"), ("sent", "declined")}
CALL = {("arranged", "held"), ("arranged", "cancelled")}
REVIEW = {("blind", "blind"), ("revealed", "revealed"), ("final", "final")}  # the state that a step needs


def refused(step: Callable[[], Any]) -> bool:
    try:
        step()
    except WrongState as refusal:
        assert refusal.what
        return True
    return False


@pytest.mark.parametrize(
    ("check", "kind", "table"),
    [
        (materials.check, materials.MaterialState, MATERIAL),
        (referrals.check, referrals.ReferralState, REFERRAL),
        (calls.check, calls.CallState, CALL),
        (reviews.must_be, reviews.ReviewState, REVIEW),
    ],
    ids=["material", "referral", "call", "review"],
)
def test_only_what_the_table_holds_is_possible(check: Any, kind: Any, table: set[tuple[str, str]]) -> None:
    for before in kind:
        for after in kind:
            assert refused(functools.partial(check, before, after)) is ((str(before), str(after)) not in table)


@pytest.mark.parametrize("state", files.FileState)
@pytest.mark.parametrize("verdict", files.Verdict)
def test_a_file_is_judged_once(state: files.FileState, verdict: files.Verdict) -> None:
    assert refused(lambda: files.after(state, verdict)) is (state is not files.FileState.QUARANTINED)


def test_a_review_goes_one_way() -> None:
    assert reviews.TABLE == {
        reviews.ReviewState.BLIND: reviews.ReviewState.REVEALED,
        reviews.ReviewState.REVEALED: reviews.ReviewState.FINAL,
    }


def test_what_is_done_stays_done() -> None:
    assert refused(lambda: reports.must_be_draft(reports.ReportState.SIGNED))
    assert refused(lambda: reports.must_be_draft(reports.ReportState.AMENDED))
    assert not refused(lambda: reports.must_be_draft(reports.ReportState.DRAFT))
    assert refused(lambda: reviews.must_be_open(reviews.AdjudicationState.DECIDED))
    assert not refused(lambda: reviews.must_be_open(reviews.AdjudicationState.OPEN))
    assert refused(lambda: must_be_unanswered(datetime(2026, 1, 1, tzinfo=UTC)))
    assert not refused(lambda: must_be_unanswered(None))
    assert releases.after("importing") == "ready"
    assert refused(lambda: releases.after("ready"))


@pytest.mark.parametrize(
    ("received", "extended", "due"),
    [
        (None, False, None),
        (None, True, None),
        (date(2026, 3, 2), False, date(2026, 4, 1)),
        (date(2026, 3, 2), True, date(2026, 5, 1)),
    ],
)
def test_the_clock_of_an_access_request(received: date | None, extended: bool, due: date | None) -> None:
    """45 CFR 164.524(b)(2): thirty days from receipt, and one extension of thirty."""
    assert materials.due(received, extended) == due


def test_an_invitation_is_open_until_it_is_used_or_expires() -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    soon = now + timedelta(seconds=1)
    assert is_open(now, expires_at=soon, used_at=None)
    assert not is_open(now, expires_at=now, used_at=None)
    assert not is_open(now, expires_at=soon, used_at=now)
