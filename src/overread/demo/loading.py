"""Making the demo. Each case is made in one transaction, so a load that was cut off is completed by the next one."""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from .cases import DemoCase
    from .phantom import Grid
    from .slide import Section

BEGAN_DAYS_AGO = 120  # before the first case opened


def load(
    *, today: date | None = None, grid: Grid | None = None, section: Section | None = None
) -> Generator[str, None, None]:
    """Make the demo's people, publications and cases unless they are there.

    today: the day on which the stories end; the days before it are those that they tell of. grid: the voxels of a CT.
    section: the size of a slide.
    Yields the lines to show: progress while something is made, then the sign-ins. Needs Django set up.
    """
    from django.db import transaction

    from overread.workflow.accounts.models import Person

    from . import people, publications
    from .cases import CASES
    from .phantom import Grid
    from .slide import Section
    from .story import Scene

    today = today or datetime.now(ZoneInfo(people.TIME_ZONE)).date()
    began = datetime.combine(today - timedelta(days=BEGAN_DAYS_AGO), time(9), UTC)
    if not Person.objects.filter(email__endswith=f"@{people.DOMAIN}").exists():
        yield "Making the demo's people and publications …"
    with transaction.atomic():
        place = people.organisation(began)
        everybody = people.everybody(place, began)
    publications.bring_in(today, began)
    scene = Scene(everybody, place, today, grid or Grid(), section or Section())
    missing = [case for case in CASES if not _is_there(case)]
    for number, case in enumerate(missing, 1):
        yield f"Making demo case {number} of {len(missing)}: {case.shows} …"
        with transaction.atomic():
            case.tell(scene)
    yield from people.sign_ins()


def _is_there(case: DemoCase) -> bool:
    from overread.workflow.cases.models import Case

    return Case.objects.filter(is_demo=True, title=case.title).exists()
