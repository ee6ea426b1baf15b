"""The trail in words: no machine's name, no row lost, a thousand images one line."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import overread.workflow
from overread.web.casefile.deed_words import MANY, MORE, SOMETHING, WORDS
from overread.web.casefile.deeds import Known, Row, days, deeds
from overread.workflow.referrals.transitions import ReferralState
from overread.workflow.scheduling.transitions import CallState

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NAMES = Known(
    people={"p": "Ada Patient", "n": "Nell Guide"},
    roles={"p": "Patient", "n": "Navigator"},
    things={"f1": "report.pdf", "f2": "letter.pdf"},
    seats={"s1": "n", "s2": "p"},
)
# Actions that have no case: they stand in the installation's own chain.
NOT_OF_A_CASE = re.compile(
    r"accounts\.(organisation_\w+|person_created|role_\w+|second_factor_reset)|directory\.\w+|facts\.(read_file|retry\w*)"
)


def rows(*said: tuple[str, ...], **detail: object) -> list[Row]:
    """Each: the action, who did it and, where it matters, the key of what it was done to."""

    def row(number: int, action: str, by: str, about: str = "") -> Any:
        kind = "system" if by == "worker" else "visitor" if by == "v" else "person"
        at = START + timedelta(minutes=number)
        about_kind = "file" if action.startswith("intake.") or action == "facts.read" else "participation"
        return SimpleNamespace(
            sequence=number, at=at, action=action, by_kind=kind, by_key=by, detail=detail, digest=f"d{number}",
            about_kind=about_kind, about_key=about or f"key{number}",
        )  # fmt: skip

    return [row(n, *one) for n, one in enumerate(said, 1)]


def said_of(*said: tuple[str, ...], **detail: object) -> list[str]:
    return [deed.what for deed in deeds(rows(*said, **detail), NAMES)]


def test_every_action_of_a_case_has_words() -> None:
    source = "".join(path.read_text() for path in Path(overread.workflow.__path__[0]).rglob("actions.py"))
    written = set(re.findall(r'action="([a-z_.]+)"', source))
    written |= {f"referrals.{s}" for s in ReferralState} | {f"scheduling.{s}" for s in CallState}
    assert written >= {"cases.opened", "reviews.signed"}
    assert {name for name in written if not NOT_OF_A_CASE.fullmatch(name)} == set(WORDS)


def test_what_is_said_with_more_words_is_an_action_and_has_its_place() -> None:
    assert {action for action, _ in MORE} <= set(WORDS)
    assert set(SOMETHING) == set(MANY)


def test_images_sent_one_after_the_other_are_one_line_for_each_thing_done() -> None:
    image = [("intake.received", "p"), ("intake.accepted", "worker"), ("facts.read", "worker")]
    said = deeds(rows(("cases.opened", "p"), *image * 168, ("messaging.written", "n")), NAMES)
    assert [(d.last, d.what, d.who) for d in said] == [
        (1, "Opened the case", "Ada Patient, patient"),
        (503, "Sent 168 files", "Ada Patient, patient"),
        (504, "Checked and kept 168 files", "Overread"),
        (505, "Read the facts from 168 files", "Overread"),
        (506, "Wrote a message", "Nell Guide, navigator"),
    ]
    assert said[1].digest == "d503"


def test_the_same_thing_on_another_day_or_by_another_is_a_line_of_its_own() -> None:
    first, second = rows(("cases.revealed", "p"), ("cases.revealed", "p"))
    assert [d.times for d in deeds([first, second], NAMES)] == [2]
    second.at += timedelta(days=1)
    assert [d.times for d in deeds([first, second], NAMES)] == [1, 1]
    by_both = deeds(rows(("messaging.written", "p"), ("messaging.written", "n")), NAMES)
    assert [d.who for d in by_both] == ["Ada Patient, patient", "Nell Guide, navigator"]


def test_who_is_named_only_where_the_viewer_may_know() -> None:
    left, visitor = deeds(rows(("cases.opened", "0123456789"), ("accounts.invitation_accepted", "v")), NAMES)
    assert left.who == "Somebody who takes part no more (01234567)"
    assert visitor.who == "A visitor"


def test_whom_and_what_it_was_done_to_is_named_where_the_viewer_may_know() -> None:
    assert said_of(("intake.cleared", "n", "f1")) == ["Released report.pdf to blinded reviewers"]
    assert said_of(("intake.cleared", "n", "f1"), ("intake.cleared", "n", "f2")) == [
        "Released report.pdf and letter.pdf to blinded reviewers"
    ]
    assert said_of(("intake.cleared", "n", "f1"), ("intake.cleared", "n", "unknown")) == [
        "Released 2 files to blinded reviewers"
    ]
    assert said_of(("intake.cleared", "n", "unknown")) == ["Released a file to blinded reviewers"]
    assert said_of(("cases.joined", "p", "s1"), role="navigator") == ["Brought Nell Guide into the case as navigator"]
    assert said_of(("cases.joined", "p", "s2"), role="patient") == ["Joined the case"]
    assert said_of(("cases.left", "n", "gone")) == ["Ended the part of somebody in the case"]
    assert said_of(("accounts.notified", "n"), person="p") == ["Told Ada Patient that there is news"]
    assert said_of(("accounts.notified", "n")) == ["Told somebody that there is news"]  # as rows said it before


def test_a_step_is_said_with_what_the_row_says_of_it() -> None:
    assert said_of(("reviews.signed", "n"), stage="blind") == ["Sealed the opinion that was written blinded"]
    assert said_of(("materials.moved", "n", "f1"), state="sent") == ["Noted as sent: report.pdf"]
    assert said_of(("cases.moved", "n"), to="reviewing") == ["Moved the case to the step “Review”"]
    assert said_of(("cases.moved", "n"), to="withdrawn") == ["Ended the case: it was withdrawn"]
    assert said_of(("cases.moved", "n"), to="unheard of") == ["Moved the case"]


def test_days_are_those_of_the_institution_and_the_newest_comes_first() -> None:
    early, late = rows(("cases.opened", "p"), ("messaging.written", "n"))
    early.at, late.at = (datetime(2026, 3, day, 3, 0, tzinfo=UTC) for day in (2, 3))
    found = days([early, late], NAMES, ZoneInfo("America/Chicago"))
    assert [(day.on.isoformat(), [d.what for d in day.deeds]) for day in found] == [
        ("2026-03-02", ["Wrote a message"]),
        ("2026-03-01", ["Opened the case"]),
    ]


def test_what_has_no_words_yet_is_shown_as_it_is_written() -> None:
    assert said_of(("new.thing", "p")) == ["new.thing"]
