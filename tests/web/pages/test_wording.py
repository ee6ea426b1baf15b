"""Days and names as people write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from overread.clinical.record import Fact, Method, Provenance
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


def fact(field: str, value: str, quote: str | None = None, about: str | None = None) -> Fact:
    return Fact(field, value, Provenance("d", Method.TEXT, quote=quote), about)


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        (fact("specimen_collected", "2026", "08/03/2026"), "3 August or 8 March 2026"),
        (fact("specimen_collected", "2026", "08/30/2026"), "2026"),
        (fact("specimen_collected", "2026", "in 2026"), "2026"),
        (fact("specimen_collected", "2026", "08/08/2026"), "2026"),
        (fact("specimen_collected", "2025", "08/03/2026"), "2025"),
        (fact("specimen_collected", "2026-08-03", "08/03/2026"), "3 August 2026"),
        (fact("tnm_prefix", "yp"), "pathological, after treatment (yp)"),
        (fact("histology", "adenocarcinoma"), "adenocarcinoma"),
    ],
)
def test_a_value_is_said_in_words(stated: Fact, shown: str) -> None:
    """A day that can be read in two ways is both of them; which one, nobody guesses."""
    assert wording.in_words(stated) == shown


def test_what_a_fact_is_about_is_said_in_words_or_not_at_all() -> None:
    about = {"history": " (told as history)", "other": " (also named)", "treatment:ServiceRequest/plan": ""}
    assert {key: wording.concerning(fact("grade", "G1", about=key)) for key in about} == about


def test_words_of_a_source_are_cut_between_two_words() -> None:
    assert wording.quoted("  is\n proposed ") == "is proposed" and wording.quoted(None) == ""
    long = wording.quoted("word " * 40)
    assert long.endswith("word …") and len(long) <= wording.LONGEST_QUOTE + 2
    assert len(wording.quoted("x" * 200)) <= wording.LONGEST_QUOTE + 2


def test_a_day_that_is_not_stated_is_some_day() -> None:
    assert wording.some_day("2026") == "Some day in 2026" and wording.some_day("2026-05") == "Some day in May 2026"
    assert wording.some_day("2026-05-03") == "3 May 2026" and wording.some_day(None) == ""


def test_machine_names_are_not_shown() -> None:
    assert wording.file_kind("fhir") == "Export of a hospital's system (FHIR)"
    assert wording.piece_kind("media") == "Disc or drive"
    assert wording.named("lesion:1") == "lesion 1"
    assert wording.role_name("referrer") == "Referring physician"
    assert wording.outcome_words("trial surfaced") == "A clinical trial came up that might fit"
    assert wording.after_until("until 3 May 2026 (2 of 5 days used)") == "3 May 2026 (2 of 5 days used)"
    assert wording.after_until("was due on 3 May 2026") == "Was due on 3 May 2026"
