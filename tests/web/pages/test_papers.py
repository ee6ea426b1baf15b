"""The list of files: this sending is counted, images are not named, what was sent again is one line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from overread.web.patient.papers import Paper, Reading, papers, reading

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def file(minute: int, name: str, state: str = "accepted", *, read: int | None = None, kind: str = "report") -> Any:
    came, examined = START + timedelta(minutes=minute), None if read is None else START + timedelta(minutes=read)
    return SimpleNamespace(name=name, state=state, kind=kind, received_at=came, examined_at=examined)


def test_the_files_that_were_sent_together_are_counted_and_no_others() -> None:
    before = [file(n, f"old{n}.txt", read=n) for n in range(4)]
    first, second = file(60, "a.txt", read=62), file(61, "b.txt", "quarantined")
    assert reading([*before, file(60, "a.txt", "quarantined"), second]) == Reading(0, 2)
    assert reading([*before, first, second]) == Reading(1, 2)
    assert reading([*before, first]) is None


def test_what_was_sent_again_is_one_line() -> None:
    bad, worse, other = (file(n, name, "refused", read=n) for n, name in ((1, "x.pdf"), (2, "x.pdf"), (3, "y.pdf")))
    assert papers([bad, worse, other]) == [Paper(worse, 1), Paper(other, 0)]
    good = file(4, "x.pdf", read=4)
    assert papers([bad, worse, other, good]) == [Paper(other, 0), Paper(good, 2)]


def test_files_of_one_name_that_were_kept_stay_each_a_line() -> None:
    first, second = file(1, "report.pdf", read=1), file(2, "report.pdf", read=2)
    assert papers([first, second]) == [Paper(first), Paper(second)]


def test_images_that_were_kept_are_not_named() -> None:
    kept, refused = file(1, "a.dcm", kind="dicom"), file(2, "b.dcm", "refused", kind="")
    assert papers([kept, refused]) == [Paper(refused)]
