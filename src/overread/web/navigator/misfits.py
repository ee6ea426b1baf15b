"""What does not fit together in a record, each with the rule behind it and the places where its facts stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from overread.clinical.workup import Contradiction
from overread.workflow.facts.queries import SeenFact, SubjectView


@dataclass(frozen=True, slots=True)
class Misfit:
    """why: the rule, as a sentence of its own. facts: those that the viewer may see, the same words in one file once."""

    found: Contradiction
    why: str
    facts: list[SeenFact]


def misfits(found: Iterable[Contradiction], subjects: Iterable[SubjectView]) -> list[Misfit]:
    seen = {fact.fact: fact for subject in subjects for fact in subject.facts}
    return [Misfit(one, _why(one), _once(seen[fact] for fact in one.facts if fact in seen)) for one in found]


def _why(one: Contradiction) -> str:
    said = one.definition.removeprefix("definition: ")
    return f"{said[:1].upper()}{said[1:]}."


def _once(facts: Iterable[SeenFact]) -> list[SeenFact]:
    return list({(seen.row.file_id, seen.fact.provenance.quote): seen for seen in facts}.values())
