"""The trail in words: no machine's name, no row lost, a thousand images one line."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import overread.workflow
from overread.web.casefile.deeds import WORDS, Row, deeds
from overread.workflow.referrals.transitions import ReferralState
from overread.workflow.scheduling.transitions import CallState

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NAMES = {"p": "Ada Patient, patient", "n": "Nell Guide, navigator"}
# Actions that have no case: they stand in the installation's own chain.
NOT_OF_A_CASE = re.compile(
    r"accounts\.(organisation_\w+|person_created|role_\w+|second_factor_reset)|directory\.\w+|facts\.(read_file|retry\w*)"
)


def rows(*said: tuple[str, str], **detail: str) -> list[Row]:
    def row(number: int, action: str, by: str) -> Any:
        kind = "system" if by == "worker" else "visitor" if by == "v" else "person"
        at = START + timedelta(minutes=number)
        return SimpleNamespace(
            sequence=number, at=at, action=action, by_kind=kind, by_key=by, detail=detail, digest=f"d{number}"
        )

    return [row(n, *one) for n, one in enumerate(said, 1)]


def test_every_action_of_a_case_has_words() -> None:
    source = "".join(path.read_text() for path in Path(overread.workflow.__path__[0]).rglob("actions.py"))
    written = set(re.findall(r'action="([a-z_.]+)"', source))
    written |= {f"referrals.{s}" for s in ReferralState} | {f"scheduling.{s}" for s in CallState}
    assert written >= {"cases.opened", "reviews.signed"}
    assert {name for name in written if not NOT_OF_A_CASE.fullmatch(name)} == set(WORDS)


def test_images_sent_one_after_the_other_are_one_line_for_each_thing_done() -> None:
    image = [("intake.received", "p"), ("intake.accepted", "worker"), ("facts.read", "worker")]
    said = deeds(rows(("cases.opened", "p"), *image * 168, ("messaging.written", "n")), NAMES)
    assert [(d.first, d.last, d.times, d.what, d.who) for d in said] == [
        (1, 1, 1, "Opened the case", "Ada Patient, patient"),
        (2, 503, 168, "Sent a file", "Ada Patient, patient"),
        (3, 504, 168, "Checked a file and kept it", "Overread"),
        (4, 505, 168, "Read the facts from a file", "Overread"),
        (506, 506, 1, "Wrote a message", "Nell Guide, navigator"),
    ]
    assert said[1].digest == "d503"


def test_the_same_thing_on_another_day_or_by_another_is_a_line_of_its_own() -> None:
    first, second = rows(("cases.asked", "p"), ("cases.asked", "p"))
    second.at += timedelta(days=1)
    assert [d.times for d in deeds([first, second], NAMES)] == [1, 1]
    assert [d.who for d in deeds(rows(("cases.asked", "p"), ("cases.asked", "n")), NAMES)] == list(NAMES.values())


def test_who_is_named_only_where_the_viewer_may_know() -> None:
    left, visitor = deeds(rows(("cases.joined", "0123456789"), ("accounts.invitation_accepted", "v")), NAMES)
    assert left.who == "Somebody who takes part no more (01234567)"
    assert visitor.who == "A visitor"


def test_a_move_says_to_which_step_and_an_end_only_that_the_case_moved() -> None:
    (on,) = deeds(rows(("cases.moved", "n"), to="reviewing"), NAMES)
    (off,) = deeds(rows(("cases.moved", "n"), to="withdrawn"), NAMES)
    assert (on.what, off.what) == ("Moved the case to the step “Review”", "Moved the case")


def test_what_has_no_words_yet_is_shown_as_it_is_written() -> None:
    assert deeds(rows(("new.thing", "p")), NAMES)[0].what == "new.thing"
