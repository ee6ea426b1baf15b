"""What every page may know of the installation."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from overread.workflow.accounts.permissions import may_run_installation

from . import shell


def installation(request: HttpRequest) -> dict[str, object]:
    """``demo``, the frame's links, and questions about the person signed in that only pages which ask them answer."""
    viewer = getattr(request, "user", None)
    return {
        "demo": settings.DEMO,
        "here": getattr(request, "shown_at", request.path),
        "doors": lambda: shell.doors(viewer),
        "lessons": shell.lessons,
        "unread": lambda: shell.unread(viewer),
        "runs_installation": lambda: may_run_installation(viewer),  # type: ignore[arg-type]
    }
