"""The public data in use, and experts ranked from it for a case."""

from __future__ import annotations

from .models import Release


def in_use(kind: str) -> Release | None:
    """The release of this kind that is in use; None before the first import."""
    return Release.objects.filter(kind=kind, in_use=True).first()
