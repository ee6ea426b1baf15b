"""A form that cannot be taken comes back with what was typed and what is wrong beside it; nothing was written."""

from __future__ import annotations

from typing import Any

import pytest

from overread.workflow.accounts.roles import Role
from overread.workflow.cases.transitions import State
from overread.workflow.facts.queries import subjects
from overread.workflow.materials.models import Material
from overread.workflow.reviews.models import Adjudication, OpinionVersion
from tests.factories.cases import World

pytestmark = pytest.mark.django_db


def test_an_opinion_that_cannot_be_saved_stays_as_it_was_written(world: World, at: Any) -> None:
    world.reviewing()
    sent = {
        "option_0_name": "Lobectomy",
        "comment": "A long text that nobody wants to write twice.",
        "tumor_size": "big",
    }
    status, page = at(world.reviewer).refused("review-save", sent | {"save": ""})
    assert status == 422 and "Not saved yet." in page and "data-unsaved" in page
    assert all(text in page for text in ("Lobectomy", "nobody wants to write twice", 'value="big"'))
    assert "Say which kind of treatment option 1 is." in page
    assert not at(world.reviewer).see("review").count("nobody wants to write twice")


def test_an_empty_opinion_is_not_sealed_and_says_why(world: World, at: Any) -> None:
    world.reviewing()
    status, page = at(world.reviewer).refused("review-save", {"comment": "Only words.", "seal": ""})
    assert status == 422 and "The opinion speaks to nothing yet." in page and "Only words." in page
    assert not OpinionVersion.objects.exists()


@pytest.mark.parametrize("decision", ["keep", "change"])
def test_keeping_or_changing_without_a_reason_loses_nothing(world: World, at: Any, decision: str) -> None:
    world.sealed()
    sent = {"decision": decision, "reason": " ", "t": "T2", "comment": "Seen again."}
    status, page = at(world.reviewer).refused("review-final", sent)
    assert status == 422 and "Keeping or changing needs a reason." in page and "Seen again." in page
    assert OpinionVersion.objects.count() == 1


def test_a_correction_without_a_reason_opens_again_with_its_value(world: World, at: Any) -> None:
    world.understood()
    fact = next(
        seen for view in subjects(world.navigator, world.case) for seen in view.facts if not seen.fact.spec.choices
    )
    status, page = at(Role.NAVIGATOR).refused("correct", {"value": "typed-7", "reason": ""}, fact=fact.row.key)
    assert status == 422 and "A correction needs a reason." in page and 'value="typed-7"' in page
    assert page.count("<details open>") >= 1


def test_an_answer_for_the_first_physician_stays_with_its_reason(world: World, at: Any) -> None:
    world.differing()
    asked = world.case.reconsiderations.filter(review=None, outside=None).get()
    sent = {"decision": "keeps", "reason": "By telephone.", "name": ""}
    status, page = at(Role.NAVIGATOR).refused("answer-again", sent, asked=asked.key)
    assert status == 422 and "Nobody was named." in page and "By telephone." in page


def test_the_board_s_minutes_and_votes_stay(world: World, at: Any) -> None:
    world.differing()
    navigator, chair = at(Role.NAVIGATOR), at(Role.BOARD)
    for asked in world.case.reconsiderations.all():
        navigator.send("answer-again", {"decision": "no answer", "reason": "Called twice."}, asked=asked.key)
    status, page = navigator.refused("open-board", {"question": " "})
    assert status == 422 and "The board needs a question." in page and "Where the opinions differ" in page
    navigator.send("open-board", {"question": "Which stage holds?"})
    assert world.fresh().case.state == State.ADJUDICATING
    board = Adjudication.objects.get()
    status, page = chair.refused("vote", {"choice": "", "reason": "Nodes were seen."}, board=board.key)
    assert status == 422 and "There is no such choice." in page and 'value="Nodes were seen."' in page
    status, page = chair.refused("decide", {"minutes": " "}, board=board.key)
    assert status == 422 and "alert-warning" in page
    chair.send("vote", {"choice": "second"}, board=board.key)
    assert "the second opinion" in chair.see("board") and "Your vote" not in chair.see("board")


def test_the_board_is_asked_only_where_it_can_decide(world: World, at: Any) -> None:
    world.reviewing()
    assert "Ask the board" not in at(Role.NAVIGATOR).see("compare")


def test_what_no_form_of_the_page_shows_is_a_page_of_its_own(world: World, at: Any) -> None:
    world.reviewing()
    status, page = at(Role.NAVIGATOR).refused("open-board", {"question": " "})
    assert status == 422 and "The board needs a question." in page and "What you can do" in page


def test_a_layer_must_be_chosen_before_a_text_is_cleared(world: World, at: Any) -> None:
    world.gathered()
    status, page = at(Role.NAVIGATOR).refused("clear-file", {"domain": ""}, file=world.file.key)
    assert status == 422 and "There is no such layer." in page and "What the record says" in page


def test_a_piece_and_its_next_step_come_back_with_what_was_typed(world: World, at: Any) -> None:
    world.gathered()
    navigator = at(Role.NAVIGATOR)
    status, page = navigator.refused("material", {"kind": "slide", "accession": "S-77", "holder": ""})
    assert status == 422 and "The piece is not described." in page and 'value="S-77"' in page
    navigator.send("material", {"kind": "slide", "accession": "S-77", "holder": "City Hospital"})
    piece = Material.objects.get(accession="S-77")
    sent = {"to": "sent", "holder": "", "courier": "1Z-9"}
    status, page = navigator.refused("material-move", sent, material=piece.key)
    assert status == 422 and "The step is not complete." in page and 'value="1Z-9"' in page


def test_a_step_that_does_not_follow_is_said_where_it_was_written(world: World, at: Any) -> None:
    world.gathered()
    navigator = at(Role.NAVIGATOR)
    navigator.send("material", {"kind": "slide", "accession": "S-78", "holder": "City Hospital"})
    sent = {"to": "returned", "holder": "City Hospital"}
    status, page = navigator.refused("material-move", sent, material=Material.objects.get(accession="S-78").key)
    assert status == 409 and "Material that is requested cannot become returned." in page
    assert "Slides, blocks and discs" in page and 'value="City Hospital"' in page
