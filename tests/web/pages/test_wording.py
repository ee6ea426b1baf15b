"""Days and names as people write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from overread.web.templatetags import wording


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("1957-03-24", "24 March 1957"),
        ("1957-03", "March 1957"),
        ("1957", "1957"),
        ("1957-02-31", "1957-02-31"),  # no such day: shown as it was stated
        ("spring 1957", "spring 1957"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_day_is_written_out_as_far_as_it_is_known(stated: str | None, shown: str) -> None:
    assert wording.day(stated) == shown


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("America/Chicago", "23 March 2026, 19:05 Chicago time"),
        ("America/Argentina/Buenos_Aires", "23 March 2026, 21:05 Buenos Aires time"),
        ("UTC", "24 March 2026, 00:05 UTC"),
    ],
)
def test_a_moment_is_shown_as_the_clock_of_the_institution_shows_it(zone: str, shown: str) -> None:
    assert wording.local(datetime(2026, 3, 24, 0, 5, tzinfo=UTC), zone) == shown
    assert wording.local(None, zone) == ""


@pytest.mark.parametrize(
    ("of_a_package", "ours"),
    [
        ("Two-Factor Authentication", "Two-factor authentication"),
        ("\n  Sign In\n", "Sign in"),
        ("Sign in with a passkey", "Sign in with a passkey"),
        ("", ""),
    ],
)
def test_headings_of_a_package_are_written_as_ours(of_a_package: str, ours: str) -> None:
    assert wording.sentence(of_a_package) == ours


def test_machine_names_are_not_shown() -> None:
    assert wording.file_kind("fhir") == "Export of a hospital's system (FHIR)"
    assert wording.piece_kind("media") == "Disc or drive"
    assert wording.named("lesion:1") == "lesion 1"
    assert wording.role_name("referrer") == "Referring physician"
    assert wording.outcome_words("trial surfaced") == "A clinical trial came up that might fit"
    assert wording.after_until("until 3 May 2026 (2 of 5 days used)") == "3 May 2026 (2 of 5 days used)"
    assert wording.after_until("was due on 3 May 2026") == "Was due on 3 May 2026"
