"""One case walked through every step by the real actions."""

from __future__ import annotations

import pytest

from overread.workflow.audit.queries import export, first_break
from overread.workflow.cases.transitions import State
from overread.workflow.reports import editions
from tests.factories.cases import World

pytestmark = pytest.mark.django_db


def test_a_case_goes_from_the_question_to_the_outcome() -> None:
    world = World().closed()

    assert world.case.state == State.CLOSED
    assert world.report.signed_by == world.reviewer
    assert {v.stage for v in world.review.versions.all()} == {"blind", "final"}
    done = [row["action"] for row in export(str(world.case.key))]
    assert done[0] == "cases.opened"
    assert done[-1] == "cases.moved"
    assert {"intake.accepted", "facts.read", "cases.revealed", "reports.signed", "outcomes.answered"} <= set(done)
    assert first_break(str(world.case.key)) is None


def test_the_reports_of_a_signed_case_are_documents() -> None:
    world = World().signed()

    assert editions.clinician_pdf(world.report).startswith(b"%PDF")
    assert editions.patient_pdf(world.report).startswith(b"%PDF")
    assert b'"DiagnosticReport"' in editions.fhir_bundle(world.report)
