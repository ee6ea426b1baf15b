"""The assessment: answers in, everything Overread can say about asking for a second opinion out."""

from __future__ import annotations

from dataclasses import dataclass

from overread.clinical.knowledge import Source, load
from overread.clinical.knowledge.citations import cite

from .answers import Answers
from .hearing import OPINION_SOURCES, ModalityToHear, OpinionSource, modalities
from .kinds import ReviewKind, chosen, expected_delay
from .modifiers import MODIFIER_SITUATIONS, Modifier, modifiers
from .timing import Timing, timing
from .triggers import TRIGGERS, Advice, Why, advice, whys
from .tumours import TUMOURS
from .urgency import EMERGENCIES, Emergency, Urgency, emergencies, urgency
from .yields import Yield, expected_yield


@dataclass(frozen=True, slots=True)
class CostNote:
    sentence: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Indication:
    """Whether a second opinion is indicated, and all that belongs to the answer.

    indicated: None when nothing was said that would decide it. not_understood: answers that Overread does not know.
    """

    indicated: bool | None
    sentence: str
    why: tuple[Why, ...]
    advice: tuple[Advice, ...]
    kinds: tuple[ReviewKind, ...]
    opinion_sources: tuple[OpinionSource, ...]
    modalities: tuple[ModalityToHear, ...]
    expected_yield: Yield
    modifiers: tuple[Modifier, ...]
    timing: Timing
    urgency: Urgency | None
    emergencies: tuple[Emergency, ...]
    cost: tuple[CostNote, ...]
    not_understood: tuple[str, ...]


_YES = "Yes: a second opinion is worth asking for. Asking is normal, and good doctors welcome it."
_NO = "Nothing you told us calls for a second opinion. You may still ask for one: feeling unsure is reason enough."
_OPEN = (
    "We cannot say yet: nothing that was answered or could be read decides it. Feeling unsure is reason enough to ask."
)
_NOW = "Treatment comes first: please get help now. A review can run beside your treatment and must not delay it."
_BESIDE = "Your treatment goes ahead. An urgent review runs beside it and must not delay it."


def _cost(row: dict[str, object]) -> CostNote:
    figures, source = row["figures"], row["source"]
    assert isinstance(figures, dict)  # noqa: S101  # the knowledge test checks it
    cited = cite(str(row["evidence"]), source) if isinstance(source, dict) else None
    return CostNote(str(row["sentence"]).format(**figures), cited)


COST: tuple[CostNote, ...] = tuple(_cost(row) for row in load("indication", "cost").rows)


def assess(answers: Answers) -> Indication:
    """Everything that can be said. Never raises: what is not known is named in ``not_understood`` or said to be so."""
    why, urgent = whys(answers), emergencies(answers.emergencies)
    ordinary = chosen((kind for reason in why for kind in reason.kinds), expedited=False)
    delay = expected_delay(ordinary)
    claim = urgency(answers.urgency, delay)
    now = bool(urgent) or bool(claim and claim.accepted)
    indicated = _indicated(answers, bool(why) or now)
    return Indication(
        indicated=indicated,
        sentence=_headline(indicated, bool(urgent), now),
        why=why,
        advice=advice(answers.tumour),
        kinds=chosen((kind.key for kind in ordinary), expedited=now),
        opinion_sources=OPINION_SOURCES,
        modalities=modalities(answers),
        expected_yield=expected_yield(answers),
        modifiers=modifiers(answers),
        timing=timing(answers, delay, now),
        urgency=claim,
        emergencies=urgent,
        cost=COST,
        not_understood=_not_understood(answers),
    )


def _indicated(answers: Answers, reasons: bool) -> bool | None:
    if reasons:
        return True
    return False if answers.none_of_these else None


def _headline(indicated: bool | None, emergency: bool, beside: bool) -> str:
    if emergency:
        return _NOW
    return _BESIDE if beside else {True: _YES, False: _NO, None: _OPEN}[indicated]


def _not_understood(answers: Answers) -> tuple[str, ...]:
    unknown = answers.situations - TRIGGERS.keys() - MODIFIER_SITUATIONS
    unknown |= answers.emergencies - EMERGENCIES.keys()
    unknown |= {answers.tumour} - {None} - TUMOURS.keys() if answers.tumour else frozenset()
    return tuple(sorted(unknown))
