"""Treatment options compared as sets: which kinds, with which aim, recommended or named beside."""

from __future__ import annotations

from dataclasses import dataclass

from ..record import Intent, Modality, Opinion, TreatmentOption
from .grades import Verdict, verdict
from .readings import words
from .sayings import once


@dataclass(frozen=True, slots=True)
class TreatmentPair:
    """The options of both opinions as readers see them, and the verdict on them."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    verdict: Verdict


def compare_treatments(first: Opinion, second: Opinion) -> TreatmentPair:
    """The recommended options of both opinions against each other (all options where none is marked)."""
    ours, theirs = _recommended(first), _recommended(second)
    return TreatmentPair(_shown(ours), _shown(theirs), _grade(first, second, ours, theirs))


def compare_tests(first: Opinion, second: Opinion) -> TreatmentPair:
    """The further tests that the opinions ask for. Who asks for none has not said that none is needed."""
    ours, theirs = once(first.further_tests), once(second.further_tests)
    if not ours or not theirs:
        return TreatmentPair(ours, theirs, verdict("not_addressed"))
    same = {words(t) for t in ours} == {words(t) for t in theirs}
    return TreatmentPair(ours, theirs, verdict("same" if same else "further_tests"))


def _recommended(opinion: Opinion) -> tuple[TreatmentOption, ...]:
    return tuple(o for o in opinion.options if o.recommended) or opinion.options


def _grade(
    first: Opinion, second: Opinion, ours: tuple[TreatmentOption, ...], theirs: tuple[TreatmentOption, ...]
) -> Verdict:
    if not ours or not theirs:
        return verdict("not_addressed")
    if _modalities(ours) != _modalities(theirs):
        return verdict("treatment_modality")
    if _intents_clash(ours, theirs):
        return verdict("treatment_intent")
    return _same_kinds(first, second, ours, theirs)


def _same_kinds(
    first: Opinion, second: Opinion, ours: tuple[TreatmentOption, ...], theirs: tuple[TreatmentOption, ...]
) -> Verdict:
    if _names(ours, against_cancer=True) != _names(theirs, against_cancer=True):
        return verdict("treatment_same_kind")
    if _names(ours) != _names(theirs):
        return verdict("treatment_supportive")
    return verdict("same" if _names(first.options) == _names(second.options) else "treatment_alternatives")


def _modalities(options: tuple[TreatmentOption, ...]) -> frozenset[Modality]:
    """The kinds of treatment of the cancer; supportive care counts only where nothing else is recommended."""
    every = frozenset(option.modality for option in options)
    return every - {Modality.SUPPORTIVE} or every


def _intents_clash(ours: tuple[TreatmentOption, ...], theirs: tuple[TreatmentOption, ...]) -> bool:
    """True when both state the aim of a kind of treatment and no aim is shared. An aim not stated clashes with none."""
    kinds = _modalities(ours)
    return any(a and b and not a & b for a, b in ((_intents(ours, k), _intents(theirs, k)) for k in kinds))


def _intents(options: tuple[TreatmentOption, ...], kind: Modality) -> frozenset[Intent]:
    return frozenset(o.intent for o in options if o.modality is kind and o.intent is not None)


def _names(
    options: tuple[TreatmentOption, ...], against_cancer: bool = False
) -> frozenset[tuple[Modality, frozenset[str]]]:
    kinds = _modalities(options) if against_cancer else frozenset(Modality)
    return frozenset(_treatment(o) for o in options if o.modality in kinds)


def _shown(options: tuple[TreatmentOption, ...]) -> tuple[str, ...]:
    """Each treatment once, however its name is written; one without an aim is left out beside the same with its aim."""
    aimed = {_treatment(o) for o in options if o.intent}
    return once(_described(o) for o in options if o.intent or _treatment(o) not in aimed)


def _treatment(option: TreatmentOption) -> tuple[Modality, frozenset[str]]:
    return option.modality, words(option.name)


def _described(option: TreatmentOption) -> str:
    return f"{option.name} ({option.modality}{f', {option.intent}' if option.intent else ''})"
