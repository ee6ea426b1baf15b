"""The demo's cases: each at its step, each showing what it is there to show."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from overread import demo
from overread.clinical.record import Subject
from overread.clinical.record.identity import same_person
from overread.demo import cases as told
from overread.demo.people import DEMO, PASSWORD, PEOPLE, Invented
from overread.workflow.accounts.models import Person
from overread.workflow.audit.models import AuditRow
from overread.workflow.audit.queries import first_break
from overread.workflow.cases.models import Case
from overread.workflow.cases.transitions import State
from overread.workflow.directory.queries import experts_for
from overread.workflow.facts import queries as facts
from overread.workflow.facts.models import SubjectRow
from overread.workflow.intake import queries as intake
from overread.workflow.intake.models import ReceivedFile
from overread.workflow.referrals.queries import waiting_for
from overread.workflow.reports.models import Comparison
from overread.workflow.reviews.models import Adjudication, Review

from .conftest import PIECE, SMALL, TODAY

# DuckDB deprecates what Ibis still calls.
pytestmark = [
    pytest.mark.django_db,  # a run of these tests alone makes the database too
    pytest.mark.usefixtures("loaded"),
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
]

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def case_of(module: object) -> Case:
    return Case.objects.get(title=module.TITLE)  # type: ignore[attr-defined]


def person(key: str) -> Person:
    return Person.objects.get(email=f"{key}@demo.example")


@pytest.mark.parametrize(
    ("module", "state"),
    [
        (told.lung, State.REVIEWING),
        (told.colon, State.UNDERSTANDING),
        (told.thyroid, State.ROUTING),
        (told.sarcoma, State.CLOSED),
        (told.breast, State.LEARNING),
    ],
)
def test_every_case_is_at_its_step(module: object, state: State) -> None:
    case = case_of(module)

    assert case.state == state
    assert case.is_demo
    assert case.questions.exists() and case.consents.exists()


def test_the_stated_stage_of_the_colon_cancer_does_not_follow() -> None:
    found = facts.assessment(DEMO, case_of(told.colon), NOW)

    assert found.stage.consistent is False
    assert "IIIB" in found.stage.sentence and "IIA does not follow" in found.stage.sentence


def test_the_stage_of_the_sarcoma_cannot_be_checked() -> None:
    found = facts.assessment(DEMO, case_of(told.sarcoma), NOW)

    assert found.stage.consistent is None
    assert "not verified" in found.stage.sentence


def test_biomarkers_of_the_breast_cancer_are_missing() -> None:
    found = facts.assessment(DEMO, case_of(told.breast), NOW)

    assert {"PR", "HER2"} <= {item.label for item in found.workup.missing}


def test_one_opinion_is_discordant_and_one_concordant() -> None:
    grades = {
        module.__name__.rpartition(".")[2]: {
            c.content["grade"] for c in Comparison.objects.filter(case=case_of(module))
        }
        for module in (told.sarcoma, told.breast)
    }

    assert grades == {"sarcoma": {"major"}, "breast": {"concordant"}}
    assert Adjudication.objects.get(case=case_of(told.sarcoma)).state == "decided"


def test_the_nodule_is_being_read_blinded() -> None:
    case, reader = case_of(told.lung), person("thoracic.radiology")

    assert Review.objects.get(case=case).state == "blind"
    assert len({i.study_uid for i in intake.visible_instances(reader, case)}) == 2
    assert [file.name for file in intake.documents(reader, case)] == ["lung_history.txt"]
    assert {s.fact.field for s in facts.facts(reader, case)} >= {"age", "sex", "smoking"}
    assert not [s for s in facts.facts(reader, case) if s.fact.field in ("finding", "lesion_size", "ambiguity")]


def test_a_reviewer_has_an_invitation_to_answer() -> None:
    assert [r.case.title for r in waiting_for(person("endocrine.pathology"))] == [told.thyroid.TITLE]


@pytest.mark.parametrize("module", [told.thyroid, told.lung, told.colon, told.breast, told.sarcoma])
def test_experts_are_ranked_and_the_arithmetic_adds_up(module: object) -> None:
    case = case_of(module)
    ranking = experts_for(DEMO, case, facts.patient_record(DEMO, case), NOW)

    assert len(ranking.experts) >= 4
    assert all(e.score == sum(c.points for c in e.contributions) for e in ranking.experts)
    assert all(c.title.startswith("Demo: ") for e in ranking.experts for c in e.contributions)


def test_independence_from_the_first_pathologist_is_measured() -> None:
    case = case_of(told.thyroid)
    links = {
        e.person.name: e.independence.link.value
        for e in experts_for(DEMO, case, facts.patient_record(DEMO, case), NOW).experts
        if e.independence
    }

    assert links["Elena Marchetti"] == "no link found"
    assert links["Oskar Nyquist"] == "linked to the first doctor"


def test_all_sources_of_a_case_are_about_one_person() -> None:
    for row in SubjectRow.objects.all():
        assert row.is_patient
    assert SubjectRow.objects.count() == len(told.CASES)
    walter = SubjectRow.objects.get(case=case_of(told.lung))
    assert same_person(Subject("a", name="Walter Thompson", birth_date="1957-03-24"), Subject("b", name=walter.name, birth_date=walter.birth_date))  # fmt: skip


def test_one_file_was_refused_with_its_reason_and_the_others_kept() -> None:
    refused = ReceivedFile.objects.exclude(state="accepted")

    assert [(f.name, f.case.title) for f in refused] == [("discharge letter.pdf", told.colon.TITLE)]
    assert "cut off" in refused[0].reason


def test_the_trail_of_every_case_is_whole_and_lies_in_the_past() -> None:
    for case in Case.objects.all():
        rows = AuditRow.objects.filter(chain=str(case.key)).order_by("sequence")
        moments = [row.at for row in rows]
        assert first_break(str(case.key)) is None
        assert moments == sorted(moments)
        assert moments[-1] < NOW


@pytest.fixture
def demo_mode(settings: Any) -> None:
    settings.DEMO, settings.ACCOUNT_EMAIL_VERIFICATION = True, "none"  # as OVERREAD_DEMO=1 sets them


@pytest.mark.usefixtures("demo_mode")
@pytest.mark.parametrize("key", ["operator", "navigator", "board", "claire"])
def test_people_sign_in_with_the_printed_password(key: str) -> None:
    client = Client()
    answer = client.post("/accounts/login/", {"login": f"{key}@demo.example", "password": PASSWORD})

    assert answer.status_code == 302
    assert client.get("/cases/").status_code == 200


@pytest.mark.usefixtures("demo_mode")
@pytest.mark.parametrize("invented", PEOPLE, ids=lambda one: one.key)
def test_one_click_makes_a_visitor_anybody(invented: Invented) -> None:
    client = Client()
    answer = client.post(f"/demo/{person(invented.key).key}/", follow=True)

    assert answer.status_code == 200
    assert invented.name in answer.content.decode()
    assert person(invented.key).check_password(PASSWORD)


def test_the_sign_ins_are_told(loaded: list[str]) -> None:
    assert any(PASSWORD in line for line in loaded)
    assert all(any(one.email in line for line in loaded) for one in PEOPLE)


def test_loading_again_changes_nothing() -> None:
    counts = [model.objects.count() for model in (Case, Person, ReceivedFile, AuditRow)]
    lines = list(demo.load(today=TODAY, grid=SMALL, section=PIECE))

    assert [model.objects.count() for model in (Case, Person, ReceivedFile, AuditRow)] == counts
    assert not [line for line in lines if line.startswith("Making")]
