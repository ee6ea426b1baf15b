"""What a payer reads, and how a physician refers a patient."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from overread.workflow.accounts.roles import Role
from overread.workflow.cases.models import Case
from overread.workflow.cases.queries import participants, questions
from tests.factories.cases import World

pytestmark = pytest.mark.django_db


def test_a_payer_finds_the_signed_reports_of_their_cases() -> None:
    world = World().signed()
    client = Client()
    client.force_login(world[Role.PAYER])
    page = client.get(reverse("payer")).content.decode()
    assert reverse("report-version", args=[world.case.key, world.report.key]) in page
    assert "colon" not in page
    assert "Opinions you may read" in page and "review<span" in page  # which kind each is; not whose


def test_a_draft_is_no_report_for_a_payer() -> None:
    world = World().drafted()
    client = Client()
    client.force_login(world[Role.PAYER])
    assert "no signed report yet" in client.get(reverse("payer")).content.decode()


def test_a_payer_is_told_neither_the_patient_nor_the_facts() -> None:
    world = World().signed()
    seen = {Role(seat.role) for seat in participants(world[Role.PAYER], world.case)}
    assert Role.NAVIGATOR in seen and not seen & {Role.PATIENT, Role.PROXY}
    client = Client()
    client.force_login(world[Role.PAYER])
    overview = client.get(reverse("case", args=[world.case.key])).content.decode()
    facts = reverse("understand", args=[world.case.key])
    assert f"{world.patient.name}<br>" not in overview and facts not in overview
    assert "No record is open to you" in client.get(facts).content.decode()


def test_a_payer_sees_where_an_opinion_stands_that_is_not_signed() -> None:
    world = World().drafted()
    client = Client()
    client.force_login(world[Role.PAYER])
    page = client.get(reverse("payer")).content.decode()
    assert "1 of 1 report is not signed yet" in page and "Waiting for the" in page


def test_a_physician_opens_a_case_with_their_question() -> None:
    world = World()
    physician = world[Role.REFERRER]
    client = Client()
    client.force_login(physician)
    assert client.get(reverse("refer-patient")).status_code == 200
    sent = {"title": "Mr L.", "question": "Is it operable?", "organisation": world.organisation.pk}
    sent |= {"treatment_started": "no", "kind": "comprehensive"}
    client.post(reverse("refer-patient"), sent)
    case = Case.objects.get(title="Mr L.")
    assert [q.text for q in questions(physician, case)] == ["Is it operable?"]


def test_a_referral_without_a_question_is_sent_back() -> None:
    world = World()
    client = Client()
    client.force_login(world[Role.REFERRER])
    page = client.post(reverse("refer-patient"), {"title": "Mr L."}).content.decode()
    assert "required" in page
    assert not Case.objects.exists()
