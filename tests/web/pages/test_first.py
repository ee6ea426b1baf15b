"""The first interpretation, source by source: lesion 1 of one report is not lesion 1 of another."""

from __future__ import annotations

from types import SimpleNamespace

from overread.clinical.record import Fact, Method, Opinion, Provenance
from overread.web.reviewer.first import by_source
from overread.workflow.facts.queries import SeenFact


def fact(field: str, value: object, document: str, about: str | None = None) -> Fact:
    return Fact(field, value, Provenance(document, Method.TEXT), about)  # type: ignore[arg-type]


def seen(told: Fact, name: str | None) -> SeenFact:
    row = SimpleNamespace(file=SimpleNamespace(name=name) if name else None)
    return SeenFact(told, row, words=True)  # type: ignore[arg-type]


def test_each_source_has_its_name_its_day_and_its_own_findings() -> None:
    april, october = fact("finding", "nodule", "a", "lesion:1"), fact("finding", "nodule", "b", "lesion:1")
    by_hand = fact("finding", "scar", "c")
    everything = [
        seen(april, "ct-april.pdf"),
        seen(fact("study_date", "2026-04-01", "a"), "ct-april.pdf"),
        seen(october, "ct-october.pdf"),
        seen(by_hand, None),
    ]
    parts = by_source(Opinion("First", "", (april, october, by_hand)), everything)
    assert [(part.title, part.on, part.facts) for part in parts] == [
        ("ct-april.pdf", "2026-04-01", (april,)),
        ("ct-october.pdf", None, (october,)),
        ("Entered by hand", None, (by_hand,)),
    ]
