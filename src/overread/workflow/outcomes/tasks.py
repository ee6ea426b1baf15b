"""The installation asks what happened next, once a day."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from ..audit.actors import System


@app.periodic(cron="17 6 * * *")
@app.task(name="outcomes.ask_due", queue="default")
def ask_due(timestamp: int) -> None:
    """Set the day for every report signed since yesterday, and ask everybody whose day has come."""
    from . import actions, queries

    now = timezone.now()
    for case in queries.without_follow_up():
        actions.schedule(case=case, by=System("outcomes"), now=now)
    for follow_up in queries.due(now):
        actions.ask(follow_up=follow_up, by=System("outcomes"), now=now)
