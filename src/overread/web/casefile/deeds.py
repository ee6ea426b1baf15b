"""The trail of a case in words: who did what, the same thing done many times running as one line. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from overread.workflow.cases.transitions import STEPS

# What was done, by the action's name in the trail. Every action that writes into a case's trail has its words here.
WORDS: dict[str, str] = {
    "accounts.invitation_accepted": "Accepted an invitation",
    "accounts.invited": "Invited somebody by email",
    "accounts.notice_read": "Read a notice",
    "accounts.notified": "Told somebody that there is news",
    "cases.agreed": "Noted that a doctor agrees that the case may start",
    "cases.asked": "Added a question for the reviewing physician",
    "cases.assessed": "Kept the answers of the first assessment",
    "cases.consent_given": "Gave consent",
    "cases.consent_withdrawn": "Withdrew consent",
    "cases.joined": "Brought somebody into the case",
    "cases.kind_chosen": "Chose the kind of review",
    "cases.left": "Ended somebody's part in the case",
    "cases.moved": "Moved the case",
    "cases.opened": "Opened the case",
    "cases.question_cleared": "Cleared a question for blinded eyes",
    "cases.question_hidden": "Hid a question from blinded eyes again",
    "cases.revealed": "Was shown the first interpretation",
    "facts.corrected": "Corrected a fact",
    "facts.identity_confirmed": "Confirmed whom a record is about",
    "facts.patient_named": "Said who the patient of the case is",
    "facts.read": "Read the facts from a file",
    "intake.accepted": "Checked a file and kept it",
    "intake.cleared": "Cleared a file for blinded eyes",
    "intake.hidden": "Hid a file from blinded eyes again",
    "intake.received": "Sent a file",
    "intake.refused": "Checked a file and did not keep it",
    "intake.set_aside": "Set a file aside",
    "materials.letter_noted": "Noted a day of a request letter",
    "materials.letter_written": "Wrote a request letter",
    "materials.moved": "Noted where a slide, block or disc is",
    "messaging.written": "Wrote a message",
    "outcomes.answered": "Said what happened after the report",
    "outcomes.asked": "Asked what happened after the report",
    "outcomes.rated": "Rated the service",
    "outcomes.scheduled": "Set the day on which the outcome is asked",
    "referrals.accepted": "Took the review on",
    "referrals.declined": "Declined the review",
    "referrals.outside_opinion": "Entered an opinion from outside",
    "referrals.sent": "Asked a specialist for an opinion",
    "reports.compared": "Compared the opinions",
    "reports.drafted": "Drafted the report",
    "reports.redrafted": "Drafted the report anew",
    "reports.signed": "Signed the report",
    "reviews.answered_again": "Answered whether an opinion stays or changes",
    "reviews.asked_again": "Asked whether an opinion stays or changes",
    "reviews.board_opened": "Called the tumor board",
    "reviews.decided": "Closed the tumor board with its minutes",
    "reviews.draft_saved": "Saved a draft of an opinion",
    "reviews.signed": "Signed an opinion",
    "reviews.started": "Began to read",
    "reviews.third_opinion": "Asked for a third opinion",
    "reviews.voted": "Voted at the tumor board",
    "scheduling.arranged": "Arranged a call",
    "scheduling.cancelled": "Cancelled a call",
    "scheduling.held": "Noted that a call was held",
}
# A file is sent, kept and read in three rows; of a folder of images they follow each other hundreds of times.
OF_FILES = frozenset({"intake.received", "intake.accepted", "facts.read"})
WHO_ELSE = {"system": "Overread", "visitor": "A visitor"}
STEP_NAMES = {str(state): name for state, name in STEPS}


class Row(Protocol):
    """What is read of a row of the trail."""

    sequence: int
    at: datetime
    action: str
    by_kind: str
    by_key: str
    detail: Mapping[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done, or the same thing several times running. first, last: numbers in the trail; digest: the last's."""

    first: int
    last: int
    times: int
    at: datetime
    what: str
    who: str
    digest: str


def deeds(rows: Sequence[Row], names: Mapping[str, str]) -> list[Deed]:
    """The trail in its order. ``names``: who each person's key is, as far as the viewer may know."""
    runs = itertools.groupby(rows, key=lambda row: (row.at.date(), "files" if row.action in OF_FILES else row.action))
    return [deed for _, run in runs for deed in _of_run(list(run), names)]


def _of_run(rows: Sequence[Row], names: Mapping[str, str]) -> Iterator[Deed]:
    """One deed for each thing and person of a run."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((_what(row), row.by_key), []).append(row)
    for (what, _), group in groups.items():
        first, last = group[0], group[-1]
        yield Deed(first.sequence, last.sequence, len(group), first.at, what, _who(first, names), last.digest)


def _what(row: Row) -> str:
    said = WORDS.get(row.action, row.action)
    if row.action != "cases.moved" or row.detail.get("to") not in STEP_NAMES:
        return said
    return f"{said} to the step “{STEP_NAMES[row.detail['to']]}”"


def _who(row: Row, names: Mapping[str, str]) -> str:
    if row.by_kind in WHO_ELSE:
        return WHO_ELSE[row.by_kind]
    return names.get(row.by_key) or f"Somebody who takes part no more ({row.by_key[:8]})"
