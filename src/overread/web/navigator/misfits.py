"""What does not fit together in a record, each with the places where its facts stand."""

from __future__ import annotations

from collections.abc import Iterable

from overread.clinical.workup import Contradiction
from overread.workflow.facts.queries import SeenFact, SubjectView


def misfits(
    found: Iterable[Contradiction], subjects: Iterable[SubjectView]
) -> list[tuple[Contradiction, list[SeenFact]]]:
    """Each with the facts that the viewer may see and open: the same words in one file once."""
    seen = {fact.fact: fact for subject in subjects for fact in subject.facts}
    return [(one, _once(seen[fact] for fact in one.facts if fact in seen)) for one in found]


def _once(facts: Iterable[SeenFact]) -> list[SeenFact]:
    return list({(seen.row.file_id, seen.fact.provenance.quote): seen for seen in facts}.values())
