"""All reads of comparisons and reports, scoped to a viewer."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

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
    return list(Comparison.objects.filter(case=case).select_related("review__seat__person"))


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


def report_for(viewer: Actor, case: Case, key: uuid.UUID) -> Report:
    for report in reports(viewer, case):
        if report.key == key:
            return report
    raise NotFound
