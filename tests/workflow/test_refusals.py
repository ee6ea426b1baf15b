"""What each action refuses for what was sent or for where the case is, with a sentence and what to do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from overread.workflow.accounts.roles import Role
from overread.workflow.cases.visibility import Discipline
from overread.workflow.errors import Invalid, WorkflowError, WrongState
from overread.workflow.materials.transitions import MaterialState
from overread.workflow.referrals import actions as referrals
from tests.factories.cases import OPINION, SYSTEM
from tests.security.attempts import ATTEMPTS, actions, with_draft
from tests.security.worlds import Installation, undone

pytestmark = pytest.mark.django_db

# action, who does it, at which step, what is sent otherwise than well, the refusal
ROWS: list[tuple[str, str, str, dict[str, Any], type[WorkflowError]]] = [
    ("cases.add_participant", "navigator", "opened", {"role": Role.REVIEWER}, Invalid),
    ("cases.add_participant", "navigator", "opened", {"role": Role.PROXY}, Invalid),
    ("cases.add_participant", "navigator", "opened", {"role": Role.OPERATOR}, Invalid),
    ("cases.give_consent", "patient", "opened", {"scope": "everything"}, Invalid),
    ("cases.ask", "patient", "opened", {"text": "  "}, Invalid),
    ("cases.set_assessment", "patient", "closed", {}, WrongState),
    ("cases.move", "navigator", "closed", {}, WrongState),
    ("facts.correct", "navigator", "gathered", {"reason": " "}, Invalid),
    ("materials.write_letter", "patient", "opened", {"recipient": " "}, Invalid),
    ("materials.note_letter", "patient", "opened", {"received_on": None, "extended_on": "2026-03-03"}, Invalid),
    ("materials.expect_material", "navigator", "opened", {"accession": " "}, Invalid),
    ("materials.expect_material", "navigator", "opened", {"holder": ""}, Invalid),
    ("materials.move_material", "navigator", "opened", {"to": MaterialState.RETURNED}, WrongState),
    ("messaging.write", "patient", "opened", {"text": "\n"}, Invalid),
    ("referrals.refer", "navigator", "gathered", {}, WrongState),
    ("referrals.accept", "reviewer", "reviewing", {}, WrongState),
    ("referrals.enter_outside_opinion", "navigator", "understood", {"author": " "}, Invalid),
    ("referrals.enter_outside_opinion", "navigator", "understood", {"content": {"author": "x"}}, Invalid),
    ("referrals.enter_outside_opinion", "navigator", "understood", {"content": {**OPINION, "facts": [{}]}}, Invalid),
    ("reviews.save_draft", "reviewer", "sealed", {}, WrongState),
    ("reviews.finalise", "reviewer", "sealed", {"reason": " "}, Invalid),
    ("reviews.finalise", "reviewer", "reviewing", {}, WrongState),
    ("reviews.open_board", "navigator", "final", {"question": ""}, Invalid),
    ("reviews.vote", "board", "final", {"choice": "all"}, Invalid),
    ("reviews.decide", "board", "final", {"minutes": " "}, Invalid),
    ("reports.compare", "navigator", "sealed", {}, WrongState),
    ("reports.draft", "navigator", "final", {}, WrongState),
    ("reports.sign", "reviewer", "drafted", {"digest": "of another draft"}, WrongState),
    ("reports.sign", "reviewer", "signed", {}, WrongState),
    ("reports.amend", "navigator", "signed", {"reason": " "}, Invalid),
    ("outcomes.answer", "patient", "signed", {"outcomes": []}, Invalid),
    ("outcomes.answer", "patient", "drafted", {}, WrongState),
    ("outcomes.answer", "patient", "closed", {}, WrongState),
    ("outcomes.rate", "patient", "signed", {"stars": 0}, Invalid),
    ("outcomes.rate", "patient", "signed", {"stars": 6}, Invalid),
    ("outcomes.rate", "patient", "drafted", {}, WrongState),
]


@pytest.mark.parametrize(("action", "who", "at", "sent", "refusal"), ROWS)
def test_refused(
    installation: Installation, action: str, who: str, at: str, sent: dict[str, Any], refusal: type[WorkflowError]
) -> None:
    world, by = installation.at[at], installation.actors[who]
    with undone():
        arguments = {**ATTEMPTS[action].arguments(world, by), **sent}
        with pytest.raises(refusal) as caught:
            actions()[action](**arguments, by=by, now=world.now())
        assert caught.value.what.endswith(".")


TWICE = (
    ("reviews.vote", "board", Invalid),
    ("outcomes.rate", "patient", Invalid),
    ("facts.correct", "navigator", Invalid),
    ("cases.add_participant", "navigator", Invalid),
    ("outcomes.ask", "system", WrongState),
    ("directory.use_release", "system", WrongState),
)


@pytest.mark.parametrize(("action", "who", "refusal"), TWICE)
def test_not_twice(installation: Installation, action: str, who: str, refusal: type[WorkflowError]) -> None:
    attempt, by = ATTEMPTS[action], installation.actors[who]
    world = installation.at[attempt.at]
    with undone():
        arguments = attempt.arguments(world, by)
        actions()[action](**arguments, by=by, now=world.now())
        with pytest.raises(refusal):
            actions()[action](**arguments, by=by, now=world.now())


def test_a_call_in_the_past_cannot_be_arranged(installation: Installation) -> None:
    world = installation.at["opened"]
    with undone(), pytest.raises(Invalid):
        now = world.now()
        actions()["scheduling.arrange"](case=world.case, at=now - timedelta(hours=1), by=world.patient, now=now)


def test_who_is_no_reviewing_physician_is_not_referred_to(installation: Installation) -> None:
    world = installation.at["understood"]
    with undone(), pytest.raises(Invalid):
        referrals.refer(
            case=world.case, person=world.patient, discipline=Discipline.ONCOLOGY, by=world.navigator, now=world.now()
        )


def test_an_opinion_that_speaks_to_nothing_is_not_sealed(installation: Installation) -> None:
    world = installation.at["reviewing"]
    with undone():
        with pytest.raises(Invalid):
            actions()["reviews.seal"](review=world.review, by=world.reviewer, now=world.now())
        with_draft(world)
        actions()["reviews.seal"](review=world.review, by=world.reviewer, now=world.now())
        assert world.review.versions.get().digest


def test_a_second_draft_replaces_the_first_and_a_changed_opinion_says_so(installation: Installation) -> None:
    world = installation.at["drafted"]
    with undone():
        again = actions()["reports.draft"](case=world.case, by=SYSTEM, now=world.now())
        assert (again.number, again.pk) == (world.report.number, world.report.pk)
    world = installation.at["sealed"]
    with undone():
        changed = {**OPINION, "comment": "One node is involved."}
        version = actions()["reviews.finalise"](
            review=world.review, content=changed, reason="Seen again.", by=world.reviewer, now=world.now()
        )
        assert version.changed
        assert world.review.versions.get(stage="blind").content["comment"] == OPINION["comment"]
