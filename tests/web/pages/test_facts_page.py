"""The Facts page and the page of a document, as each role sees them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from overread.clinical.record import Domain
from overread.workflow.accounts.roles import Role
from overread.workflow.cases.visibility import Discipline
from overread.workflow.intake import actions as intake
from tests.factories.cases import World
from tests.web.growth.test_growth import CT
from tests.web.growth.test_growth import world as two_scans

pytestmark = pytest.mark.django_db


def test_the_patient_reads_sentences_and_the_working_is_folded(world: World, at: Any) -> None:
    world.understood()
    page, worksheet = at(Role.PATIENT).see("understand"), at(Role.NAVIGATOR).see("understand")
    assert "It is not an opinion. Your navigator checks it." in page and "What your papers say" in page
    assert "Does the stage follow" not in page and "circle-x" not in page
    assert page.index("For your doctor: show the working") < page.index("Table gives")
    assert "the codes (" in page and "the codes (" not in worksheet
    assert "Does the stage follow" in worksheet and ">Kind<" in worksheet and ">Kind<" not in page


def test_a_signed_report_is_said_above_the_papers(world: World, at: Any) -> None:
    assert "Your report is signed" not in at(Role.PATIENT).client.get("/cases/").content.decode()
    world.signed()
    page = at(Role.PATIENT).see("understand")
    assert "Your report is signed." in page and at(Role.PATIENT).path("report") in page
    assert "Your report is signed." not in at(Role.NAVIGATOR).see("understand")


def test_without_a_diagnosis_no_stage_is_checked_and_growth_comes_first() -> None:
    made = two_scans()
    for role in (Role.PATIENT, Role.NAVIGATOR):
        page = opened(made, role)
        assert "No diagnosis is recorded yet, so there is no stage to check." in page
        assert "laboratory" not in page and "T, N and M?" not in page
        assert page.index("Did it grow?") < page.index("No diagnosis is recorded yet")


def test_the_patient_reads_sizes_and_days_and_the_figures_are_for_the_doctor() -> None:
    page = opened(two_scans(), Role.PATIENT)
    said = "It grew from 9 to 12 mm between 2 June 2025 and 12 January 2026. Growth alone does not say"
    assert page.index(said) < page.index("For your doctor") < page.index("its volume doubles")
    assert "title=plain" in page


def test_a_blinded_reader_is_not_told_what_only_seems_to_be_missing(world: World, at: Any) -> None:
    world.reviewing(Discipline.PATHOLOGY)
    page = at(world.reviewer).see("understand")
    assert "You read blinded." in page
    for card in ("What is missing", "needed in every record", "Limitations of this record", "No diagnosis is recorded"):
        assert card not in page
    assert 'id="stage-title"' not in page


def test_a_form_is_drawn_for_the_fact_that_is_corrected_and_no_other(world: World, at: Any) -> None:
    world.understood()
    browser = at(Role.NAVIGATOR)
    facts = world.case.facts.filter(field__in=("t", "n"))
    page = browser.see("understand")
    assert all(f"?correct={fact.key}#c-{fact.key}" in page for fact in facts)
    assert "Why it was misread" not in page
    chosen = browser.client.get(f"{browser.path('understand')}?correct={facts[0].key}").content.decode()
    assert chosen.count("Why it was misread") == 1 and browser.path("correct", fact=facts[0].key) in chosen
    other = at(Role.PATIENT)
    assert "?correct=" not in other.see("understand")
    refused = other.client.get(f"{other.path('understand')}?correct={facts[0].key}").content.decode()
    assert "Why it was misread" not in refused


def test_a_document_is_headed_by_what_it_is_and_its_words_come_first(world: World, at: Any) -> None:
    world.understood(CT.format(day="06/02/2025", mm=9))
    intake.clear(file=world.file, domain=Domain.IMAGING, by=world.navigator, now=world.now())
    page = at(Role.NAVIGATOR).see("document", file=world.file.key)
    assert "<h1>CT report, 2 June 2025</h1>" in page and world.file.name in page
    assert page.index("Page 1 of 1") < page.index('id="read"') and "order-first" not in page
    assert world.file.sha256 in page[page.index("Fingerprint of the file") :]


def opened(made: World, role: Role) -> str:
    client = Client()
    client.force_login(made[role])
    return client.get(reverse("understand", args=[made.case.key])).content.decode()
