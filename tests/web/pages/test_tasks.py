"""What a navigator has left to do on the Facts page, as a table."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from overread.web.navigator.tasks import tasks
from overread.web.templatetags.wording import kept_from

NAMED = [SimpleNamespace(view=SimpleNamespace(is_patient=True))]
UNNAMED = [SimpleNamespace(view=SimpleNamespace(is_patient=False))]
RELEASED, HELD = SimpleNamespace(cleared_at="a day"), SimpleNamespace(cleared_at=None)


@pytest.mark.parametrize(
    ("subjects", "contradictions", "texts", "said", "done"),
    [
        (UNNAMED, 0, [], ["Say which subject", "Check the facts"], [False, False]),
        (NAMED, 1, [HELD, RELEASED], ["is named", "1 contradiction to", "1 of 2 released"], [True, False, False]),
        (NAMED, 2, [RELEASED], ["is named", "2 contradictions to", "1 of 1 released"], [True, False, True]),
    ],
)
def test_what_is_left_to_do(subjects: list, contradictions: int, texts: list, said: list, done: list) -> None:
    found = list(tasks(subjects, contradictions, texts))
    assert [task.done for task in found] == done
    assert all(words in task.said for words, task in zip(said, found, strict=True))


@pytest.mark.parametrize(
    ("domain", "kept"),
    [
        ("clinical", ""),
        ("imaging", "radiology reviewers"),
        ("pathology", "pathology reviewers"),
        ("plan", "pathology and radiology and oncology reviewers"),
    ],
)
def test_from_whom_a_released_report_stays_hidden(domain: str, kept: str) -> None:
    assert kept_from(domain) == kept
