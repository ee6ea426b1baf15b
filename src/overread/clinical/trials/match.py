"""A record against a trial: the registered fields, then every criterion of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from overread.clinical.record import Record

from . import logic, person, tumour
from .atoms import Truth
from .models import Trial
from .verdict import CriterionMatch, TrialMatch, Verdict, Why

_OPEN = frozenset({"RECRUITING"})
_MAY_OPEN = frozenset({"NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION", "UNKNOWN", "AVAILABLE"})


def match(record: Record, trial: Trial, as_of: date) -> TrialMatch:
    """Per criterion met, not met or unknown, never assumed. ``as_of``: the day that ages are reckoned on.

    A trial without eligibility text is never met. Raises nothing, whatever the text.
    """
    found = tuple(_registered(record, trial, as_of)) + tuple(logic.judge(c, record, as_of) for c in trial.criteria)
    overall = _overall(found, bool(trial.criteria))
    return TrialMatch(trial.nct, trial.title, found, overall, _sentence(found, overall, bool(trial.criteria)))


def _registered(record: Record, trial: Trial, as_of: date) -> Iterator[CriterionMatch]:
    yield _recruiting(trial)
    if trial.minimum_age or trial.maximum_age:
        yield _age(record, trial, as_of)
    if trial.sex in ("female", "male"):
        yield _as_match("sex", f"sex {trial.sex}", person.of_sex(record, trial.sex))
    if trial.conditions:
        yield _condition(record, trial, as_of)


def _recruiting(trial: Trial) -> CriterionMatch:
    status = (trial.status or "").upper().replace(" ", "_").replace(",", "")
    words = status.lower().replace("_", " ")
    if status in _OPEN:
        return CriterionMatch(
            "recruitment", None, Verdict.MET, "open to new patients", (), "The registry says: recruiting."
        )
    if not status or status in _MAY_OPEN:
        said = (
            f"The registry says: {words}. Ask the trial."
            if status
            else "The registry does not say whether it recruits."
        )
        return CriterionMatch("recruitment", None, Verdict.UNKNOWN, "open to new patients", (), said, Why.RECORD_SILENT)
    said = f"The registry says: {words}. No new patients are taken."
    return CriterionMatch("recruitment", None, Verdict.NOT_MET, "open to new patients", (), said)


def _age(record: Record, trial: Trial, as_of: date) -> CriterionMatch:
    low, high = _whole_years(trial.minimum_age), _whole_years(trial.maximum_age)
    rule = f"age {trial.minimum_age or 'any'} to {trial.maximum_age or 'any'}"
    if (trial.minimum_age and low is None) or (trial.maximum_age and high is None):
        return CriterionMatch(
            "age", None, Verdict.UNKNOWN, rule, (), f"The registered {rule} is not in whole years.", Why.NOT_UNDERSTOOD
        )
    return _as_match("age", rule, person.aged(record, as_of, low=low, high=high))


def _whole_years(text: str | None) -> int | None:
    """``18 Years`` -> 18. Other units only where they make whole years."""
    m = re.fullmatch(r"\s*(\d{1,4})\s*(year|month|week|day)s?\s*", text or "", re.IGNORECASE)
    if not m:
        return None
    number, unit = int(m[1]), m[2].lower()
    if unit == "month":
        return number // 12 if number % 12 == 0 else None
    return number if unit == "year" else None


def _condition(record: Record, trial: Trial, as_of: date) -> CriterionMatch:
    """The trial is for one of its registered conditions; not met only when every one is a place that the record is not."""
    truths = [_about(record, condition, as_of) for condition in trial.conditions]
    rule = "condition: " + "; ".join(trial.conditions)
    best = next((t for t in truths if t.value), None) or next((t for t in truths if t.value is None), truths[0])
    return _as_match("condition", rule, best)


def _about(record: Record, condition: str, as_of: date) -> Truth:
    places = [atom.ask(record, as_of) for atom in tumour.site(condition)]
    return (
        places[0]
        if len(places) == 1
        else Truth(None, f"“{condition}” is not a condition that was understood", (), Why.NOT_UNDERSTOOD)
    )


def _as_match(name: str, rule: str, truth: Truth) -> CriterionMatch:
    verdict = {True: Verdict.MET, False: Verdict.NOT_MET, None: Verdict.UNKNOWN}[truth.value]
    return CriterionMatch(
        name, None, verdict, rule, truth.facts, f"{rule[:1].upper()}{rule[1:]}: {truth.said}.", truth.why
    )


def _overall(found: tuple[CriterionMatch, ...], has_text: bool) -> Verdict:
    verdicts = {c.verdict for c in found}
    if Verdict.NOT_MET in verdicts:
        return Verdict.NOT_MET
    return Verdict.MET if verdicts == {Verdict.MET} and has_text else Verdict.UNKNOWN


def _sentence(found: tuple[CriterionMatch, ...], overall: Verdict, has_text: bool) -> str:
    count = {v: sum(c.verdict is v for c in found) for v in Verdict}
    counts = (
        f"{count[Verdict.MET]} met, {count[Verdict.NOT_MET]} not met, {count[Verdict.UNKNOWN]} unknown, of {len(found)}"
    )
    lead = {
        Verdict.MET: "Every criterion was checked and is met; the trial decides",
        Verdict.NOT_MET: "At least one criterion is not met",
        Verdict.UNKNOWN: "Not settled: some criteria need a person"
        if has_text
        else "Not settled: the trial has no eligibility text",
    }[overall]
    return f"{lead} ({counts})."
