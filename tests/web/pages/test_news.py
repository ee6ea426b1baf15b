"""Notices: who is told what and when, and the page that keeps it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from overread.web.casefile.news import WORDS
from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts.models import Notice, Person
from overread.workflow.accounts.notices import NOTICES
from overread.workflow.accounts.roles import Role
from overread.workflow.cases import actions as cases
from overread.workflow.cases.transitions import Move
from overread.workflow.referrals import actions as referrals
from overread.workflow.reports import actions as reports
from tests.factories.cases import SYSTEM, World

pytestmark = pytest.mark.django_db


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def page(client: Client) -> str:
    answer = client.get(reverse("notices"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_kind_of_notice_has_words_for_the_page() -> None:
    assert set(WORDS) == set(NOTICES)


def test_whose_turn_begins_is_told_but_not_who_took_the_case_there(world: World) -> None:
    world.gathered().move(Move.RECORDS_READY)
    assert told(world.navigator) == []
    world.move(Move.MORE_RECORDS)
    assert told(world.patient) == told(world[Role.PROXY]) == ["your_turn"]
    assert told(world[Role.REFERRER]) == told(world.reviewer) == []
    cases.move(case=world.case, to=Move.RECORDS_READY, by=SYSTEM, now=world.now())
    assert told(world.navigator) == ["your_turn"]


def test_a_specialist_who_declines_gives_the_turn_back_to_the_navigator(world: World) -> None:
    world.referred()
    before = told(world.navigator)
    referrals.decline(referral=world.referral, by=world.reviewer, now=world.now())
    assert told(world.navigator) == [*before, "your_turn"]


def test_who_may_sign_is_told_of_the_draft_and_the_readers_of_the_report(world: World) -> None:
    world.compared()
    other = world.person("other@example.org", Role.REVIEWER)
    before = told(world.reviewer)
    report = reports.draft(case=world.case, by=world.navigator, now=world.now())
    assert told(world.reviewer) == [*before, "your_turn"]
    assert told(world[Role.BOARD]) == told(other) == []
    reports.sign(report=report, digest=report.digest, by=world.reviewer, now=world.now())
    for role in (Role.PATIENT, Role.PROXY, Role.REFERRER, Role.NAVIGATOR, Role.PAYER):
        assert told(world[role])[-1] == "report_ready"
    assert told(world.reviewer) == [*before, "your_turn"]


def test_a_blinded_reader_is_told_of_no_step_and_no_report(world: World) -> None:
    world.reviewing()
    assert told(world.reviewer) == ["invited"]


def test_the_page_keeps_what_was_told_and_leads_to_the_case(world: World, at: Any) -> None:
    world.opened()
    accounts.notify(person=world.patient, kind="message", case_key=world.case.key, by=SYSTEM, now=world.now())
    accounts.notify(person=world.navigator, kind="message", case_key=world.case.key, by=SYSTEM, now=world.now())
    client = at(Role.PATIENT).client
    said = page(client)
    assert "Somebody wrote to you" in said and "1 is new." in said and "My colon cancer" in said
    assert client.post(reverse("notices-read")).status_code == 302
    said = page(client)
    assert f'href="{reverse("thread", args=[world.case.key])}"' in said
    assert "Somebody wrote to you" in said and "Nothing is new." in said and "Mark all as read" not in said
    assert Notice.objects.get(person=world.navigator).read_at is None


def test_the_bell_forgets_a_notice_whose_page_was_opened(world: World, at: Any) -> None:
    world.opened()
    for kind in ("message", "call_arranged"):
        accounts.notify(person=world.patient, kind=kind, case_key=world.case.key, by=world.navigator, now=world.now())
    client, first = at(Role.PATIENT).client, Notice.objects.get(kind="message")
    answer = client.post(reverse("notices-read"), {"notice": str(first.key)})
    assert answer["Location"] == reverse("thread", args=[world.case.key])
    assert "1 is new." in page(client)
    assert client.post(reverse("notices-read"), {"notice": "no such"})["Location"] == reverse("notices")
    assert at(Role.NAVIGATOR).client.post(reverse("notices-read"), {"notice": str(first.key)}).status_code == 302
    assert Notice.objects.get(kind="call_arranged").read_at is None


def test_whose_deed_it_was_is_said_on_the_page_to_who_may_know_them_and_never_by_mail(
    world: World, at: Any, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    world.referred()
    with django_capture_on_commit_callbacks(execute=True):
        for person in (world.patient, world.reviewer):
            for kind in ("call_arranged", "call_cancelled", "message", "your_turn"):
                accounts.notify(person=person, kind=kind, case_key=world.case.key, by=world.navigator, now=world.now())
    name = world.navigator.name
    said, blinded = page(at(Role.PATIENT).client), page(at(Role.REVIEWER).client)
    for deed in (f"{name} arranged a call", f"{name} cancelled a call", f"{name} wrote to you"):
        assert deed in said and deed not in blinded
    assert "It is your turn" in said and "A call was arranged" in blinded
    assert mailoutbox and not any(name in mail.subject + mail.body for mail in mailoutbox)


def test_the_time_of_a_notice_is_that_of_the_institution(world: World, at: Any) -> None:
    world.opened()
    world.organisation.time_zone = "America/New_York"
    world.organisation.save()
    told_at = datetime(2026, 1, 10, 14, 0, tzinfo=UTC)
    accounts.notify(person=world.patient, kind="message", case_key=world.case.key, by=SYSTEM, now=told_at)
    accounts.notify(person=world.patient, kind="second_factor_reset", by=SYSTEM, now=told_at)
    said = page(at(Role.PATIENT).client)
    assert "10 January 2026, 09:00 New York time" in said and "10 January 2026, 14:00 UTC" in said


def test_a_blinded_reader_sees_the_cases_reference_alone(world: World, at: Any) -> None:
    world.referred()
    said = page(at(Role.REVIEWER).client)
    assert world.case.reference in said and "My colon cancer" not in said


def test_of_a_case_that_was_left_the_notice_stays_without_a_way_into_it(world: World, at: Any) -> None:
    world.referred()
    referrals.decline(referral=world.referral, by=world.reviewer, now=world.now())
    said = page(at(Role.REVIEWER).client)
    assert "Somebody asks you" in said and world.case.reference not in said


@pytest.mark.parametrize("role", sorted(Role))
def test_every_role_finds_the_page_in_the_frame_and_is_told_when_it_is_empty(world: World, at: Any, role: Role) -> None:
    assert "No notices yet" in page(at(role).client)
    start = at(role).client.get(reverse("about")).content.decode()
    assert f'href="{reverse("notices")}"' in start
