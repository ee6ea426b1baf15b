"""What a specialist who is asked is told before they answer: from what their own blinded seat may see, and no more."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from overread.web.reviewer.amount import about, amount
from overread.workflow.accounts.roles import Role
from tests.factories.cases import World


def packet(**given: int) -> Any:
    names = ("slides", "studies", "documents", "questions")
    return SimpleNamespace(subjects=(), **{name: range(given.get(name, 0)) for name in names})


def test_how_much_there_is_to_look_at_is_counted() -> None:
    assert amount(packet(slides=1, studies=2, questions=3)) == "1 slide, 2 imaging studies and 3 questions"
    assert amount(packet(documents=1)) == "1 document"
    assert amount(packet()) == "Nothing that you may see yet"


def test_no_organ_is_named_where_none_may_be_seen() -> None:
    assert about(packet()) == ""


@pytest.mark.django_db
def test_who_is_asked_is_told_the_kind_the_amount_and_by_when(world: World, at: Any) -> None:
    world.referred()
    asked = at(world.reviewer).see("packet").partition("Will you read this case?")[2].partition("</section>")[0]
    assert "Kind of review" in asked and "To look at" in asked
    assert "Please answer by" not in asked  # this institution sets no day
    world.organisation.targets = {"routing": 5}
    world.organisation.save()
    assert "Please answer by" in at(world.reviewer).see("packet")
    assert "Will you read this case?" not in at(Role.NAVIGATOR).see("route")
