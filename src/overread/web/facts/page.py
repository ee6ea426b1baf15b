"""The subjects of a case as the Facts page shows them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from overread.workflow.facts.queries import SubjectView

from .rows import Row, rows


@dataclass(frozen=True, slots=True)
class Shown:
    """rows: in order. codes: where codes stand apart from the words, those rows. whose: of records that are not known to
    be the patient's, what they say themselves; else empty."""

    view: SubjectView
    rows: list[Row]
    codes: list[Row]
    whose: str

    @property
    def dated(self) -> bool:
        """Some day is known: a column without any says nothing."""
        return any(row.days for row in self.rows)


def shown(subjects: Sequence[SubjectView], *, blinded: bool, codes_apart: bool) -> list[Shown]:
    """To blinded eyes, neither the names of files nor of persons are told."""
    settled = any(view.is_patient for view in subjects)
    return [
        _shown(view, codes_apart, "" if blinded or view.is_patient else _whose(view, settled=settled))
        for view in subjects
    ]


def _shown(view: SubjectView, codes_apart: bool, whose: str) -> Shown:
    own = rows(view.facts)
    codes = [row for row in own if row.coded and codes_apart]
    return Shown(view, [row for row in own if not (row.coded and codes_apart)], codes, whose)


def _whose(view: SubjectView, *, settled: bool) -> str:
    files = list(dict.fromkeys(seen.row.file.name for seen in view.facts if seen.row.file and seen.words))
    if not files:
        return ""
    names, many = " and ".join(files), len(files) > 1
    says = (
        f"name{'' if many else 's'} {view.subject.name}"
        if view.subject.name
        else f"{'do' if many else 'does'} not say whose {'they are' if many else 'it is'}"
    )
    rest = (
        f"Nothing in {'them' if many else 'it'} counts as the patient's until that is settled."
        if settled
        else "It is not settled yet whom the case is about."
    )
    return f"{names} {says}. {rest}"
