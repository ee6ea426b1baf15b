"""Background work on files."""

from __future__ import annotations

import uuid

from django.utils import timezone
from procrastinate.contrib.django import app

from ..audit.actors import System


@app.task(name="facts.read_file", queue="files", retry=3)
def read_file(file_key: str) -> None:
    """Examine one received file and read its facts. A file that was examined meanwhile is left alone."""
    from ..intake.models import ReceivedFile
    from ..intake.transitions import FileState
    from . import actions

    file = ReceivedFile.objects.select_related("case").filter(
        key=uuid.UUID(file_key), state=FileState.QUARANTINED
    ).first()  # fmt: skip
    if file:
        actions.read_file(file=file, by=System("reader"), now=timezone.now())
