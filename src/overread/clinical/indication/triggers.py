"""Why a second opinion is worth asking for: the situations of the field, and what guidance says of one tumour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from overread.clinical.knowledge import Source, load
from overread.clinical.knowledge.citations import cite, cite_all
from overread.clinical.record import Fact

from .answers import Answers
from .tumours import lineage, rare_group


@dataclass(frozen=True, slots=True)
class Trigger:
    """A situation that is enough by itself. question: as a form asks it; sentence: as the answer says it.

    kinds: the kinds of review that meet it. sources: empty where the field names it but no study is carried over.
    """

    key: str
    label: str
    question: str
    sentence: str
    kinds: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for a second opinion. facts: what in the record it was derived from; empty when a person said it."""

    trigger: str
    label: str
    sentence: str
    kinds: tuple[str, ...]
    sources: tuple[Source, ...]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """What guidance or a study says about reviewing one tumour, without being a reason for it by itself."""

    sentence: str
    source: Source | None


def _trigger(row: dict[str, Any]) -> Trigger:
    kinds, sources = tuple(row["kinds"]), cite_all(row["sources"])
    return Trigger(row["key"], row["label"], row["question"], row["sentence"], kinds, sources)


TRIGGERS: dict[str, Trigger] = {row["key"]: _trigger(row) for row in load("indication", "triggers").rows}
_RULES = load("indication", "rules").rows


def whys(answers: Answers) -> tuple[Why, ...]:
    """Every reason that applies, in the order of the knowledge file; guidance for the tumour comes last."""
    situations = _with_rarity(answers)
    stated = tuple(_why(trigger, answers) for key, trigger in TRIGGERS.items() if key in situations)
    guided = tuple(_guided(rule) for rule in _rules(answers.tumour) if rule["effect"] == "indicates")
    return stated + guided


def advice(tumour: str | None) -> tuple[Advice, ...]:
    """Published advice on reviewing this tumour that is not a reason by itself."""
    rules = (rule for rule in _rules(tumour) if rule["effect"] == "informs")
    return tuple(Advice(_sentence(rule), cite(rule["evidence"], rule["source"])) for rule in rules)


def _with_rarity(answers: Answers) -> frozenset[str]:
    extra = {"rare_cancer"} if rare_group(answers.tumour) else set()
    extra |= {"unknown_primary"} if answers.tumour == "unknown_primary" else set()
    extra |= {"metastatic"} if answers.metastatic else set()
    return answers.situations | extra


def _why(trigger: Trigger, answers: Answers) -> Why:
    facts = tuple(because.fact for because in answers.because if because.situation == trigger.key)
    sentence = trigger.sentence
    if trigger.key == "rare_cancer":
        sentence = f"{_called_rare(answers.tumour, bool(facts))} {sentence}"
    return Why(trigger.key, trigger.label, sentence, trigger.kinds, trigger.sources, facts)


def _called_rare(tumour: str | None, recorded: bool) -> str:
    """Who says that the cancer is rare: our list, a report, or somebody whom the reader heard."""
    if rare := rare_group(tumour):
        return f"We count this cancer among the rare ones. {rare.label}: {rare.rare_because}."
    return "A report calls this cancer rare." if recorded else "You were told that your cancer is rare or unusual."


def _rules(tumour: str | None) -> list[dict[str, Any]]:
    return [rule for rule in _RULES if set(rule["tumours"]) & set(lineage(tumour))]


def _guided(rule: dict[str, Any]) -> Why:
    source = cite_all([{**rule["source"], "evidence": rule["evidence"]}])
    return Why("guidance", "Guidance for this tumour", _sentence(rule), ("pathology_only",), source)


def _sentence(rule: dict[str, Any]) -> str:
    return str(rule["sentence"]).format(**(rule["figures"] or {}))
