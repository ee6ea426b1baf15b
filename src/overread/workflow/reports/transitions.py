"""The life of a report: drafted, signed, and then only amended by a newer one."""

from __future__ import annotations

from enum import StrEnum

from ..errors import WrongState


class ReportState(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"
    AMENDED = "amended"  # signed once, and replaced by a newer signed version


def must_be_draft(state: ReportState) -> None:
    if state is not ReportState.DRAFT:
        raise WrongState("This report is signed and never changes.", "Draft an amendment instead.")
