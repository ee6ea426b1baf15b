"""What a document is called where its own facts say what it is: "CT report, 29 April 2026" for ``ct-2.txt``. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from overread.clinical.record import TREATMENTS
from overread.workflow.facts.queries import FREE_TEXT, SeenFact
from overread.workflow.intake.models import ReceivedFile

from ..templatetags.wording import day, file_kind
from . import days

_OF_TISSUE = {"specimen", "specimen_collected", "specimen_site"}
_OF_OTHERS = {"histology", "stage_group", *TREATMENTS}


def title(file: ReceivedFile, facts: Sequence[SeenFact]) -> str:
    """The kind and the day as far as the facts say them; else what the file was found to be."""
    kind = _kind(facts) if file.kind in FREE_TEXT else None
    if kind is None:
        return file_kind(file.kind)
    own = next(iter(days.of_documents(facts).values()), None)
    return f"{kind}, {day(own)}" if own else kind


def titles(facts: Iterable[SeenFact]) -> dict[int, str]:
    """By the key of the file, for the files that the viewer may read."""
    by_file: dict[int, list[SeenFact]] = {}
    for seen in facts:
        if seen.words and seen.row.file is not None:
            by_file.setdefault(seen.row.file.pk, []).append(seen)
    return {key: title(own[0].row.file, own) for key, own in by_file.items() if own[0].row.file}


def _kind(facts: Sequence[SeenFact]) -> str | None:
    """None where the facts do not say: a letter tells of scans and of specimens too."""
    fields = {seen.fact.field for seen in facts}
    kinds = {str(seen.fact.value) for seen in facts if seen.fact.field == "modality"}
    if "study_date" in fields and not fields & (_OF_TISSUE | _OF_OTHERS):
        return f"{kinds.pop()} report" if len(kinds) == 1 else "Imaging report"
    if fields & _OF_TISSUE and "study_date" not in fields and not fields & set(TREATMENTS):
        return "Pathology report"
    return None
