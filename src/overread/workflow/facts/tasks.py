"""Background work on files."""

from __future__ import annotations

import uuid

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from ..audit.actors import System

READER = System("reader")
ATTEMPTS = 3


@app.task(name="facts.read_file", queue="files", pass_context=True, retry=RetryStrategy(max_attempts=ATTEMPTS, wait=5))
def read_file(context: JobContext, file_key: str) -> None:
    """Examine one received file and read its facts. A file that was examined meanwhile is left alone.

    A file on which the reading itself fails, again and again, is set aside with a reason instead of waiting for ever.
    """
    from ..intake import actions as intake
    from ..intake.models import ReceivedFile
    from ..intake.transitions import FileState
    from . import actions

    waiting = ReceivedFile.objects.select_related("case").filter(key=uuid.UUID(file_key), state=FileState.QUARANTINED)
    file = waiting.first()
    if file is None:
        return
    try:
        actions.read_file(file=file, by=READER, now=timezone.now())
    except Exception:
        if context.job.attempts >= ATTEMPTS:
            intake.set_aside(file=file, by=READER, now=timezone.now())
        raise


@app.periodic(cron="*/2 * * * *")
@app.task(name="facts.retry_stalled", queueing_lock="facts.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Jobs whose worker died under them are done again."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        await jobs.retry_job(job)
