"""All reads of comparisons and reports, scoped to a viewer."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from ..audit.actors import Actor
from ..cases.models import Case
from ..cases.queries import seat_of
from ..errors import NotFound
from . import permissions
from .models import Comparison, Report
from .transitions import ReportState


def comparisons(viewer: Actor, case: Case) -> Sequence[Comparison]:
    """Where opinions agree and differ, for those who compare, decide or sign."""
    seat_of(viewer, case)
    if not permissions.may_see_comparison(viewer, case):
        return []
    return current(case)


def current(case: Case) -> Sequence[Comparison]:
    """The newest comparison of each opinion; older ones were made before somebody looked again."""
    rows = Comparison.objects.filter(case=case).select_related("review__seat__person", "outside")
    newest = {(row.review_id, row.outside_id): row for row in rows}
    return [row for row in rows if newest[row.review_id, row.outside_id] == row]


def report_to_sign(viewer: Actor, case: Case, key: uuid.UUID) -> Report:
    """A report that the viewer may sign; NotFound for who has nothing to sign."""
    report = report_for(viewer, case, key)
    if not permissions.may_sign(viewer, case):
        raise NotFound
    return report


def reports(viewer: Actor, case: Case) -> Sequence[Report]:
    """The reports that the viewer may read: signed ones, and drafts for those who draft or sign."""
    seat_of(viewer, case)
    if not permissions.may_read(viewer, case):
        return []
    rows = Report.objects.filter(case=case).select_related("case", "signed_by", "amends")
    drafts_too = permissions.may_draft(viewer, case) or permissions.may_sign(viewer, case)
    hidden = not drafts_too
    return [r for r in rows if not (hidden and r.state == ReportState.DRAFT) and not _blinded(viewer, case)]


def _blinded(viewer: Actor, case: Case) -> bool:
    seat = seat_of(viewer, case)
    return bool(seat.hidden) and not seat.revealed


def last_signed_at(case: Case) -> datetime | None:
    """When the newest signed version was signed; None while there is none. A time alone, which tells nothing else."""
    return (
        Report.objects.filter(case=case, signed_at__isnull=False)
        .order_by("-number")
        .values_list("signed_at", flat=True)
        .first()
    )


def report_for(viewer: Actor, case: Case, key: uuid.UUID) -> Report:
    for report in reports(viewer, case):
        if report.key == key:
            return report
    raise NotFound
