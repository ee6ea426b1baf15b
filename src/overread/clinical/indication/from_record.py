"""What a record says of itself, as answers: only what stands in its facts, each with the fact it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from overread.clinical.knowledge.treatments import known_treatments
from overread.clinical.record import Fact, Intent, Record, Reversibility, Status

from . import record_words
from .answers import Answers, Because
from .clashes import STAGE_FIELDS, clashes
from .record_words import affirmed
from .timing import stage_number
from .tumours import text_of, tumour_of
from .urgency import EMERGENCIES, Emergency

# Shapes of treatment names only: these stems name what is commonly done at high intensity.
_INTENSIVE = re.compile(
    r"\btransplant|\bchemoradi|\bexenteration\b|\bradical\b|\btotal\s+\w{3,40}ectomy\b", re.IGNORECASE
)
_GROWTH = re.compile(
    r"\b(?:enlarg(?:ed|ing)|grown|increas(?:ed?|ing) in size|interval (?:growth|increase)|larger than)\b", re.IGNORECASE
)
# NX and MX are no sign of doubt in a pathology report: nodes were not sent, and a slide cannot show distant spread.
_UNASSESSED = re.compile(r"TX$|cannot be (?:assessed|determined)", re.IGNORECASE)
_M1 = re.compile(r"(?:c|p|yc|yp|r|a)?M?1[a-e]?", re.IGNORECASE)
_M0 = re.compile(r"(?:c|p|yc|yp|r|a)?M?0(?:\(i\+\))?", re.IGNORECASE)
_STAGE_0 = re.compile(r"\s*(?:stage\s*)?0", re.IGNORECASE)
_HOW_CELLS_LOOK = re.compile(r"\s*atypi(?:a|cal)\s*", re.IGNORECASE)
_NOT_YET = (Status.PLANNED, Status.PROPOSED, Status.DISCUSSED, Status.CONDITIONAL, Status.REFUSED)
_EMERGENCY_FIELDS = ("finding", "cancer", "histology", "ambiguity")


def answers_from_record(record: Record) -> Answers:
    """Situations, tumour, stage, spread and emergencies that the record states. What it does not state stays unknown.

    A rare cancer by its kind is added by ``assess``. Words by which a situation is recognised: record_words.yaml.
    """
    because = tuple(_situations(record))
    stages, had = record.values("stage_group"), known_treatments(record, "treatment_given", "medication")
    return Answers(
        situations=frozenset(b.situation for b in because),
        tumour=tumour_of(record),
        stage=str(stages[0]) if len(stages) == 1 else None,
        metastatic=_metastatic(record),
        treatment_started=True if any(treatment.status not in _NOT_YET for treatment in had) else None,
        intent=_intent(record),
        emergencies=frozenset(key for key, emergency in EMERGENCIES.items() if _named(record, emergency)),
        because=because,
    )


def _situations(record: Record) -> Iterator[Because]:
    yield from (Because("ambiguous_pathology", fact) for fact in record.all("ambiguity") if _doubts(record, fact))
    yield from _contradicted(record)
    yield from _written(record, ("t", "stage_group"), "unclear_staging", _UNASSESSED.search)
    yield from (Because("irreversible_treatment", fact) for fact in _irreversible(record))
    yield from _written(record, ("treatment_proposed",), "major_treatment", _INTENSIVE.search)
    yield from _written(record, ("finding",), "nodule_changed", lambda text: affirmed(text, _GROWTH))
    yield from _written(record, ("m",), "metastatic", _M1.fullmatch)
    yield from _strong_for_the_stage(record)
    yield from _told_of_treatments(record)
    yield from record_words.situations(record)


def _irreversible(record: Record) -> Iterator[Fact]:
    """Proposed treatment that cannot be undone, as a source says, or else the table of names (see its reasons)."""
    proposed = known_treatments(record, "treatment_proposed")
    return (t.fact for t in proposed if t.reversibility is Reversibility.IRREVERSIBLE)


def _doubts(record: Record, fact: Fact) -> bool:
    """Once a tumour is named, atypia describes its cells and casts no doubt on the name."""
    return not (record.all("histology") and _HOW_CELLS_LOOK.fullmatch(text_of(fact)))


def _contradicted(record: Record) -> Iterator[Because]:
    for name, facts in clashes(record):
        situation = "unclear_staging" if name in STAGE_FIELDS else "discordant_findings"
        yield from (Because(situation, fact) for fact in facts)


def _told_of_treatments(record: Record) -> Iterator[Because]:
    """What the sources say of treatments: that one is not meant to cure, and that several were named to choose from."""
    every = known_treatments(record, "treatment_proposed", "treatment_given", "medication")
    yield from (Because("poor_prognosis", t.fact) for t in every if t.intent is Intent.PALLIATIVE)
    options = [t for t in known_treatments(record, "treatment_discussed") if t.status in (None, Status.DISCUSSED)]
    if len({t.name.casefold() for t in options}) > 1:
        yield from (Because("several_options", t.fact) for t in options)


def _intent(record: Record) -> Intent | None:
    """What the treatments to come are for, where the sources say it and agree."""
    said = {treatment.intent for treatment in known_treatments(record, "treatment_proposed")} - {None}
    return said.pop() if len(said) == 1 else None


def _strong_for_the_stage(record: Record) -> Iterator[Because]:
    """A convention, and a question to ask: an intensive treatment is proposed for one of the lowest stages."""
    stages = {
        "0" if _STAGE_0.match(text_of(fact)) else stage_number(text_of(fact)) for fact in record.all("stage_group")
    }
    if len(stages) == 1 and stages <= record_words.LOWEST_STAGES:
        yield from _written(record, ("treatment_proposed",), "aggressive_for_stage", _INTENSIVE.search)


def _written(
    record: Record, names: tuple[str, ...], situation: str, test: Callable[[str], object]
) -> Iterator[Because]:
    for name in names:
        yield from (Because(situation, fact) for fact in record.all(name) if test(text_of(fact)))


def _metastatic(record: Record) -> bool | None:
    """True or False only where every M that the record states, and its stage, agree."""
    categories = {bool(_M1.fullmatch(v)) for v in map(str, record.values("m")) if _M1.fullmatch(v) or _M0.fullmatch(v)}
    if len(categories) > 1:
        return None
    return categories.pop() if categories else None


def _named(record: Record, emergency: Emergency) -> bool:
    words = re.compile("|".join(map(re.escape, emergency.record_words)), re.IGNORECASE)
    return any(affirmed(text_of(fact), words) for name in _EMERGENCY_FIELDS for fact in record.all(name))
