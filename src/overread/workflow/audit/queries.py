"""Reading the trail."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from . import chain
from .models import AuditRow


def export(chain_name: str) -> Iterator[dict[str, Any]]:
    """The chain's rows as plain values, oldest first, as ``chain.first_break`` reads them."""
    for row in AuditRow.objects.filter(chain=chain_name).order_by("sequence").iterator():
        fields: dict[str, Any] = {name: getattr(row, name) for name in (*chain.COVERED, "previous", "digest")}
        yield {**fields, "at": row.at.astimezone(UTC).isoformat(timespec="microseconds")}


def rows_of_case(case_key: uuid.UUID) -> list[AuditRow]:
    """Everything done to a case, oldest first. Callers ask ``cases.permissions`` who may read it."""
    return list(AuditRow.objects.filter(chain=str(case_key)).order_by("sequence"))


def first_break(chain_name: str) -> int | None:
    """Where the chain was tampered with, or None."""
    return chain.first_break(export(chain_name))
