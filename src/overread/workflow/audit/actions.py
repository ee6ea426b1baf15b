"""The only writer of the trail. Called by every action, inside that action's transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from . import chain
from .actors import Actor
from .models import AuditRow

INSTALLATION = "installation"


def record(
    *,
    action: str,
    by: Actor,
    now: datetime,
    case_key: uuid.UUID | None = None,
    about: tuple[str, object] = ("", ""),
    detail: Mapping[str, Any] | None = None,
) -> AuditRow:
    """Append one row to the case's chain (or the installation's).

    about: the kind and key of the object. detail: states, counts and keys; never health information.
    Must run inside a transaction, so that the row and what it speaks of stand or fall together.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an audit row is written in the transaction of what it records")
    name = str(case_key) if case_key else INSTALLATION
    _hold(name)
    last = AuditRow.objects.filter(chain=name).order_by("-sequence").values_list("sequence", "digest").first()
    sequence, previous = (last[0] + 1, last[1]) if last else (1, chain.START)
    fields = {
        "chain": name,
        "sequence": sequence,
        "at": now.astimezone(UTC).isoformat(timespec="microseconds"),
        "action": action,
        "by_kind": by.audit_kind,
        "by_key": by.audit_key,
        "about_kind": about[0],
        "about_key": str(about[1]),
        "detail": dict(detail or {}),
    }
    return AuditRow.objects.create(**{**fields, "at": now}, previous=previous, digest=chain.digest(previous, fields))


def _hold(name: str) -> None:
    """One writer a chain at a time, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"audit:{name}"])
