"""Is it known to be safe to wait? What is published for this tumour, stage and aim of treatment, or that nothing is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from overread.clinical.knowledge import Source, load
from overread.clinical.knowledge.citations import cite
from overread.clinical.record import Intent

from .answers import Answers
from .kinds import Turnaround
from .tumours import lineage

_ROWS = load("indication", "timing").rows
_STAGE = re.compile(r"\s*(?:stage\s*)?(IV|I{1,3}|[1-4])(?![0-9IVX])", re.IGNORECASE)
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


class Waiting(StrEnum):
    """The most cautious finding that applies, from the most urgent down."""

    DO_NOT_WAIT = "do_not_wait"
    ASK_NOW = "ask_now"  # some of these tumours must be treated at once
    COSTS = "costs"  # waiting was measured to cost something
    NO_DIFFERENCE_FOUND = "no_difference_found"  # which is not proof of safety
    NOT_KNOWN = "not_known"


_SENTENCES = {
    Waiting.DO_NOT_WAIT: "Do not wait: treatment starts now, and a review can run beside it.",
    Waiting.ASK_NOW: "Ask your doctor today whether your treatment can wait at all. A review can run beside it.",
    Waiting.COSTS: (
        "Waiting is not free of cost for this cancer: the effect is small but has been measured when treatment is meant "
        "to cure. Ask for the review now and keep the date of your treatment unless a doctor tells you otherwise."
    ),
    Waiting.NO_DIFFERENCE_FOUND: (
        "A review of studies found no difference when treatment came later. That is not proof that waiting is safe for "
        "you. Ask for the review now and keep the date of your treatment."
    ),
    Waiting.NOT_KNOWN: (
        "We know no published figure that says whether waiting is safe in your situation. Ask your doctor, ask for the "
        "review now, and keep the date of your treatment."
    ),
}
_STARTED = " Your treatment has begun: do not stop or change it because of a review."


@dataclass(frozen=True, slots=True)
class TimingFinding:
    """One published finding. only_if: the stages it holds for when the stage here is not known; empty otherwise."""

    waiting: str
    sentence: str
    only_if: tuple[str, ...]
    n: int | None
    source: Source | None


@dataclass(frozen=True, slots=True)
class Timing:
    """known_safe is never True: no source proves that waiting is safe. False: waiting costs; None: not known.

    delay: business days that the reviews asked for usually take together; None where not known.
    """

    waiting: Waiting
    known_safe: bool | None
    sentence: str
    findings: tuple[TimingFinding, ...]
    delay: Turnaround | None


def timing(answers: Answers, delay: Turnaround | None, emergency: bool) -> Timing:
    """What is known about waiting. emergency: an emergency or a reasoned urgency was stated."""
    found = tuple(_finding(row, answers) for row in _ROWS if _applies(row, answers))
    waiting = Waiting.DO_NOT_WAIT if emergency else _strictest(found)
    sentence = _SENTENCES[waiting] + (_STARTED if answers.treatment_started else "")
    safe = None if waiting in (Waiting.NOT_KNOWN, Waiting.NO_DIFFERENCE_FOUND) else False
    return Timing(waiting, safe, sentence, found, delay)


def stage_number(stage: str | None, metastatic: bool | None = None) -> str | None:
    """``IIA`` and ``Stage 2`` both give ``II``; anything else gives None. Metastatic disease without a stage is IV."""
    if match := _STAGE.match(stage or ""):
        written = match.group(1).upper()
        return _ROMAN.get(written, written)
    return "IV" if metastatic else None


def _applies(row: dict[str, Any], answers: Answers) -> bool:
    stage = stage_number(answers.stage, answers.metastatic)
    tumour = "all" in row["tumours"] or set(row["tumours"]) & set(lineage(answers.tumour))
    not_to_cure = answers.metastatic or stage == "IV" or answers.intent is Intent.PALLIATIVE
    aim = row["treatment"] == "any" or not not_to_cure
    return bool(tumour and aim and (stage is None or not row["stages"] or stage in row["stages"]))


def _finding(row: dict[str, Any], answers: Answers) -> TimingFinding:
    unknown = stage_number(answers.stage, answers.metastatic) is None
    only_if = tuple(row["stages"]) if unknown else ()
    sentence = row["sentence"].format(*(figure["value"] for figure in row["figures"]))
    if only_if:
        sentence += f" (This holds for stage {' and '.join(only_if)}; your stage is not known to us.)"
    return TimingFinding(row["waiting"], sentence, only_if, row["n"], cite(row["evidence"], row["source"]))


def _strictest(found: tuple[TimingFinding, ...]) -> Waiting:
    """A cost that holds for some stages counts while the stage is unknown; a reassurance does not."""
    counted = {f.waiting for f in found if not f.only_if or f.waiting != Waiting.NO_DIFFERENCE_FOUND}
    return next((waiting for waiting in Waiting if waiting in counted), Waiting.NOT_KNOWN)
