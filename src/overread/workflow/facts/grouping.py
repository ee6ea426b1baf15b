"""Whom facts are about, for blinded eyes: decided from nothing but the sources of what they may see. Pure.

Two visible sources can be one person only because a third, hidden one links them: a name here, a number there. Whoever
reads blinded is shown what the visible sources alone prove, so that nothing of a hidden one shows in how facts stand
together.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from overread.clinical import record as r
from overread.clinical.record.identity import same_person


@dataclass(frozen=True, slots=True)
class Source:
    """Where some facts come from: whom it says it is about (None: it says nothing), and the subject it was put under.

    subject: primary key of the case's subject. confirmed: a person named that subject as the patient, or confirmed it.
    """

    key: Hashable
    says: r.Subject | None
    subject: int
    confirmed: bool


def patient_and_others(sources: Sequence[Source]) -> tuple[frozenset[Hashable], list[frozenset[Hashable]]]:
    """The keys of the patient's sources, and those of every other person, in the order in which they were first seen.

    What a person said of a subject holds for its earliest visible source, and for what is provably the same as that.
    """
    groups = _together(sources)
    leading = {source.subject: source.key for source in reversed(sources)}  # the earliest of each subject
    confirmed = {leading[source.subject] for source in sources if source.confirmed}
    patient = [group for group in groups if group & confirmed]
    return frozenset().union(*patient), [group for group in groups if group not in patient]


def _together(sources: Sequence[Source]) -> list[frozenset[Hashable]]:
    groups: list[list[Source]] = []
    for source in sources:
        home = next((group for group in groups if _same(group[0], source)), None)
        if home is None:
            groups.append([source])
        else:
            home.append(source)
    return [frozenset(source.key for source in group) for group in groups]


def _same(one: Source, other: Source) -> bool:
    return one.says is not None and other.says is not None and same_person(one.says, other.says)
