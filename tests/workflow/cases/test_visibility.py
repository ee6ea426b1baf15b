"""The one decision that blinding rests on."""

from __future__ import annotations

import pytest

from overread.clinical.record import Domain, Nature
from overread.workflow.cases.visibility import HIDDEN_FROM, Discipline, Hidden, Item, ItemKind, seen
from tests.security import visibility_rows


def test_every_row_of_the_table_holds() -> None:
    assert len(list(visibility_rows.rows())) > 200
    assert visibility_rows.violations() == []


@pytest.mark.parametrize("hidden", sorted({h for all_ in HIDDEN_FROM.values() for h in all_}, key=str), ids=str)
def test_what_is_hidden_is_kept_as_text_without_loss(hidden: Hidden) -> None:
    assert Hidden.parse(str(hidden)) == hidden


def test_seen_keeps_the_order_of_what_may_be_seen() -> None:
    seat = visibility_rows.blinded(Discipline.RADIOLOGY)
    items = [
        (Item(ItemKind.FACT, domain, Nature.INTERPRETATION), str(domain))
        for domain in (Domain.PLAN, Domain.PATHOLOGY, Domain.IMAGING, Domain.CLINICAL)
    ]
    assert seen(seat, items) == ["pathology", "clinical"]
